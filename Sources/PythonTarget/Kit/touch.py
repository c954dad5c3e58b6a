"""Collections that note what is read of them, so that what a failing run did not read can be left out."""

MOST = 20_000
latest = {}  # by path, the moment of the last time


def traced(number, value):
    """The collection that stands under this number in the program's outline."""
    return noting(value, (number,))


def noting(value, path):
    kind = KINDS.get(type(value))
    return kind.of(value, path) if kind is not None else value


def read(path):
    latest.pop(path, None)
    if len(latest) < MOST:
        latest[path] = None


def taken():
    """Paths of positions, the latest read last."""
    return [list(path) for path in latest]


class Noting:
    """Positions are those of the literal; what the code adds has none."""

    def at(self, key):
        position = self.positions.get(key) if type(key) in KEYS else None
        if position is not None:
            read(self.path + (position,))


KEYS = (str, int, bytes, tuple, float, bool, type(None))


class Map(Noting, dict):
    @classmethod
    def of(cls, value, path):
        made = cls((key, noting(each, path + (position,))) for position, (key, each) in enumerate(value.items()))
        made.path, made.positions = path, {key: position for position, key in enumerate(value) if type(key) in KEYS}
        return made

    def __getitem__(self, key):
        self.at(key)
        return dict.__getitem__(self, key)

    def __contains__(self, key):
        self.at(key)
        return dict.__contains__(self, key)

    def get(self, key, default=None):
        self.at(key)
        return dict.get(self, key, default)

    def pop(self, key, *default):
        self.at(key)
        return dict.pop(self, key, *default)

    def setdefault(self, key, default=None):
        self.at(key)
        return dict.setdefault(self, key, default)

    def __iter__(self):
        for key in dict.__iter__(self):
            self.at(key)
            yield key

    def keys(self):
        return list(self)

    def values(self):
        return [dict.__getitem__(self, key) for key in self]

    def items(self):
        return [(key, dict.__getitem__(self, key)) for key in self]

    def copy(self):
        return dict(self.items())


class Row(Noting):
    """A list or a tuple."""

    @classmethod
    def of(cls, value, path):
        made = cls(noting(each, path + (position,)) for position, each in enumerate(value))
        return made.told(path)

    def __getitem__(self, key):
        found = self.plain.__getitem__(self, key)
        for position in range(*key.indices(len(self))) if isinstance(key, slice) else (key,):
            if isinstance(position, int):
                read(self.path + (position % max(len(self), 1),))
        return found

    def __iter__(self):
        for position, each in enumerate(self.plain.__iter__(self)):
            read(self.path + (position,))
            yield each

    def __contains__(self, value):
        return any(value is each or value == each for each in self)


class List(Row, list):
    plain = list

    def told(self, path):
        self.path = path
        return self

    def __reversed__(self):
        return reversed(list(self))

    def pop(self, position=-1):
        self[position]
        return list.pop(self, position)


class Tuple(Row, tuple):
    plain = tuple

    def told(self, path):
        self.path = path
        return self


KINDS = {dict: Map, list: List, tuple: Tuple}
