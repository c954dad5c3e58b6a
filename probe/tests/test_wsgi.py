"""The middleware by hand: what a server sees of the application is what it saw before."""
import io
import os
import sys
import traceback
import unittest
import wsgiref.util
import wsgiref.validate

sys.path[:0] = [os.path.dirname(os.path.abspath(__file__)), os.path.dirname(os.path.dirname(os.path.abspath(__file__)))]

from nevermore_probe import asgi, units, wsgi  # noqa: E402


def environ_of(body=b"", **more):
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/orders/ä".encode().decode("latin-1"), "QUERY_STRING": "a=1",
               "HTTP_HOST": "shop.example", "SCRIPT_NAME": "",
               "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "text/plain", **more}
    wsgiref.util.setup_testing_defaults(environ)
    return environ


def start_response(status, headers, error=None):
    return lambda part: None


class Requests(unittest.TestCase):
    def test_only_what_the_service_read_is_kept(self):
        seen = []

        def application(environ, start):
            environ["wsgi.input"].read(3)
            environ["wsgi.input"].readline()
            seen.append(units.current.get())
            return [b"done"]

        environ = environ_of(b"abcdef\nnever read")
        stream = environ["wsgi.input"]
        wsgi.Middleware(application)(environ, start_response)
        self.assertEqual(seen[0].body(), b"abcdef\n")
        self.assertEqual(stream.tell(), 7)
        self.assertEqual((seen[0].method, seen[0].url, seen[0].query), ("POST", "http://shop.example/orders/%C3%A4", "a=1"))

    def test_64_kilobytes_of_a_body_are_kept_and_all_of_it_is_handed_on(self):
        seen = []

        def application(environ, start):
            seen.append((len(environ["wsgi.input"].read()), units.current.get()))
            return []

        wsgi.Middleware(application)(environ_of(b"x" * 200_000), start_response)
        self.assertEqual((seen[0][0], len(seen[0][1].body()), seen[0][1].size), (200_000, 65_536, 200_000))

    def test_the_unit_of_work_ends_with_the_answer(self):
        def application(environ, start):
            def parts():
                yield str(units.current.get() is not None).encode()
            return parts()

        answer = wsgi.Middleware(application)(environ_of(), start_response)
        self.assertEqual(list(answer), [b"True"])
        answer.close()
        self.assertIsNone(units.current.get())

    def test_an_application_inside_another_belongs_to_the_same_request(self):
        seen = []

        def application(environ, start):
            seen.append(units.current.get())
            return []

        inner = wsgi.Middleware(application)

        def outer(environ, start):
            seen.append(units.current.get())
            return inner(environ, start)

        wsgi.Middleware(outer)(environ_of(b"x"), start_response)
        self.assertIs(seen[0], seen[1])


class Answers(unittest.TestCase):
    def test_whole_answers_and_files_are_the_very_objects(self):
        for answer in ([b"a"], (b"a",), wsgiref.util.FileWrapper(io.BytesIO(b"a"))):
            environ = environ_of(**{"wsgi.file_wrapper": wsgiref.util.FileWrapper})
            self.assertIs(wsgi.Middleware(lambda environ, start: answer)(environ, start_response), answer)

    def test_the_standard_library_finds_nothing_against_the_middleware(self):
        def application(environ, start):
            environ["wsgi.input"].read(2)
            start("200 OK", [("Content-Type", "text/plain")])
            return iter([b"a", b"b"])

        checked = wsgiref.validate.validator(wsgi.Middleware(wsgiref.validate.validator(application)))
        answer = checked(environ_of(b"abc"), start_response)
        self.assertEqual(b"".join(answer), b"ab")
        answer.close()

    @unittest.skipIf(sys.version_info < (3, 11), "the interpreter adds the frame again")
    def test_a_failure_passes_without_a_frame_of_ours(self):
        def application(environ, start):
            raise LookupError("x")

        def lazily(environ, start):
            yield b"a"
            raise LookupError("x")

        for tried in (application, lazily):
            answer = None
            try:
                answer = wsgi.Middleware(tried)(environ_of(b"x"), start_response)
                list(answer)
            except LookupError as error:
                names = [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
            self.assertEqual([name for name in names if "nevermore_probe" in name], [])
            if answer is not None:
                answer.close()

    def test_the_middleware_is_the_application_for_everything_else(self):
        class Application:
            name = "shop"

            def __call__(self, environ, start):
                return []

        self.assertEqual(wsgi.Middleware(Application()).name, "shop")
        self.assertEqual(asgi.Middleware(Application()).name, "shop")


if __name__ == "__main__":
    unittest.main()
