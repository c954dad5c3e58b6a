import pytest

from fleet.positions import Position


def test_a_van(client):
    assert client.get("/vans/DN 40211").json() == {"plate": "DN 40211", "latitude": 59.91, "longitude": 10.75, "direction": "east"}


@pytest.mark.parametrize(("heading", "wind"), [(0, "north"), (44, "north-east"), (350, "north"), (200, "south")])
def test_direction(heading, wind):
    assert Position(0, 0, heading).direction == wind


def test_unknown_van(client):
    assert client.get("/vans/DN 1").status_code == 404


def test_nearest(client):
    assert client.get("/nearest", params={"latitude": 59.9, "longitude": 10.75}).json() == {"plate": "DN 40211", "kilometres": 1.1}
