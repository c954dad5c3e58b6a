"""The requests that fail in production; `../capture.py` has initialised the sender."""

from fastapi.testclient import TestClient

from rooms.app import create_app

client = TestClient(create_app(), raise_server_exceptions=False)


def post(path, body, status):
    assert client.post(path, json=body).status_code == status, path


birthday = {"room": "attic", "day": "2024-02-29", "hours": 3, "repeat": "yearly", "times": 3}
post("/quotes", birthday, 500)

team = {"room": "garden", "day": "2025-06-02", "first_hour": 8, "last_hour": 12, "title": "Team"}
board = {"room": "garden", "day": "2025-06-02", "first_hour": 12, "last_hour": 18, "title": "Board"}
post("/bookings", team, 201)
post("/bookings", board, 201)
assert client.get("/rooms/garden/free?day=2025-06-02").status_code == 500
