"""What services do to the network beneath them, each as a library or a test suite does it. Imports little: gevent warns of what was
imported before it."""
import collections
import socket

counts = collections.Counter()


def none():
    pass


def own_class():
    plain = socket.socket

    class Counting(plain):
        def send(self, *arguments):
            counts["send"] += 1
            return super().send(*arguments)

        def sendall(self, *arguments):
            counts["sendall"] += 1
            return super().sendall(*arguments)
    socket.socket = Counting


def wrapper():
    """No class at all, but a function that gives something which passes on what it is asked for."""
    plain = socket.socket

    class Recording:
        def __init__(self, *arguments, **named):
            self.__dict__["plain"] = plain(*arguments, **named)

        def __getattr__(self, name):
            counts[name] += name in ("connect", "connect_ex", "sendall", "makefile")
            return getattr(self.plain, name)

        def __enter__(self):
            return self

        def __exit__(self, *error):
            self.plain.close()
    socket.socket = lambda *arguments, **named: Recording(*arguments, **named)


def socks():
    import socks
    socket.socket = socks.socksocket


def forbidden():
    class Forbidden(RuntimeError):
        def __init__(self):
            super().__init__("a test must not use socket.socket")

    class Guarded(socket.socket):
        def __new__(cls, family=-1, *arguments, **named):
            if family == getattr(socket, "AF_UNIX", None):
                return super().__new__(cls, family, *arguments, **named)
            raise Forbidden
    socket.socket = Guarded


def gevent():
    from gevent import monkey
    monkey.patch_all()


def eventlet():
    import eventlet
    eventlet.monkey_patch()


def connection_class():
    import http.client

    class Response(http.client.HTTPResponse):
        def read(self, *arguments):
            counts["read"] += 1
            return super().read(*arguments)

    class Connection(http.client.HTTPConnection):
        response_class = Response

        @property
        def host(self):
            counts["host is known"] = 1
            return self.__dict__["host"]

        @host.setter
        def host(self, value):
            self.__dict__["host"] = value

        def putrequest(self, *arguments, **named):
            counts["putrequest"] += 1
            super().putrequest(*arguments, **named)
            self.putheader("X-Own", "yes")

        def getresponse(self):
            counts["getresponse"] += 1
            return super().getresponse()
    http.client.HTTPConnection = Connection


def contexts():
    import ssl
    plain = ssl.SSLContext.wrap_socket

    def wrap_socket(self, *arguments, **named):
        counts["wrapped for " + str(named.get("server_hostname"))] += 1
        return plain(self, *arguments, **named)
    ssl.SSLContext.wrap_socket = wrap_socket


ALL = [none, own_class, wrapper, socks, forbidden, gevent, eventlet, connection_class, contexts]


OF_SOCKETS = [none, own_class, wrapper, gevent, eventlet]
LATE = [wrapper]  # libraries make subclasses of the socket when they are imported


def needs(name):
    return {"socks": "socks", "gevent": "gevent", "eventlet": "eventlet"}.get(name, "socket")
