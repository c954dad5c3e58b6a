import json

from flask import Flask, jsonify, request

from . import cache

BULK_PIECES = 10
BULK_PERCENT = 5


def basket_of(customer):
    text = cache.client.get(cache.key_of(customer))
    return json.loads(text) if text else {"items": []}


def total_of(customer):
    """Pieces and cents, with five percent off from ten pieces on."""
    text = cache.client.get(cache.key_of(customer))
    if text is None:
        return 0, 0
    pieces = cents = 0
    for item in json.loads(text)["items"]:
        pieces += item["quantity"]
        cents += item["quantity"] * item["unit_price"]
    if pieces >= BULK_PIECES:
        cents -= cents * BULK_PERCENT // 100
    return pieces, cents


def create_app():
    app = Flask(__name__)

    @app.post("/baskets/<customer>/items")
    def add(customer):
        body = request.get_json()
        basket = basket_of(customer)
        basket["items"] = [item for item in basket["items"] if item["sku"] != body["sku"]]
        basket["items"].append({"sku": body["sku"], "unit_price": body["unit_price"], "quantity": body.get("quantity", 1)})
        cache.save(customer, basket)
        return "", 204

    @app.delete("/baskets/<customer>/items/<sku>")
    def remove(customer, sku):
        basket = basket_of(customer)
        basket["items"] = [item for item in basket["items"] if item["sku"] != sku]
        cache.save(customer, basket)
        return "", 204

    @app.get("/baskets/<customer>/total")
    def total(customer):
        pieces, cents = total_of(customer)
        return jsonify(pieces=pieces, cents=cents)

    return app
