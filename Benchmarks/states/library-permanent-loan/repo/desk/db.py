import os
import sqlite3

from flask import current_app, g

SCHEMA = """
CREATE TABLE IF NOT EXISTS loans (
    id INTEGER PRIMARY KEY,
    reader TEXT NOT NULL,
    item TEXT NOT NULL,
    lent_on TEXT NOT NULL,
    due_on TEXT,
    returned_on TEXT
);
CREATE INDEX IF NOT EXISTS loans_of_reader ON loans (reader);
"""


def get_db():
    if "db" not in g:
        path = current_app.config["DATABASE"]
        os.makedirs(os.path.dirname(path), exist_ok=True)
        g.db = sqlite3.connect(path)
        g.db.row_factory = sqlite3.Row
        g.db.executescript(SCHEMA)
    return g.db


def close_db(_error=None):
    db = g.pop("db", None)
    if db is not None:
        db.close()
