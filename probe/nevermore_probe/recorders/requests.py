"""requests goes through http.client: only the name is added, and its own failures, which http.client does not know."""
from .. import guard, patches, rings, work
from . import exchange, http_client


def install(module):
    patches.wrap(module.HTTPAdapter, "send", sending)


def sending(plain):
    def send(self, *arguments, **named):
        ring = began = None
        try:
            if work.ACTIVE:
                ring, began = rings.current(), rings.perf_counter()
                http_client.CLIENTS.put(ring, "requests")
        except Exception as trouble:
            guard.swallow(trouble)
        try:
            return plain(self, *arguments, **named)
        except BaseException as error:
            exchange.failed(entry_of(ring, began, arguments, named), error)
            raise
        finally:
            if ring is not None:
                http_client.CLIENTS.drop(ring)
    return send


def entry_of(ring, began, arguments, named):
    """The failure that the service sees takes the place of the one below; a connection that never was has no entry yet."""
    try:
        if ring is None:
            return None
        made = next((entry for entry in reversed(ring.latest()) if type(entry) is rings.Entry
                     and entry["kind"] == "http" and entry.at >= began), None)
        if made is None:
            request = arguments[0] if arguments else named.get("request")
            made = work.entry("http", 4)
            made.update(client="requests", method=getattr(request, "method", None), url=getattr(request, "url", None))
        return made
    except Exception as trouble:
        guard.swallow(trouble)
        return None
