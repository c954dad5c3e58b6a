"""What the captured event says: the frames of the repository, with the scalars that it holds of each."""

from __future__ import annotations

import ast
import json
import os


def event_of(path):
    """The event item of an envelope; items whose length is not given end at the line."""
    with open(path, "rb") as file:
        file.readline()
        while True:
            line = file.readline()
            if not line.strip():
                return {}
            header = json.loads(line)
            body = file.read(header["length"]) if "length" in header else file.readline()
            if "length" in header:
                file.readline()
            if header.get("type") == "event":
                return json.loads(body)


def frames_of(path, repository, exception):
    """(path from the root, line, function, {name: scalar}) of the failure's frames in the repository, the innermost last."""
    values = (event_of(path).get("exception") or {}).get("values") or []
    wanted = [value for value in values if value.get("type") == exception.split(".")[-1]] or values
    frames = ((wanted[-1] if wanted else {}).get("stacktrace") or {}).get("frames") or []
    root = os.path.realpath(repository) + os.sep
    inside = []
    for frame in frames:
        where = os.path.realpath(frame.get("abs_path") or "/")
        if where.startswith(root):
            inside.append((where[len(root):], frame["lineno"], frame.get("function") or "", scalars(frame.get("vars") or {})))
    return inside


def scalars(captured):
    """The captured strings and numbers; a leaf arrives as the text of a Python literal."""
    found = {}
    for name, text in captured.items():
        try:
            value = ast.literal_eval(text) if isinstance(text, str) else None
        except (ValueError, SyntaxError):
            continue
        if isinstance(value, (str, int, float)) and len(repr(value)) < 200:
            found[name] = value
    return found
