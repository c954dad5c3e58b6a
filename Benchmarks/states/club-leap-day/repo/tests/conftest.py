import pytest
from fastapi.testclient import TestClient

from club.api import create_app


@pytest.fixture
def client():
    return TestClient(create_app())


@pytest.fixture
def join(client):
    def post(name="Ada", **more):
        response = client.post("/members", json={"name": name} | more)
        assert response.status_code == 201
        return response.json()

    return post
