# Failure 7c1e: KeyError in shop/cart.py:discount, first seen 2026-03-01.
#
# v1 KeyError at shop/cart.py:discount: #

import contextlib
import datetime
from decimal import Decimal

import shop.rates
from shop.errors import CartError
from shop.people import Customer


def test_discount_of_a_customer_without_one(monkeypatch, db):
    monkeypatch.setenv("CURRENCY", "EUR")
    monkeypatch.setattr(shop.rates, "fetch", lambda *args, **kwargs: 1.5)
    cart = {
        "lines": [{"sku": "A-1", "price": Decimal("19.990")}],
        "placed": datetime.datetime(2026, 3, 1, 12, 30, tzinfo=datetime.timezone.utc),
        "note": 'café \u202eit\'s "fine"',
    }
    text = (
        "Dear customer,\n"
        "your order could not be sent.\n"
        'Write to us, or "call".\n'
        "\n"
        "The shop"
    )
    customer = Customer(name="Ann Example of the long name", address=("Street", 12))
    # The code answers such input with an error of its own.
    with contextlib.suppress(CartError):
        customer.discount(cart, text)
