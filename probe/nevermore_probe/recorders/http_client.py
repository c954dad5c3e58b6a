"""http.client, and so urllib, requests and whatever stands on urllib3: one entry for each exchange, with as much of the body as was
read."""
import http.client

from .. import companions, guard, patches, rings, work
from .exchange import add, failed

CALLS = companions.Companions()  # the entry of a connection's exchange, then of its response
CLIENTS = companions.Companions()  # by ring: the library that is calling


def install(module):
    connection, response = module.HTTPConnection, module.HTTPResponse
    patches.wrap(connection, "putrequest", asking)
    patches.wrap(connection, "endheaders", failing)
    patches.wrap(connection, "getresponse", answering)
    for name, read in (("read", plainly), ("read1", plainly), ("readline", plainly), ("readinto", into)):
        patches.wrap(response, name, lambda plain, read=read: reading(plain, read))


def asking(plain):
    def putrequest(self, *arguments, **named):
        try:
            CALLS.drop(self)
            if work.ACTIVE and not is_ours(arguments):
                CALLS.put(self, asked(self, arguments, named))
        except Exception as trouble:
            guard.swallow(trouble)
        try:
            return plain(self, *arguments, **named)
        except BaseException as error:
            failed(None, error)
            raise
    return putrequest


def is_ours(arguments):
    """What Sentry's sender and ours send."""
    if work.SENDING and work.get_ident() in work.SENDING:
        return True
    path = arguments[1] if len(arguments) > 1 else ""
    return type(path) is str and "/api/" in path and path.partition("?")[0].endswith(("/envelope/", "/store/"))


def asked(connection, arguments, named):
    method = arguments[0] if arguments else named.get("method")
    path = arguments[1] if len(arguments) > 1 else named.get("url")
    made = work.entry("http", 4)
    made.update(client=CLIENTS.get(rings.current()) or "http.client", method=method, url=url(connection, path))
    return made


def url(connection, path):
    if type(path) is not str or "://" in path:
        return path
    secure = isinstance(connection, http.client.HTTPSConnection) or getattr(connection, "default_port", 80) == 443
    host, port = getattr(connection, "_tunnel_host", None), getattr(connection, "_tunnel_port", None)
    if not host:
        host, port = connection.host, connection.port
    shown = "[%s]" % host if ":" in host else host
    usual = port is None or port == (443 if secure else 80)
    return "%s://%s%s%s" % ("https" if secure else "http", shown, "" if usual else ":%d" % port, path)


def failing(plain):
    def endheaders(self, *arguments, **named):
        try:
            return plain(self, *arguments, **named)
        except BaseException as error:
            failed(CALLS.get(self), error)
            CALLS.drop(self)
            raise
    return endheaders


def answering(plain):
    def getresponse(self, *arguments, **named):
        try:
            response = plain(self, *arguments, **named)
        except BaseException as error:
            failed(CALLS.get(self), error)
            CALLS.drop(self)
            raise
        try:
            found = CALLS.get(self)
            if found is not None:
                CALLS.drop(self)
                found.update(status=response.status, headers=response.headers, chunks=[], size=0, busy=False)
                CALLS.put(response, found)
        except Exception as trouble:
            guard.swallow(trouble)
        return response
    return getresponse


def plainly(arguments, answer):
    return answer


def into(arguments, answer):
    return bytes(memoryview(arguments[0])[:min(answer, work.BODY)]) if answer else b""


def reading(plain, read):
    """A read may go through others: the outermost one is what the service got."""
    def reader(self, *arguments, **named):
        found = CALLS.get(self) if CALLS.kept else None
        if found is not None and found["busy"]:
            found = None
        try:
            if found is not None:
                found["busy"] = True
            answer = plain(self, *arguments, **named)
        except BaseException as error:
            failed(found, error)
            raise
        finally:
            if found is not None:
                found["busy"] = False
        if found is not None:
            try:
                add(found, read(arguments, answer), answer if read is into else None)
            except Exception as trouble:
                guard.swallow(trouble)
        return answer
    return reader
