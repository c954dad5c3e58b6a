import fakeredis
import pytest

from baskets import cache
from baskets.app import create_app


@pytest.fixture(autouse=True)
def store(monkeypatch):
    fake = fakeredis.FakeRedis(decode_responses=True)
    monkeypatch.setattr(cache, "client", fake)
    return fake


@pytest.fixture
def client():
    return create_app().test_client()


@pytest.fixture
def add(client):
    def post(sku="s-1", unit_price=250, **more):
        assert client.post("/baskets/ada/items", json={"sku": sku, "unit_price": unit_price} | more).status_code == 204

    return post


@pytest.fixture
def total(client):
    return lambda customer="ada": client.get(f"/baskets/{customer}/total").get_json()
