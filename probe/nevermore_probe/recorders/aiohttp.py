"""aiohttp's client: what `request` gave, and the bytes that left the response's reader."""
import weakref

from .. import guard, patches, work
from .exchange import add, failed

READERS = {}  # by identity; a reader allows no weak reference, and would keep its response: that one, if it lives, says whose reader it is


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
        except Exception as trouble:
            guard.swallow(trouble)
        try:
            response = await plain(self, method, url, *arguments, **named)
        except BaseException as error:
            failed(entry, error)
            raise
        answered(entry, response)
        return response
    return _request


def answered(entry, response):
    try:
        if entry is not None:
            entry.update(url=response.url, status=response.status, headers=response.headers, chunks=[], size=0)
            watch(response, entry)
    except Exception as trouble:
        guard.swallow(trouble)


def watch(response, entry):
    key = id(response.content)

    def forget(reference):
        if READERS.get(key, (None,))[0] is reference:
            del READERS[key]
    READERS[key] = weakref.ref(response, forget), entry


def reading(plain):
    def _read_nowait_chunk(self, n):
        try:
            data = plain(self, n)
        except BaseException as error:
            failed(None, error)
            raise
        if READERS:
            found = READERS.get(id(self))
            if found is not None:
                try:
                    if getattr(found[0](), "content", None) is self:
                        add(found[1], data)
                except Exception as trouble:
                    guard.swallow(trouble)
        return data
    return _read_nowait_chunk
