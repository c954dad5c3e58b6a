from urllib.parse import urlsplit


def port(url):
    """The port of a server, 6379 where none is given."""
    return urlsplit(url).port or 6379


def ports(settings):
    return [port(url) for url in settings["servers"]]
