def body(text):
    """The lines of a key between its first and its last."""
    lines = text.split("\n")
    first, last = ("-----%s PRIVATE KEY-----" % word for word in ("BEGIN", "END"))
    return "".join(lines[lines.index(first) + 1:lines.index(last)])


def size(settings):
    return len(body(settings["signing_key"]))
