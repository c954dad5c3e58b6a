from __future__ import annotations

from collections import Counter


class NoPrinter(Exception):
    pass


class Rotation:
    """Printers in the order in which they are given jobs."""

    def __init__(self, names: tuple[str, ...] = ()):
        self._names = list(names)
        self._next = 0
        self._jobs: Counter[str] = Counter()

    def __contains__(self, name: str) -> bool:
        return name in self._names

    @property
    def turn(self) -> list[str]:
        """The names, beginning with the one whose turn it is."""
        return self._names[self._next:] + self._names[: self._next]

    @property
    def jobs(self) -> dict[str, int]:
        return dict(self._jobs)

    def join(self, name: str) -> None:
        if name not in self._names:
            self._names.append(name)

    def leave(self, name: str) -> None:
        self._names.remove(name)

    def pick(self) -> str:
        """The printer whose turn it is; the turn goes on."""
        if not self._names:
            raise NoPrinter
        name = self._names[self._next]
        self._jobs[name] += 1
        self._next = (self._next + 1) % len(self._names)
        return name
