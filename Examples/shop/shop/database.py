from __future__ import annotations

import sqlite3
from pathlib import Path

from flask import current_app, g

SCHEMA = Path(__file__).with_name("schema.sql")


def connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def prepare(path: Path) -> None:
    """Create the tables of a new database."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = connect(path)
    with connection:
        connection.executescript(SCHEMA.read_text())
    connection.close()


def current() -> sqlite3.Connection:
    """The connection of this request."""
    if "connection" not in g:
        g.connection = connect(Path(current_app.config["DATABASE"]))
    return g.connection


def close(_: BaseException | None = None) -> None:
    connection = g.pop("connection", None)
    if connection is not None:
        connection.close()
