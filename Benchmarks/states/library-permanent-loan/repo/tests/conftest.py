import pytest

from desk.app import create_app


@pytest.fixture
def client(tmp_path):
    return create_app({"DATABASE": str(tmp_path / "desk.db"), "TESTING": True}).test_client()


@pytest.fixture
def lend(client):
    def post(**more):
        return client.post("/loans", json={"reader": "r-1", "item": "b-1"} | more).get_json()["id"]

    return post
