import pytest

from shop.catalogue import PriceRange, parse_price_range
from shop.errors import Invalid


@pytest.mark.parametrize(
    ("text", "expected"),
    [("500-2000", PriceRange(500, 2000)), ("-2000", PriceRange(0, 2000))],
)
def test_a_price_range_is_read(text, expected):
    assert parse_price_range(text) == expected


def test_what_is_no_price_range_is_refused():
    with pytest.raises(Invalid):
        parse_price_range("cheap")


def test_a_price_range_includes_its_ends():
    prices = PriceRange(500, 2000)
    assert [prices.admits(cents) for cents in (499, 500, 2000, 2001)] == [False, True, True, False]


def test_products_are_found_by_price(client, mug):
    client.post("/products", json={"sku": "POT", "name": "Teapot", "price_cents": 4500})
    assert [found["sku"] for found in client.get("/products?price=0-2000").get_json()] == ["MUG"]
    assert len(client.get("/products").get_json()) == 2


def test_products_are_found_by_category(client, mug):
    tea = {"sku": "TEA", "name": "Assam", "price_cents": 650, "category": "tea"}
    client.post("/products", json=tea)
    assert [found["sku"] for found in client.get("/products?category=tea").get_json()] == ["TEA"]


def test_a_product_is_added_once(client, mug):
    again = {"sku": "MUG", "name": "Mug", "price_cents": 1200}
    assert client.post("/products", json=again).status_code == 409


def test_a_product_needs_a_price(client):
    answer = client.post("/products", json={"sku": "POT", "name": "Teapot"})
    assert answer.status_code == 422
    assert "price_cents" in answer.get_json()["error"]
