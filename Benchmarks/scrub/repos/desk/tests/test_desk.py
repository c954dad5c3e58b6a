import pytest

from desk.app import create_app


@pytest.fixture
def client():
    return create_app().test_client()


def test_a_ticket(client):
    assert client.post("/tickets", json={"priority": "high", "agents": 2}).json == {"hours": 2}


def test_a_search(client):
    assert client.get("/search?q=ink&limit=20").json == {"words": "ink", "share": 5}


def test_the_queue(client):
    assert client.get("/queue", headers={"X-Agents": "3", "User-Agent": "desk"}).json == {"agent": "desk", "hours": 8}
