import pytest

from shop.catalogue import Line, Product
from shop.shipping import Zone, price_for, quote, zone_of

MUG = Product("MUG", "Mug", 1200, weight_grams=400)


@pytest.mark.parametrize(
    ("country", "zone"), [("DE", Zone.HOME), ("FR", Zone.EUROPE), ("JP", Zone.WORLD)]
)
def test_countries_have_zones(country, zone):
    assert zone_of(country) is zone


@pytest.mark.parametrize(
    ("grams", "price"), [(0, 0), (1_000, 390), (1_001, 590), (31_500, 1_290), (32_000, 1_680)]
)
def test_prices_go_by_weight(grams, price):
    assert price_for(Zone.HOME, grams) == price


def test_a_parcel_is_quoted():
    assert quote([Line(MUG, 3)], "FR").weight_grams == 1_200


def test_a_quote_is_answered(client, mug):
    order = {"country": "de", "lines": [{"sku": "MUG", "quantity": 2}]}
    assert client.post("/shipping/quotes", json=order).get_json() == {
        "zone": "home",
        "weight_grams": 800,
        "price_cents": 390,
    }
