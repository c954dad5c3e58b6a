"""What stands for a value of which the ring keeps a part, or nothing."""


class Cut:
    """The start of something long (bytes, text, list), and how long it is; of a map or a set, the start as a list."""

    __slots__ = ("value", "count", "type")

    def __init__(self, value, count, type=None):
        self.value = value
        self.count = count
        self.type = type


class Secret:
    """A value whose name says that it may not leave the process: its kind is what remains, and its type. The text itself is known
    until the snapshot is written, so that it is found under other names too."""

    __slots__ = ("kind", "type", "held")

    def __init__(self, kind, type="str", held=None):
        self.kind = kind
        self.type = type
        self.held = held
