"""The two tasks: what is called, on what, how it fails, and what is asked of a result."""

import dataclasses
import pathlib
import typing

from . import payloads

HERE = pathlib.Path(__file__).resolve().parent
LARGER = 1.1  # times the bytes that shrinkray ends with


@dataclasses.dataclass(frozen=True)
class Task:
    name: str
    payload: typing.Callable
    repo: str
    file: str
    function: str
    wanted: tuple  # exception, file and text of the line that raises it
    calls: int

    @property
    def source(self):
        return HERE / "repos" / self.repo

    @property
    def module(self):
        return self.file[:-3].replace("/", ".")

    def failure(self):
        """Exception, file and line."""
        name, file, text = self.wanted
        lines = (self.source / file).read_text().splitlines()
        return [name, file, 1 + next(at for at, line in enumerate(lines) if text in line)]


TASKS = [
    Task(
        "negative", payloads.negative, "gauges", "gauges/report.py", "worst_by_order", ("ValueError", "gauges/report.py", "math.sqrt("), 40
    ),
    Task(
        "linked",
        payloads.linked,
        "stockroom",
        "stockroom/pressure.py",
        "pressure",
        ("ZeroDivisionError", "stockroom/pressure.py", " / ("),
        150,
    ),
]
