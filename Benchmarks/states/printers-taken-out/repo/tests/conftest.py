import pytest
from fastapi.testclient import TestClient

from printers.api import create_app
from printers.rotation import Rotation


@pytest.fixture
def client():
    return TestClient(create_app(Rotation(("a", "b", "c"))))


@pytest.fixture
def printed(client):
    """The printers that so many jobs go to."""
    def post(times):
        return [client.post("/jobs", json={"document": "label"}).json()["printer"] for _ in range(times)]

    return post
