def test_fixed_a_parked_van(client, units):
    del units["DN 40211"]["heading"]
    response = client.get("/vans/DN 40211")
    assert response.status_code == 200
    assert response.json() == {"plate": "DN 40211", "latitude": 59.91, "longitude": 10.75, "direction": None}


def test_fixed_a_parked_van_can_be_nearest(client, units):
    del units["DN 51877"]["heading"]
    assert client.get("/nearest", params={"latitude": 60.4, "longitude": 5.3}).json()["plate"] == "DN 51877"


def test_guard_north_is_a_direction(client, units):
    units["DN 40211"]["heading"] = 0.0
    assert client.get("/vans/DN 40211").json()["direction"] == "north"


def test_guard_a_moving_van(client):
    assert client.get("/vans/DN 51877").json()["direction"] == "south"


def test_guard_an_unknown_van_is_404(client):
    assert client.get("/vans/XX 1").status_code == 404
