from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shop.app import create_app


@pytest.fixture
def app(tmp_path) -> Flask:
    return create_app({"TESTING": True, "DATABASE": str(tmp_path / "shop.sqlite3")})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def mug(client: FlaskClient) -> dict:
    mug = {"sku": "MUG", "name": "Mug", "price_cents": 1200, "weight_grams": 400}
    return client.post("/products", json=mug).get_json()


@pytest.fixture
def ada(client: FlaskClient) -> dict:
    address = {"street": "Lange Str. 5", "city": "Berlin", "country": "de", "postcode": "10 243"}
    ada = {"name": "Ada", "email": "Ada@example.org", "address": address}
    return client.post("/customers", json=ada).get_json()
