import os
import re

from flask import Blueprint, Flask, abort, current_app, jsonify

from .pay import Ledger

pages = Blueprint("payroll", __name__)


def ledger() -> Ledger:
    return current_app.extensions["ledger"]


def checked(month):
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        abort(400)
    return month


@pages.get("/employees/<employee>/pay/<month>")
def pay(employee, month):
    result = ledger().monthly_pay(employee, checked(month))
    if not result["shifts"]:
        abort(404)
    return jsonify(result)


@pages.get("/months/<month>")
def people(month):
    return jsonify(ledger().people(checked(month)))


def create_app(dsn=None):
    app = Flask(__name__)
    app.extensions["ledger"] = Ledger(dsn or os.environ.get("PAYROLL_DSN", "dbname=payroll"))
    app.register_blueprint(pages)
    return app
