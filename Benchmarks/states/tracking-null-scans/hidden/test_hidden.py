def test_fixed_an_announced_parcel(client, scans):
    scans(None)
    response = client.get("/parcels/AB123456")
    assert (response.status_code, response.get_json()) == (200, {"number": "AB123456", "state": "announced", "steps": []})


def test_guard_scans_are_told(client, scans):
    scans([{"time": "2026-05-04T08:00:00Z", "code": "OD", "place": "Oslo"}])
    answer = client.get("/parcels/AB123456").get_json()
    assert (answer["state"], answer["steps"][0]["text"]) == ("on its way", "On the van in Oslo")


def test_guard_a_parcel_that_the_carrier_does_not_know(client, carrier):
    carrier.get("https://carrier.test/v2/parcels/AB123456", status=404)
    assert client.get("/parcels/AB123456").status_code == 404


def test_guard_an_empty_way(client, scans):
    scans([])
    assert client.get("/parcels/AB123456").get_json()["state"] == "announced"
