import re

HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def route(recipient):
    """The queue that serves a recipient's host."""
    host = recipient.rpartition("@")[2]
    return HOST.fullmatch(host).group().replace(".", "_")


def routes(letter):
    return sorted({route(recipient) for recipient in letter["to"]})
