from flask import Blueprint, Flask, Response, current_app, jsonify, request

from . import table as tables

pages = Blueprint("reports", __name__)


def asked():
    """The table that the query asks for, or None where it hides what it sorts by."""
    hide, by = request.args.getlist("hide"), request.args.get("by")
    if (by or tables.SORTED_BY) in hide:
        return None
    return tables.table(current_app.extensions["days"].values(), hide, by)


@pages.post("/days")
def add():
    body = request.get_json()
    current_app.extensions["days"][body["day"]] = {name: body[name] for name in ("day", "orders", "revenue", "returns")}
    return "", 201


@pages.get("/table")
def show():
    result = asked()
    return jsonify(result) if result else (jsonify(error="the table is sorted by a hidden column"), 400)


@pages.get("/table.csv")
def show_csv():
    result = asked()
    return Response(tables.csv(result), mimetype="text/csv") if result else ("sorted by a hidden column", 400)


def create_app():
    app = Flask(__name__)
    app.json.sort_keys = False
    app.extensions["days"] = {}
    app.register_blueprint(pages)
    return app
