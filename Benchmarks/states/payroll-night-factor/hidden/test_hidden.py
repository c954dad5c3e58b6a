def gross(client, employee="ida"):
    response = client.get(f"/employees/{employee}/pay/2026-04")
    assert response.status_code == 200
    return response.get_json()["gross"]


def test_fixed_a_night_as_the_driver_gives_it(client, work):
    work("ida", "2026-04-01", "8.00", factor=1.25)
    assert gross(client) == "200.00"


def test_fixed_nights_among_days(client, work):
    for day in range(1, 15):
        work("ida", f"2026-04-{day:02}", "7.50", "21.33", 1.25 if day == 13 else None)
    assert client.get("/employees/ida/pay/2026-04").get_json() == {"shifts": 14, "hours": "105.00", "gross": "2279.64"}


def test_fixed_cents_are_exact(client, work):
    work("ida", "2026-04-01", "1.00", "10.10", 1.15)  # 11.615: its half cent goes up
    assert gross(client) == "11.62"


def test_guard_ordinary_shifts(client, work):
    work("ida", "2026-04-01", "7.50", "21.33")
    assert gross(client) == "159.98"


def test_guard_no_shifts_is_404(client):
    assert client.get("/employees/ida/pay/2026-04").status_code == 404
