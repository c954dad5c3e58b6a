"""httpx, sync and async: what `send` gave; a streamed body as far as it was iterated over."""
from .. import companions, guard, patches, work
from .exchange import add, failed

STREAMED = companions.Companions()


def install(module):
    patches.wrap(module.Client, "send", sending)
    patches.wrap(module.AsyncClient, "send", sending_later)
    for name, make in (("iter_bytes", stepping), ("aiter_bytes", stepping_later)):
        if vars(module.Response)[name].__code__.co_varnames[:2] == ("self", "chunk_size"):
            patches.wrap(module.Response, name, make)


def sending(plain):
    def send(self, request, *arguments, **named):
        entry = asked(request)
        try:
            response = plain(self, request, *arguments, **named)
        except BaseException as error:
            failed(entry, error)
            raise
        answered(entry, response)
        return response
    return send


def sending_later(plain):
    async def send(self, request, *arguments, **named):
        entry = asked(request)
        try:
            response = await plain(self, request, *arguments, **named)
        except BaseException as error:
            failed(entry, error)
            raise
        answered(entry, response)
        return response
    return send


def asked(request):
    if not work.ACTIVE:
        return None
    try:
        path = request.url.path
        if work.SENDING and work.get_ident() in work.SENDING or path.startswith("/api/") and path.endswith(("/envelope/", "/store/")):
            return None
        made = work.entry("http", 4)
        made.update(client="httpx", method=request.method, url=request.url)
        return made
    except Exception as trouble:
        guard.swallow(trouble)
        return None


def answered(entry, response):
    """The URL is that of the last hop; `str` of httpx's own URL hides the password but not the user, so it is cut later."""
    try:
        if entry is None:
            return
        entry.update(url=response.url, status=response.status_code, headers=response.headers, chunks=[], size=0)
        content = vars(response).get("_content")
        if content is not None:
            add(entry, content)
        else:
            STREAMED.put(response, entry)
    except Exception as trouble:
        guard.swallow(trouble)


def noted(entry, chunk):
    try:
        add(entry, chunk)
    except Exception as trouble:
        guard.swallow(trouble)


def stepping(plain):
    """Its arguments are checked when it is called, as those of the plain one."""
    def iter_bytes(self, chunk_size=None):
        entry, inner = STREAMED.get(self), plain(self, chunk_size)
        try:
            for chunk in inner:
                if entry is not None:
                    noted(entry, chunk)
                yield chunk
        except GeneratorExit:
            raise
        except BaseException as error:
            failed(entry, error)
            raise
        finally:
            inner.close()
            STREAMED.drop(self)
    return iter_bytes


def stepping_later(plain):
    async def aiter_bytes(self, chunk_size=None):
        entry, inner = STREAMED.get(self), plain(self, chunk_size)
        try:
            async for chunk in inner:
                if entry is not None:
                    noted(entry, chunk)
                yield chunk
        except GeneratorExit:
            raise
        except BaseException as error:
            failed(entry, error)
            raise
        finally:
            await inner.aclose()
            STREAMED.drop(self)
    return aiter_bytes
