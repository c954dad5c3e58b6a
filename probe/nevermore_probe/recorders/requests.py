"""requests goes through http.client: only the name is added, and its own failures, which http.client does not know."""
from .. import patches, rings, work
from . import http_client


def install(module):
    patches.wrap(module.HTTPAdapter, "send", sending)


def sending(plain):
    def send(self, *arguments, **named):
        ring = began = None
        try:
            if work.ACTIVE:
                ring, began = rings.current(), rings.perf_counter()
                http_client.CLIENTS.put(ring, "requests")
        except Exception:
            work.fault()
        try:
            return plain(self, *arguments, **named)
        except BaseException as error:
            failed(ring, began, arguments, named, error)
            raise
        finally:
            if ring is not None:
                http_client.CLIENTS.drop(ring)
    return send


def failed(ring, began, arguments, named, error):
    """The failure that the service sees takes the place of the one below; a connection that never was has no entry yet."""
    try:
        if ring is None:
            return
        made = next((entry for entry in reversed(ring.latest()) if type(entry) is rings.Entry
                     and entry["kind"] == "http" and entry.at >= began), None)
        if made is None:
            request = arguments[0] if arguments else named["request"]
            made = work.entry("http", 4)
            made.update(client="requests", method=request.method, url=request.url)
        made["failure"] = work.failure(error)
    except Exception:
        work.fault()
