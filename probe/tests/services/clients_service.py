"""Asks a server with each client that is installed, and prints all that a service could notice. What is given: a disguise of the network,
when the probe comes, the server's address, and that of one with TLS."""
import os
import sys

import disguises
import moments
from asking import has_probe

disguise, when, url, secure = sys.argv[1:5]
urllib, requests, urllib3, httpx, aiohttp = moments.libraries(("urllib.request", "requests", "urllib3", "httpx", "aiohttp"), disguise, when)

import asyncio  # noqa: E402
import gc  # noqa: E402
import http.client  # noqa: E402
import inspect  # noqa: E402
import io  # noqa: E402
import pickle  # noqa: E402
import re  # noqa: E402
import socket  # noqa: E402
import ssl  # noqa: E402
import traceback  # noqa: E402
import weakref  # noqa: E402

REFUSED = "http://127.0.0.1:1/"
count = 0


def told(label, value):
    print(label, re.sub(r"0x[0-9a-f]+", "…", repr(value)), flush=True)


def error_of(error):
    """Its chain, and where the interpreter lets a frame be taken off it, the functions that it passed."""
    found = []
    while error is not None and len(found) < 10:
        found.append((type(error).__module__, type(error).__qualname__, str(error)))
        if sys.version_info >= (3, 11):
            found.append([(os.path.basename(frame.filename), frame.name) for frame in traceback.extract_tb(error.__traceback__)])
        error = error.__cause__ or error.__context__
    return found


def attempt(label, act, *arguments, **named):
    try:
        told(label, act(*arguments, **named))
    except Exception as error:
        told(label, error_of(error))


async def attempt_later(label, act, *arguments):
    try:
        told(label, await act(*arguments))
    except Exception as error:
        told(label, error_of(error))


def name():
    """Of an answer in pieces: its second piece comes when it was asked for."""
    global count
    count += 1
    return "%s-%d" % (when, count)


def go_on(piece):
    with socket.create_connection((url[7:].partition(":")[0], int(url.rpartition(":")[2])), 10) as asking:
        asking.sendall(b"GET /next?%s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" % piece.encode())
        while asking.recv(1000):
            pass


class Kept:
    """A local of the service that lives as long as its function."""


def forgotten(act):
    """Whether what a function held is gone after it has met an error."""
    def asking():
        held = Kept()
        references.append(weakref.ref(held))
        try:
            act()
        except Exception as error:
            found.append(type(error).__name__)
    references, found = [], []
    asking()
    gc.collect()
    return found, references[0]() is None


# --- the standard library


def of_library():
    opened = urllib.request.urlopen
    attempt("whole", lambda: opened(url + "/json").read())
    attempt("readers", lambda: [len(list(io.TextIOWrapper(opened(url + "/lines")))), opened(url + "/big").readinto(bytearray(10))])
    attempt("missing", opened, url + "/missing")
    attempt("refused", opened, REFUSED)
    attempt("late", lambda: opened(url + "/silent", timeout=0.2))
    attempt("cut", lambda: opened(url + "/cut").read())

    def pieces():
        piece = name()
        with opened(url + "/pieces?" + piece, timeout=20) as answer:
            first = answer.readline()
            go_on(piece)
            return first, answer.read(), answer.read(), answer.closed, type(answer) is http.client.HTTPResponse
    attempt("pieces", pieces)

    def connection():
        host = url[7:]
        one = http.client.HTTPConnection(host, timeout=20)
        found = []
        for path in ("/connection", "/connection"):
            one.request("GET", path)
            answer = one.getresponse()
            found += [answer.read(), answer.getheader("x-answer"), isinstance(answer, io.BufferedIOBase), one.sock is None]
        one.close()
        return found[0] == found[4], found[1:4], type(one).__mro__[-2].__name__, sorted(vars(one))
    attempt("connection", connection)
    attempt("misuse", lambda: http.client.HTTPConnection("127.0.0.1", 1).getresponse())
    attempt("arguments", lambda: http.client.HTTPConnection("127.0.0.1", 1).putrequest())
    attempt("unknown argument", lambda: http.client.HTTPConnection("127.0.0.1", 1).request("GET", "/", nothing=1))
    attempt("forgotten", forgotten, lambda: opened(REFUSED))
    shape(http.client.HTTPConnection.putrequest, http.client.HTTPConnection.getresponse, http.client.HTTPResponse.read,
          http.client.HTTPResponse.readinto)


