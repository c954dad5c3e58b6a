import re

import requests
from flask import Flask, jsonify

from .carrier import Carrier, NotKnown

NUMBER = re.compile(r"[A-Z]{2}[0-9]{6}")


def state_of(steps):
    if not steps:
        return "announced"
    return "delivered" if steps[-1][1] == "DL" else "on its way"


def create_app(carrier=None):
    app = Flask(__name__)
    carrier = carrier or Carrier()

    @app.errorhandler(NotKnown)
    def not_known(_error):
        return jsonify(error="no such parcel"), 404

    @app.errorhandler(requests.ConnectionError)
    @app.errorhandler(requests.Timeout)
    def unreachable(_error):
        return jsonify(error="the carrier cannot be reached"), 503

    @app.get("/parcels/<number>")
    def parcel(number):
        if not NUMBER.fullmatch(number):
            return jsonify(error="not a number of a parcel"), 400
        steps = carrier.steps(number)
        return jsonify(
            number=number,
            state=state_of(steps),
            steps=[{"at": time, "text": text} for time, _, text in reversed(steps)],
        )

    return app
