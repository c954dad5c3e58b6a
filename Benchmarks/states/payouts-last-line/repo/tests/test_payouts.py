import json

import pytest

from payouts.settlement import Settlement
from payouts.worker import Worker


@pytest.fixture
def settlement():
    return Settlement({"s-1": "NO93 8601 1117 947", "s-2": "DE02 1203 0000 0000 2020 51"})


@pytest.fixture
def worker(settlement):
    return Worker(settlement)


def line(order, cents, pieces=1):
    return {"order": order, "cents": cents, "pieces": pieces}


def test_a_payout(settlement):
    assert settlement.settle({"seller": "s-1", "currency": "NOK", "lines": [line("o-1", 2000, 2), line("o-2", 500)]}) == 2200
    assert settlement.paid == [{"account": "NO93 8601 1117 947", "cents": 2200, "currency": "NOK", "orders": ["o-1", "o-2"]}]


@pytest.mark.parametrize(("cents", "pieces", "payout"), [(9999, 1, 8800), (10000, 1, 9200), (10000, 2, 8800), (20000, 2, 18400)])
def test_commission(settlement, cents, pieces, payout):
    assert settlement.settle({"seller": "s-1", "lines": [line("o-1", cents, pieces)]}) == payout


def test_no_lines(settlement):
    assert settlement.settle({"seller": "s-1"}) == 0


def test_the_queue_is_worked_through(worker, settlement):
    for seller in ("s-1", "s-9", "s-2"):
        worker.receive(json.dumps({"seller": seller, "lines": [line("o-1", 1000)]}))
    assert worker.run() == 2
    assert worker.rejected == ["no account of s-9"]
    assert [paid["cents"] for paid in settlement.paid] == [880, 880]


def test_a_bad_message_does_not_stop_the_others(worker):
    worker.receive('{"seller": "s-1", "lines": [{"order": "o-1"}]}')
    worker.receive('{"seller": "s-2", "lines": []}')
    assert worker.run() == 1