def shape(*functions):
    for function in functions:
        told("shape", (function.__name__, function.__qualname__, function.__module__, str(inspect.signature(function)),
                       function.__doc__, "<locals>" in function.__qualname__ or pickle.loads(pickle.dumps(function)) is function,
                       [kind(function) for kind in (inspect.isfunction, inspect.iscoroutinefunction, inspect.isgeneratorfunction,
                                                    inspect.isasyncgenfunction)]))


# --- libraries


def of_requests():
    get = requests.get
    attempt("whole", lambda: [get(url + "/gzip").json(), get(url + "/moved").history, get(url + "/missing").status_code])
    attempt("missing", lambda: get(url + "/missing").raise_for_status())
    attempt("refused", get, REFUSED)
    attempt("late", lambda: get(url + "/silent", timeout=0.2))
    attempt("cut", lambda: get(url + "/cut"))
    attempt("loop", lambda: get(url + "/loop"))
    attempt("no address", lambda: get("nowhere"))

    def pieces():
        piece = name()
        with get(url + "/pieces?" + piece, stream=True, timeout=20) as answer:
            steps = answer.iter_lines(chunk_size=None)
            first = next(steps)
            go_on(piece)
            return first, list(steps), answer.raw.closed
    attempt("pieces", pieces)

    def pool():
        with requests.Session() as session:
            same = session.get(url + "/connection").content == session.get(url + "/connection").content
            found = session.get_adapter(url).poolmanager.connection_from_url(url)
            return same, found.num_connections, found.num_requests, found.pool.qsize()
    attempt("pool", pool)
    attempt("pickled", lambda: pickle.loads(pickle.dumps(get(url + "/json"))).json())
    attempt("arguments", lambda: requests.adapters.HTTPAdapter().send())
    attempt("forgotten", forgotten, lambda: get(REFUSED))
    shape(requests.adapters.HTTPAdapter.send)


def of_urllib3():
    pool = urllib3.PoolManager(timeout=20, retries=urllib3.Retry(2, backoff_factor=0, status_forcelist=[404]))
    attempt("whole", lambda: pool.request("GET", url + "/gzip").data)
    attempt("again", lambda: pool.request("GET", url + "/missing"))
    attempt("refused", lambda: pool.request("GET", REFUSED))
    attempt("late", lambda: pool.request("GET", url + "/silent", timeout=0.2, retries=False))

    def pieces():
        piece = name()
        answer = pool.request("GET", url + "/pieces?" + piece, preload_content=False)
        first = next(answer.stream())
        go_on(piece)
        left = list(answer.stream())
        answer.release_conn()
        return first, left
    attempt("pieces", pieces)
    attempt("cut", lambda: pool.request("GET", url + "/cut", retries=False))
    attempt("pool", lambda: (pool.connection_from_url(url).num_connections, pool.connection_from_url(url).num_requests))


def of_httpx():
    with httpx.Client(timeout=20) as client:
        attempt("whole", lambda: [client.get(url + "/gzip").json(), client.get(url + "/missing"), client.get(url + "/moved").next_request])
        attempt("missing", lambda: client.get(url + "/missing").raise_for_status())
        attempt("refused", client.get, REFUSED)
        attempt("late", lambda: client.get(url + "/silent", timeout=0.2))
        attempt("cut", lambda: client.get(url + "/cut"))
        attempt("same", lambda: client.get(url + "/connection").content == client.get(url + "/connection").content)

        def pieces():
            piece = name()
            with client.stream("GET", url + "/pieces?" + piece) as answer:
                steps = answer.iter_bytes()
                first = next(steps), answer.num_bytes_downloaded, answer.is_stream_consumed, type(steps).__name__, steps.__name__
                go_on(piece)
                return first, list(steps), answer.num_bytes_downloaded, answer.is_stream_consumed
        attempt("pieces", pieces)

        def twice():
            with client.stream("GET", url + "/lines") as answer:
                return len(list(answer.iter_lines())), list(answer.iter_bytes())
        attempt("twice", twice)

        def unfinished():
            with client.stream("GET", url + "/lines") as answer:
                for part in answer.iter_bytes(100):
                    break
                return len(part), answer.is_closed, answer.read()
        attempt("unfinished", unfinished)
        attempt("arguments", lambda: client.get(url + "/json").iter_bytes(1, 2, 3) and None)
        attempt("nothing sent", lambda: client.send())
        attempt("pickled", lambda: pickle.loads(pickle.dumps(client.get(url + "/json"))).json())
    attempt("forgotten", forgotten, lambda: httpx.get(REFUSED))
    shape(httpx.Client.send, httpx.AsyncClient.send, httpx.Response.iter_bytes, httpx.Response.aiter_bytes)
    asyncio.run(of_httpx_later())


