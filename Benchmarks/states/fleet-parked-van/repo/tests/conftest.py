import httpx
import pytest
from fastapi.testclient import TestClient

from fleet import positions
from fleet.api import app


@pytest.fixture
def units(monkeypatch):
    known = {
        "DN 40211": {"latitude": 59.91, "longitude": 10.75, "heading": 92.0},
        "DN 40212": {"latitude": 59.80, "longitude": 10.75, "heading": 350.0},
        "DN 51877": {"latitude": 60.39, "longitude": 5.32, "heading": 181.5},
    }

    def answer(request):
        plate = request.url.path.rpartition("/")[2]
        if plate not in known:
            return httpx.Response(404)
        return httpx.Response(200, json={"plate": plate, "position": known[plate]})

    def provider():
        return httpx.AsyncClient(base_url="https://telematics.test", transport=httpx.MockTransport(answer))

    monkeypatch.setattr(positions, "provider", provider)
    return known


@pytest.fixture
def client(units):
    return TestClient(app)
