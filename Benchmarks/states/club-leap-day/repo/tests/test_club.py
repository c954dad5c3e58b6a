from datetime import date

import pytest
from freezegun import freeze_time

from club import terms


@freeze_time("2026-05-04")
def test_joining(join):
    assert join(junior=True) == {"number": 1001, "name": "Ada", "paid_until": "2027-05-04", "fee": 9000}


@freeze_time("2026-05-04")
@pytest.mark.parametrize(("until", "next"), [("2026-06-01", "2027-06-01"), ("2026-01-01", "2027-05-04"), ("2028-02-29", "2029-02-28")])
def test_renewed(until, next):
    assert terms.renewed(date.fromisoformat(until)) == date.fromisoformat(next)


def test_renewal(client, join):
    with freeze_time("2026-05-04"):
        number = join()["number"]
    with freeze_time("2026-12-24"):
        assert client.post(f"/members/{number}/renewals").json()["paid_until"] == "2028-05-04"
    assert client.get(f"/members/{number}").json()["paid_until"] == "2028-05-04"


def test_unknown_member(client):
    assert client.post("/members/1/renewals").status_code == 404


def test_a_name_is_needed(client):
    assert client.post("/members", json={"name": ""}).status_code == 422
