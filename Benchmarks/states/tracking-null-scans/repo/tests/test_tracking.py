import requests

FIRST = {"time": "2026-05-04T08:00:00Z", "code": "PU", "place": "Oslo"}
LAST = {"time": "2026-05-05T09:30:00Z", "code": "DL", "place": "Bergen"}


def test_on_its_way(client, scans):
    scans([FIRST])
    assert client.get("/parcels/AB123456").get_json() == {
        "number": "AB123456", "state": "on its way", "steps": [{"at": FIRST["time"], "text": "Picked up in Oslo"}],
    }


def test_delivered(client, scans):
    scans([LAST, FIRST])
    answer = client.get("/parcels/AB123456").get_json()
    assert answer["state"] == "delivered"
    assert [step["text"] for step in answer["steps"]] == ["Delivered in Bergen", "Picked up in Oslo"]


def test_codes_without_words(client, scans):
    scans([{"time": "2026-05-04T08:00:00Z", "code": "X9", "place": None}])
    assert client.get("/parcels/AB123456").get_json()["steps"] == []


def test_not_known(client, carrier):
    carrier.get("https://carrier.test/v2/parcels/AB123457", status=404)
    assert client.get("/parcels/AB123457").status_code == 404


def test_unreachable(client, carrier):
    carrier.get("https://carrier.test/v2/parcels/AB123457", body=requests.ConnectTimeout())
    assert client.get("/parcels/AB123457").status_code == 503


def test_not_a_number(client):
    assert client.get("/parcels/12").status_code == 400
