import os
from datetime import date, timedelta

from flask import Flask, abort, jsonify, request

from .db import close_db, get_db

CENTS_A_DAY = 25
MOST = 1000


def create_app(config=None):
    app = Flask(__name__)
    app.config["DATABASE"] = os.path.join(os.environ.get("DATA_DIR", "var"), "desk.db")
    app.config.update(config or {})
    app.teardown_appcontext(close_db)

    @app.post("/loans")
    def lend():
        body = request.get_json()
        today = date.today()
        days = body.get("days", 28)
        due = None if days is None else (today + timedelta(days=days)).isoformat()
        db = get_db()
        cursor = db.execute(
            "INSERT INTO loans (reader, item, lent_on, due_on) VALUES (?, ?, ?, ?)",
            (body["reader"], body["item"], body.get("lent_on", today.isoformat()), body.get("due_on", due)),
        )
        db.commit()
        return jsonify(id=cursor.lastrowid), 201

    @app.post("/loans/<int:loan>/return")
    def give_back(loan):
        db = get_db()
        changed = db.execute("UPDATE loans SET returned_on = ? WHERE id = ? AND returned_on IS NULL", (date.today().isoformat(), loan))
        db.commit()
        if not changed.rowcount:
            abort(404)
        return "", 204

    @app.get("/loans/<int:loan>/fee")
    def fee(loan):
        on = request.args.get("on", default=date.today(), type=date.fromisoformat)
        return jsonify(loan=loan, cents=overdue_fee(loan, on))

    @app.get("/readers/<reader>/loans")
    def loans_of(reader):
        rows = get_db().execute("SELECT id, item, due_on FROM loans WHERE reader = ? AND returned_on IS NULL ORDER BY id", (reader,))
        return jsonify([dict(row) for row in rows])

    return app


def overdue_fee(loan, on):
    """What is owed for a loan on a day, in cents."""
    row = get_db().execute("SELECT due_on, returned_on FROM loans WHERE id = ?", (loan,)).fetchone()
    if row is None:
        abort(404)
    until = min(on, date.fromisoformat(row["returned_on"])) if row["returned_on"] else on
    late = (until - date.fromisoformat(row["due_on"])).days
    return min(max(late, 0) * CENTS_A_DAY, MOST)
