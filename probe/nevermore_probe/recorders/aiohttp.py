"""aiohttp's client: what `request` gave, and the bytes that left the response's reader."""
import weakref

from .. import patches, work
from .http_client import add

READERS = {}  # by identity; a reader allows no weak reference, the response that holds it does


def install(module):
    patches.wrap(module.ClientSession, "_request", asking)
    patches.wrap(module.StreamReader, "_read_nowait_chunk", reading)


def asking(plain):
    async def _request(self, method, url, *arguments, **named):
        entry = None
        try:
            if work.ACTIVE:
                entry = work.entry("http", 3)
                entry.update(client="aiohttp", method=method, url=url)
        except Exception:
            work.fault()
        try:
            response = await plain(self, method, url, *arguments, **named)
        except BaseException as error:
            failed(entry, error)
            raise
        answered(entry, response)
        return response
    return _request


def failed(entry, error):
    try:
        if entry is not None:
            entry["failure"] = work.failure(error)
    except Exception:
        work.fault()


def answered(entry, response):
    try:
        if entry is not None:
            entry.update(url=response.url, status=response.status, headers=response.headers, chunks=[], size=0)
            watch(response, entry)
    except Exception:
        work.fault()


def watch(response, entry):
    key = id(response.content)

    def forget(reference):
        if READERS.get(key, (None,))[0] is reference:
            del READERS[key]
    READERS[key] = weakref.ref(response, forget), response.content, entry


def reading(plain):
    def _read_nowait_chunk(self, n):
        data = plain(self, n)
        if READERS:
            found = READERS.get(id(self))
            if found is not None and found[1] is self:
                try:
                    add(found[2], data)
                except Exception:
                    work.fault()
        return data
    return _read_nowait_chunk
