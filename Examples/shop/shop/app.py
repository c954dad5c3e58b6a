from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue

from . import database
from .errors import ShopError
from .routes import blueprint


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    app = Flask(__name__)
    app.config["DATABASE"] = os.environ.get(
        "SHOP_DATABASE", str(Path(app.instance_path) / "shop.sqlite3")
    )
    if config is not None:
        app.config.from_mapping(config)

    database.prepare(Path(app.config["DATABASE"]))
    app.teardown_appcontext(database.close)
    app.register_blueprint(blueprint)

    @app.errorhandler(ShopError)
    def answer(error: ShopError) -> ResponseReturnValue:
        return jsonify(error=str(error)), error.status

    return app
