from decimal import Decimal


def test_ordinary_shifts(client, work):
    work("ida", "2026-04-01", "8.00")
    work("ida", "2026-04-02", "7.50", "21.33")
    assert client.get("/employees/ida/pay/2026-04").get_json() == {"shifts": 2, "hours": "15.50", "gross": "319.98"}


def test_a_night(client, work):
    work("ida", "2026-04-01", "8.00", factor=Decimal("1.25"))
    assert client.get("/employees/ida/pay/2026-04").get_json()["gross"] == "200.00"


def test_months_are_apart(client, work):
    work("ida", "2026-04-30", "8.00")
    assert client.get("/employees/ida/pay/2026-05").status_code == 404


def test_a_month_has_a_form(client):
    assert client.get("/employees/ida/pay/2026-13").status_code == 400


def test_people(client, work):
    work("tom", "2026-04-01", "8.00")
    work("ida", "2026-04-01", "8.00")
    assert client.get("/months/2026-04").get_json() == ["ida", "tom"]