async def of_httpx_later():
    async with httpx.AsyncClient(timeout=20) as client:
        async def pieces():
            piece = name()
            async with client.stream("GET", url + "/pieces?" + piece) as answer:
                steps = answer.aiter_lines()
                first = await steps.__anext__()
                await asyncio.get_running_loop().run_in_executor(None, go_on, piece)
                return first, [line async for line in steps]

        async def cancelled():
            task = asyncio.ensure_future(client.get(url + "/silent"))
            await asyncio.sleep(0.1)
            task.cancel()
            await asyncio.wait([task])
            return task.cancelled()

        async def whole():
            return (await client.get(url + "/gzip")).json()
        for each in (whole, pieces, cancelled):
            await attempt_later("async " + each.__name__, each)
        await attempt_later("async refused", client.get, REFUSED)
        await attempt_later("async cut", client.get, url + "/cut")


async def of_aiohttp():
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(20)) as session:
        async def whole():
            async with session.get(url + "/gzip") as answer:
                return await answer.json(content_type=None), answer.status, answer.method, [str(each.url) for each in answer.history]

        async def pieces():
            piece = name()
            async with session.get(url + "/pieces?" + piece) as answer:
                first = await answer.content.readline()
                await asyncio.get_running_loop().run_in_executor(None, go_on, piece)
                return first, await answer.content.read(), answer.content.at_eof(), answer.content.total_bytes

        async def missing():
            async with session.get(url + "/missing", raise_for_status=True):
                pass

        async def get(path, **named):
            async with session.get(path, **named) as answer:
                return await answer.read()

        async def same():
            return await get(url + "/connection") == await get(url + "/connection")

        async def deprecated():
            return await get(url + "/json", auth=aiohttp.BasicAuth("a", "b"), chunked=None)
        for each in (whole, pieces, missing, same, deprecated):
            await attempt_later(each.__name__, each)
        await attempt_later("refused", get, REFUSED)
        await attempt_later("cut", get, url + "/cut")
        await attempt_later("late", lambda: get(url + "/silent", timeout=aiohttp.ClientTimeout(0.2)))

        async def unread():
            return type(await session.get(url + "/big")).__name__
        await attempt_later("unread", unread)
        gc.collect()
    shape(aiohttp.ClientSession._request)


def of_tls():
    """Its certificate is one that nobody knows."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    attempt("library", lambda: urllib.request.urlopen(secure + "/json", context=context).read())
    attempt("unknown", lambda: urllib.request.urlopen(secure + "/json"))
    if requests:
        attempt("requests", lambda: requests.get(secure + "/json", verify=False).json())
        attempt("requests unknown", lambda: requests.get(secure + "/json"))
    if httpx:
        attempt("httpx", lambda: httpx.get(secure + "/json", verify=context).json())
        attempt("httpx unknown", lambda: httpx.get(secure + "/json"))
    if aiohttp:
        async def get():
            async with aiohttp.ClientSession() as session, session.get(secure + "/json", ssl=context) as answer:
                return await answer.read()
        attempt("aiohttp", lambda: asyncio.run(get()))


of_library()
if requests:
    of_requests()
    of_urllib3()
if httpx:
    of_httpx()
if aiohttp:
    asyncio.run(of_aiohttp())
if secure:
    of_tls()
told("counts", sorted(disguises.counts.items()))
told("types", (socket.socket.__name__, isinstance(socket.socket, type), http.client.HTTPConnection.__name__))

if has_probe and "NEVERMORE_TOLD" in os.environ:
    from nevermore_probe import guard, work
    with open(os.environ["NEVERMORE_TOLD"], "w") as file:
        print(len([entry for entry in work.taken() if entry["kind"] == "http"]), work.faults, guard.FAILED["count"], file=file)
