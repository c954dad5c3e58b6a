import pytest
import responses

from tracking.app import create_app
from tracking.carrier import Carrier

URL = "https://carrier.test"


@pytest.fixture
def carrier():
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


@pytest.fixture
def client(carrier):
    return create_app(Carrier(URL)).test_client()


@pytest.fixture
def scans(carrier):
    def answer(scans, number="AB123456"):
        carrier.get(f"{URL}/v2/parcels/{number}", json={"number": number, "weight": 1.2, "scans": scans})

    return answer
