def cents(client, loan, on):
    return client.get(f"/loans/{loan}/fee?on={on}").get_json()["cents"]


def test_fixed_nothing_is_owed_until_further_notice(client, lend):
    loan = lend(days=None)
    response = client.get(f"/loans/{loan}/fee?on=2031-01-01")
    assert (response.status_code, response.get_json()) == (200, {"loan": loan, "cents": 0})


def test_fixed_nor_after_it_came_back(client, lend):
    loan = lend(days=None)
    client.post(f"/loans/{loan}/return")
    assert cents(client, loan, "2031-01-01") == 0


def test_guard_a_late_loan_costs(client, lend):
    assert cents(client, lend(due_on="2026-05-04"), "2026-05-05") == 25
    assert cents(client, lend(due_on="2026-05-04"), "2026-08-05") == 1000


def test_guard_an_unknown_loan_is_404(client):
    assert client.get("/loans/99/fee").status_code == 404
