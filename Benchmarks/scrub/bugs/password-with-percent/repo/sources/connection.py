PARTS = "host=%(host)s user=%(user)s password="


def text(settings):
    """The text that the driver connects with."""
    return (PARTS + settings["password"]) % {"host": settings["host"], "user": settings["user"]}
