import pytest

from payouts.settlement import Settlement


@pytest.fixture
def settlement():
    return Settlement({"s-1": "account"})


def line(order, cents, pieces):
    return {"order": order, "cents": cents, "pieces": pieces}


def test_fixed_a_correction_is_paid_in_full(settlement):
    assert settlement.settle({"seller": "s-1", "lines": [line("o-1", 1000, 1), line("o-2", 490, 0)]}) == 880 + 490
    assert settlement.paid[0]["orders"] == ["o-1", "o-2"]


def test_fixed_a_correction_may_take_away(settlement):
    assert settlement.settle({"seller": "s-1", "lines": [line("o-1", 1000, 1), line("o-2", -300, 0)]}) == 580


def test_fixed_a_dear_correction(settlement):
    assert settlement.settle({"seller": "s-1", "lines": [line("o-1", 25000, 0)]}) == 25000


def test_guard_commission_is_taken(settlement):
    assert settlement.settle({"seller": "s-1", "lines": [line("o-1", 25000, 2), line("o-2", 500, 1)]}) == 23000 + 440


def test_guard_a_line_without_its_pieces_is_no_correction(settlement):
    with pytest.raises(KeyError):
        settlement.settle({"seller": "s-1", "lines": [{"order": "o-1", "cents": 100}]})
