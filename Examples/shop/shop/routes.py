from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from . import catalogue, customers, loyalty, orders, reports, shipping
from .database import current
from .errors import Invalid
from .payloads import positive, require

blueprint = Blueprint("shop", __name__)


def body() -> dict[str, Any]:
    payload = request.get_json()
    if not isinstance(payload, dict):
        raise Invalid("the body must be a JSON object")
    return payload


@blueprint.get("/products")
def list_products() -> ResponseReturnValue:
    prices = catalogue.PriceRange()
    if "price" in request.args:
        prices = catalogue.parse_price_range(request.args["price"])
    found = catalogue.search(current(), prices, request.args.get("category"))
    return jsonify([asdict(product) for product in found])


@blueprint.post("/products")
def add_product() -> ResponseReturnValue:
    return jsonify(asdict(catalogue.add(current(), body()))), 201


@blueprint.post("/customers")
def register_customer() -> ResponseReturnValue:
    customer = customers.register(current(), body())
    return jsonify({**asdict(customer), "label": customer.address.label}), 201


@blueprint.get("/customers/<int:customer_id>/loyalty")
def loyalty_statement(customer_id: int) -> ResponseReturnValue:
    customer = customers.find(current(), customer_id)
    return jsonify(asdict(loyalty.statement(current(), customer.id)))


@blueprint.post("/customers/<int:customer_id>/loyalty/redemptions")
def redeem_points(customer_id: int) -> ResponseReturnValue:
    customer = customers.find(current(), customer_id)
    points = positive(body(), "points")
    return jsonify(points=loyalty.redeem(current(), customer.id, points)), 201


@blueprint.post("/orders")
def place_order() -> ResponseReturnValue:
    payload = body()
    require(payload, "customer_id")
    customer = customers.find(current(), payload["customer_id"])
    lines = catalogue.read_lines(current(), payload)
    order = orders.place(current(), customer, lines, date.today())
    return jsonify(_shown(order)), 201


@blueprint.post("/orders/<int:order_id>/refund")
def refund_order(order_id: int) -> ResponseReturnValue:
    order = orders.find(current(), order_id)
    return jsonify(_shown(orders.refund(current(), order)))


@blueprint.post("/shipping/quotes")
def quote_shipping() -> ResponseReturnValue:
    payload = body()
    require(payload, "country")
    lines = catalogue.read_lines(current(), payload)
    quote = shipping.quote(lines, payload["country"].upper())
    return jsonify(
        zone=quote.zone.value, weight_grams=quote.weight_grams, price_cents=quote.price_cents
    )


@blueprint.get("/reports/sales")
def sales_report() -> ResponseReturnValue:
    month = reports.parse_month(request.args.get("month", f"{date.today():%Y-%m}"))
    report = reports.sales(month, orders.paid_in_month(current(), month))
    return jsonify({**asdict(report), "month": f"{month:%Y-%m}"})


def _shown(order: orders.Order) -> dict[str, Any]:
    return {
        **asdict(order),
        "placed_on": order.placed_on.isoformat(),
        "status": order.status.value,
    }
