"""A request to the interface, and its answer; tables of routes."""

from __future__ import annotations

import dataclasses
import re
import urllib.parse

SEGMENT = re.compile(r"\{(\w+)\}")


@dataclasses.dataclass
class Answer:
    status: int
    json: object = None
    headers: dict = dataclasses.field(default_factory=dict)
    raw: bytes = None


@dataclasses.dataclass
class Call:
    method: str
    path: str  # below the interface, still encoded
    query: dict
    body: object
    author: str
    address: str  # of the forge
    parameters: dict = dataclasses.field(default_factory=dict)

    def text(self, name, otherwise=""):
        value = (self.body or {}).get(name)
        return otherwise if value is None else value

    def page(self, items, size_name="per_page", default=30, largest=100):
        """The page that was asked for, and the header by which another one is known."""
        size = min(int(self.query.get(size_name, default)), largest)
        page = int(self.query.get("page", 1))
        rest = len(items) > page * size
        address = f"{self.address}{self.path}?page={page + 1}&{size_name}={size}"
        headers = {"Link": f'<{address}>; rel="next"'} if rest else {}
        return items[(page - 1) * size : page * size], headers


def pattern(template):
    """Steps of a path are matched while encoded: an encoded slash stays within its step."""
    return re.compile(SEGMENT.sub(lambda found: f"(?P<{found[1]}>[^/]+)", template) + "$")


def match(template, path):
    found = pattern(template).match(path)
    if not found:
        return None
    return {name: urllib.parse.unquote(value) for name, value in found.groupdict().items()}


def route(table, call):
    """The function for a call, or None; what the path names is put into the call."""
    for method, template, function in table:
        parameters = match(template, call.path) if method == call.method else None
        if parameters is not None:
            call.parameters = parameters
            return function
    return None
