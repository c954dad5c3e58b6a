"""Middleware for WSGI: begins and ends the unit of work, keeps what is read of the request, and changes nothing of the answer."""
from urllib.parse import quote

from . import slots
from .units import Request, current, words
from .service import begin, end, report
from .patches import without_frame


class Middleware:
    """`application = nevermore_probe.wsgi.Middleware(application)`; every other attribute is the application's."""

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        try:
            return answered(self.application, environ, start_response, "wsgi")
        except BaseException as error:
            without_frame(error)
            raise

    def __getattr__(self, name):
        return getattr(self.__dict__["application"], name)


def answered(application, environ, start_response, mechanism):
    """On Python 3.11 and later the frames of this file do not appear in the tracebacks of what passes through."""
    unit = entered(environ)
    if unit is None:
        try:
            return application(environ, start_response)
        except BaseException as error:
            without_frame(error)
            raise
    try:
        answer = application(environ, start_response)
    except BaseException as error:
        without_frame(error)
        report(error, mechanism)
        end(unit)
        raise
    if is_whole(answer, environ):
        end(unit)
        return answer
    return Answer(answer, unit, mechanism)


def entered(environ):
    """`None` for an application inside another one, and where the server's environment is no dictionary."""
    try:
        if type(environ) is not dict:
            return None
        now = current.get()
        if now is not None and now.key is environ or type(environ.get("wsgi.input")) is Input:
            return None
        request = of_environ(environ)
        stream = environ.get("wsgi.input")
        if stream is not None and (environ.get("CONTENT_LENGTH") not in (None, "", "0") or "HTTP_TRANSFER_ENCODING" in environ):
            environ["wsgi.input"] = Input(stream, request)
        return begin(request)
    except Exception:
        return None


def of_environ(environ):
    headers = [[name[5:].replace("_", "-").title(), words(value)] for name, value in environ.items()
               if type(name) is str and name.startswith("HTTP_")]
    headers += [[name.replace("_", "-").title(), words(environ[name])] for name in ("CONTENT_TYPE", "CONTENT_LENGTH") if environ.get(name)]
    host = words(environ.get("HTTP_HOST")) or "%s:%s" % (words(environ.get("SERVER_NAME")), words(environ.get("SERVER_PORT")))
    path = quote((words(environ.get("SCRIPT_NAME")) + words(environ.get("PATH_INFO"))).encode("latin-1", "replace"), "/:@!$&'()*+,;=-._~%")
    url = "%s://%s%s" % (words(environ.get("wsgi.url_scheme")) or "http", host, path)
    return Request(words(environ.get("REQUEST_METHOD")), url, words(environ.get("QUERY_STRING")), headers, environ)


def is_whole(answer, environ):
    """Answers that are there as a whole, and those whose very type the server asks about, are handed on as they are."""
    cls = type(answer)
    if slots.class_attribute(cls, "__len__") is not slots.ABSENT or cls is environ.get("wsgi.file_wrapper"):
        return True
    return slots.class_attribute(cls, "streaming") is False


class Input:
    """The stream of the server; keeps what the service has read, and never reads by itself."""

    def __init__(self, stream, request):
        self.__dict__.update(stream=stream, request=request)

    def read(self, *arguments):
        return self._kept(self.stream.read, arguments)

    def readline(self, *arguments):
        return self._kept(self.stream.readline, arguments)

    def readlines(self, *arguments):
        try:
            found = self.stream.readlines(*arguments)
        except BaseException as error:
            without_frame(error)
            raise
        for part in found if type(found) is list else ():
            self.request.read(part)
        return found

    def readinto(self, buffer):
        try:
            count = self.stream.readinto(buffer)
        except BaseException as error:
            without_frame(error)
            raise
        if type(count) is int:
            self.request.read(bytes(memoryview(buffer)[:min(count, 65536)]))
        return count

    def __iter__(self):
        return self

    def __next__(self):
        return self._kept(next, (self.stream,))

    def _kept(self, read, arguments):
        try:
            part = read(*arguments)
        except BaseException as error:
            without_frame(error)
            raise
        self.request.read(part)
        return part

    def __getattr__(self, name):
        return getattr(self.__dict__["stream"], name)

    def __setattr__(self, name, value):
        setattr(self.stream, name, value)


class Answer:
    """An answer that is made while the server asks for it: the unit of work ends when it is closed."""

    def __init__(self, answer, unit, mechanism):
        self.answer, self.unit, self.mechanism, self.parts = answer, unit, mechanism, None

    def __iter__(self):
        return self

    def __next__(self):
        try:
            if self.parts is None:
                self.parts = iter(self.answer)
            return next(self.parts)
        except StopIteration:
            raise
        except BaseException as error:
            without_frame(error)
            report(error, self.mechanism)
            raise

    def close(self):
        try:
            if hasattr(self.answer, "close"):
                self.answer.close()
        except BaseException as error:
            without_frame(error)
            report(error, self.mechanism)
            raise
        finally:
            unit, self.unit = self.unit, None
            if unit is not None:
                end(unit)

    def __getattr__(self, name):
        return getattr(self.__dict__["answer"], name)
