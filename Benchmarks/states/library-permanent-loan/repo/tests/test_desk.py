import pytest


@pytest.mark.parametrize(("on", "cents"), [("2026-05-03", 0), ("2026-05-04", 0), ("2026-05-06", 50), ("2026-12-01", 1000)])
def test_fee(client, lend, on, cents):
    loan = lend(due_on="2026-05-04")
    assert client.get(f"/loans/{loan}/fee?on={on}").get_json() == {"loan": loan, "cents": cents}


def test_no_fee_for_a_new_loan(client, lend):
    assert client.get(f"/loans/{lend()}/fee").get_json()["cents"] == 0


def test_unknown_loan(client):
    assert client.get("/loans/7/fee").status_code == 404


def test_return(client, lend):
    loan = lend()
    assert client.post(f"/loans/{loan}/return").status_code == 204
    assert client.post(f"/loans/{loan}/return").status_code == 404
    assert client.get("/readers/r-1/loans").get_json() == []


def test_a_loan_until_further_notice_is_listed(client, lend):
    loan = lend(days=None)
    assert client.get("/readers/r-1/loans").get_json() == [{"id": loan, "item": "b-1", "due_on": None}]
