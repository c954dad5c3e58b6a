from datetime import date
from decimal import Decimal

from rooms.models import Repeat
from rooms.pricing import price
from rooms.recurrence import occurrences

TEAM = {"room": "garden", "day": "2025-06-02", "first_hour": 10, "last_hour": 12, "title": "Team"}


def test_weekly_bookings_keep_their_weekday():
    days = occurrences(date(2025, 6, 2), Repeat.WEEKLY, 3)
    assert days == [date(2025, 6, 2), date(2025, 6, 9), date(2025, 6, 16)]


def test_yearly_bookings_keep_their_day():
    assert occurrences(date(2025, 6, 2), Repeat.YEARLY, 2) == [date(2025, 6, 2), date(2026, 6, 2)]


def test_weekends_cost_more():
    assert price("attic", date(2025, 6, 7), 2) == Decimal("46.25")


def test_a_quote_adds_its_days_up(client):
    wanted = {"room": "garden", "day": "2025-06-02", "hours": 2, "repeat": "weekly", "times": 2}
    answer = client.post("/quotes", json=wanted)
    assert answer.json() == {"days": ["2025-06-02", "2025-06-09"], "total": "128.00"}


def test_an_unknown_room_has_no_price(client):
    wanted = {"room": "cellar", "day": "2025-06-02", "hours": 2}
    assert client.post("/quotes", json=wanted).status_code == 404


def test_hours_are_booked_once(client):
    assert client.post("/bookings", json=TEAM).status_code == 201
    assert client.post("/bookings", json={**TEAM, "last_hour": 11}).status_code == 409


def test_an_empty_day_is_free(client):
    answer = client.get("/rooms/garden/free?day=2025-06-02")
    assert answer.json() == {"first_hour": 8, "last_hour": 18}


def test_the_morning_is_free(client):
    client.post("/bookings", json=TEAM)
    answer = client.get("/rooms/garden/free?day=2025-06-02")
    assert answer.json() == {"first_hour": 8, "last_hour": 10}


def test_the_hours_between_two_bookings_are_free(client):
    client.post("/bookings", json={**TEAM, "first_hour": 8, "last_hour": 10})
    client.post("/bookings", json={**TEAM, "first_hour": 13, "last_hour": 18})
    answer = client.get("/rooms/garden/free?day=2025-06-02")
    assert answer.json() == {"first_hour": 10, "last_hour": 13}
