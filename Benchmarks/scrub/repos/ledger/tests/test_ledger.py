import pytest

from ledger import checked, lines, posting


def test_a_total():
    assert posting.total({"entries": [{"amount": 1.5}, {"amount": 2}]}) == 350


def test_balances():
    assert posting.balances({"mira@example.org": 1.25}) == {"mira@example.org": 125}


def test_an_account():
    account = posting.Account("Mira", {}, [])
    account.add(2)
    assert account.closed() == 200


def test_lines():
    assert lines.amounts("a|b|c|1.5\n\nd|e|f|2\n") == [1.5, 2.0]


def test_an_unsound_owner():
    with pytest.raises(checked.Refused):
        checked.accepted({"owner": {"contact": "nobody"}, "amount": 1})


def test_a_sound_owner():
    assert checked.accepted({"owner": {"contact": "mira@example.org", "origin": "127.0.0.1"}, "amount": 1.25}) == 125
