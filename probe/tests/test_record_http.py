"""HTTP clients are recorded: one entry a call, with what the service read, and nothing of how they work changes."""
import asyncio
import io
import json
import pickle
import socket
import unittest
import urllib.error
import urllib.request
from unittest import mock

from . import servers
from .recording import Recording, work

try:
    import aiohttp
    import httpx
    import requests
except ImportError:
    aiohttp = httpx = requests = None
needs = unittest.skipIf(requests is None, "needs requests, httpx, aiohttp")


class HttpTest(Recording):
    @classmethod
    def setUpClass(cls):
        cls.web = servers.Web()
        cls.addClassCleanup(cls.web.close)

    def told(self):
        entry = self.only("http")
        return entry["client"], entry["method"], entry["url"], entry.get("status"), entry.get("body")

    def test_urllib_is_recorded(self):
        with urllib.request.urlopen(self.web.url + "/json?a=1") as answer:
            self.assertEqual(json.load(answer), {"price": 12})
        self.assertEqual(self.told(), ("http.client", "GET", self.web.url + "/json?a=1", 200, b'{"price": 12}'))
        self.assertIn(["X-Answer", "yes"], self.only("http")["headers"])

    def test_a_body_is_recorded_as_far_as_it_was_read(self):
        with urllib.request.urlopen(self.web.url + "/lines") as answer:
            self.assertEqual([answer.readline(), answer.read(4)], [b"one\n", b"two\n"])
            self.assertEqual(self.told()[4], b"one\ntwo\n")
            buffer = bytearray(6)
            self.assertEqual(answer.readinto(buffer), 6)
        self.assertEqual(self.told()[4], b"one\ntwo\nthree\n")

    def test_reading_through_other_readers_is_recorded_once(self):
        with urllib.request.urlopen(self.web.url + "/lines") as answer:
            lines = list(io.TextIOWrapper(answer))
        self.assertEqual(len(lines), 3000)
        self.assertEqual(self.told()[4], b"one\ntwo\nthree\n" * 1000)

    def test_a_big_body_is_cut_and_its_length_is_kept(self):
        with urllib.request.urlopen(self.web.url + "/big") as answer:
            self.assertEqual(len(answer.read()), 200_000)
        body = self.told()[4]
        self.assertEqual((len(body.value), body.count), (65536, 200_000))

    def test_errors_are_the_same(self):
        with self.assertRaises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(self.web.url + "/missing")
        self.assertEqual(caught.exception.read(), b"plain")
        self.assertEqual(self.told()[3:], (404, b"plain"))

    def test_a_refused_connection_is_recorded(self):
        with self.assertRaises(urllib.error.URLError):
            urllib.request.urlopen("http://127.0.0.1:%d/" % servers.port())
        self.assertEqual(self.only("http")["failure"][0], "ConnectionRefusedError")

    def test_what_is_sent_to_sentry_and_by_us_is_not_recorded(self):
        urllib.request.urlopen(urllib.request.Request(self.web.url + "/api/7/envelope/", b"x")).read()
        with work.sending():
            urllib.request.urlopen(self.web.url + "/json").read()
        self.assertEqual(self.taken("http"), [])

    @needs
    def test_requests_leaves_one_entry_with_the_body_as_it_came_out(self):
        answer = requests.get(self.web.url + "/gzip", auth=("shop", "secret"))
        self.assertEqual(answer.json(), {"packed": True})
        self.assertEqual(self.told(), ("requests", "GET", self.web.url + "/gzip", 200, b'{"packed": true}'))
        self.assertEqual(pickle.loads(pickle.dumps(answer)).content, answer.content)

    @needs
    def test_requests_streams_as_before(self):
        with requests.get(self.web.url + "/big", stream=True) as answer:
            self.assertEqual(len(next(answer.iter_content(10))), 10)
        self.assertTrue(self.told()[4])

    @needs
    def test_a_redirect_is_two_exchanges(self):
        self.assertEqual(requests.get(self.web.url + "/moved").json(), {"price": 12})
        self.assertEqual([entry["status"] for entry in self.taken("http")], [302, 200])

    @needs
    def test_a_failure_is_the_one_that_requests_raised(self):
        with self.assertRaises(requests.ConnectionError):
            requests.get("http://127.0.0.1:%d/" % servers.port())
        self.assertEqual((self.told()[0], self.only("http")["failure"][0]), ("requests", "requests.exceptions.ConnectionError"))

    @needs
    def test_httpx_is_recorded(self):
        with httpx.Client() as client:
            self.assertEqual(client.get(self.web.url.replace("//", "//shop:secret@") + "/gzip").json(), {"packed": True})
        shown = self.web.url.replace("//", "//redacted:redacted@") + "/gzip"
        self.assertEqual(self.told(), ("httpx", "GET", shown, 200, b'{"packed": true}'))

    @needs
    def test_httpx_streams_are_recorded_as_far_as_they_were_read(self):
        with httpx.stream("GET", self.web.url + "/lines") as answer:
            self.assertEqual(next(answer.iter_bytes(8)), b"one\ntwo\n")
        self.assertEqual(self.told()[4], b"one\ntwo\n")

    @needs
    def test_httpx_async_is_recorded(self):
        async def run():
            async with httpx.AsyncClient() as client:
                whole = (await client.get(self.web.url + "/json")).json()
                async with client.stream("GET", self.web.url + "/lines") as answer:
                    lines = [line async for line in answer.aiter_lines()]
            return whole, len(lines)
        self.assertEqual(asyncio.run(run()), ({"price": 12}, 3000))
        self.assertEqual([len(entry["body"]) for entry in self.taken("http")], [13, 14_000])

    @needs
    def test_httpx_failures_are_recorded(self):
        with self.assertRaises(httpx.ConnectError):
            httpx.get("http://127.0.0.1:%d/" % servers.port())
        self.assertEqual(self.only("http")["failure"][0], "httpx.ConnectError")

    @needs
    def test_aiohttp_is_recorded(self):
        async def run():
            async with aiohttp.ClientSession() as session:
                async with session.get(self.web.url + "/gzip") as answer:
                    return await answer.json(content_type=None)
        self.assertEqual(asyncio.run(run()), {"packed": True})
        self.assertEqual(self.told(), ("aiohttp", "GET", self.web.url + "/gzip", 200, b'{"packed": true}'))

    @needs
    def test_an_aiohttp_stream_is_recorded_as_far_as_it_was_read(self):
        async def run():
            async with aiohttp.ClientSession() as session:
                async with session.get(self.web.url + "/lines") as answer:
                    return await answer.content.readline()
        self.assertEqual(asyncio.run(run()), b"one\n")
        self.assertEqual(self.told()[4], b"one\n")

    def test_a_socket_that_the_service_replaced_still_works(self):
        plain, asked = socket.create_connection, []

        def replaced(*arguments, **named):
            asked.append(arguments[0])
            return plain(*arguments, **named)
        with mock.patch.object(socket, "create_connection", replaced):
            urllib.request.urlopen(self.web.url + "/json").read()
        self.assertEqual((len(asked), self.told()[4]), (1, b'{"price": 12}'))

    def test_a_forbidden_socket_raises_what_the_service_chose(self):
        class Forbidden(RuntimeError):
            pass
        with mock.patch.object(socket, "create_connection", mock.Mock(side_effect=Forbidden("no network"))):
            with self.assertRaises(Forbidden):
                urllib.request.urlopen(self.web.url + "/json")
        self.assertEqual(self.only("http")["failure"][1], "no network")


if __name__ == "__main__":
    unittest.main()
