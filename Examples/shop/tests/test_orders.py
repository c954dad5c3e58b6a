import pytest


@pytest.fixture
def order(client, ada, mug) -> dict:
    lines = [{"sku": "MUG", "quantity": 10}]
    return client.post("/orders", json={"customer_id": ada["id"], "lines": lines}).get_json()


def test_an_order_is_placed(order):
    assert order["total_cents"] == 12_000
    assert order["status"] == "paid"


def test_an_order_earns_points(client, ada, order):
    statement = client.get(f"/customers/{ada['id']}/loyalty").get_json()
    assert statement == {
        "points": 120,
        "tier": {"name": "silver", "minimum": 100},
        "to_next": 380,
    }


def test_a_refund_takes_the_points_back(client, ada, order):
    assert client.post(f"/orders/{order['id']}/refund").get_json()["status"] == "refunded"
    assert client.get(f"/customers/{ada['id']}/loyalty").get_json()["points"] == 0


def test_an_order_is_refunded_once(client, order):
    client.post(f"/orders/{order['id']}/refund")
    assert client.post(f"/orders/{order['id']}/refund").status_code == 409


def test_points_are_redeemed(client, ada, order):
    redemptions = f"/customers/{ada['id']}/loyalty/redemptions"
    assert client.post(redemptions, json={"points": 50}).get_json() == {"points": 70}
    assert client.post(redemptions, json={"points": 71}).status_code == 409


def test_an_unknown_product_cannot_be_ordered(client, ada):
    lines = [{"sku": "NONE", "quantity": 1}]
    answer = client.post("/orders", json={"customer_id": ada["id"], "lines": lines})
    assert answer.status_code == 404


def test_a_month_is_reported(client, order):
    month = order["placed_on"][:7]
    assert client.get(f"/reports/sales?month={month}").get_json() == {
        "month": month,
        "orders": 1,
        "revenue_cents": 12_000,
        "average_cents": 12_000,
        "largest_cents": 12_000,
    }


def test_a_report_needs_a_month(client):
    assert client.get("/reports/sales?month=March").status_code == 422
