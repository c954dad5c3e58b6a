from datetime import time

import pytest

from nightly.plan import Site, next_run
from nightly.scheduler import Scheduler

OSLO = Site("oslo", "Europe/Oslo", time(2, 30))


def test_read():
    assert Site.read({"site": "oslo", "zone": "Europe/Oslo", "at": "02:30"}) == OSLO


@pytest.mark.parametrize(("now", "run"), [
    ("2026-01-10 00:00", "2026-01-10T01:30:00+00:00"),
    ("2026-01-10 01:30", "2026-01-11T01:30:00+00:00"),
    ("2026-07-10 00:00", "2026-07-10T00:30:00+00:00"),
    ("2026-07-10 00:31", "2026-07-11T00:30:00+00:00"),
])
def test_next_run(at, now, run):
    at(now)
    assert next_run(OSLO).isoformat() == run


def test_a_scheduler_starts_what_is_due(at):
    started = []
    scheduler = Scheduler([OSLO, Site("lima", "America/Lima", time(1, 0))], started.append)
    at("2026-01-10 00:00")
    assert scheduler.tick() == []
    at("2026-01-10 01:30")
    assert scheduler.tick() == ["oslo"]
    assert scheduler.tick() == []
    assert started == ["oslo"]


def test_one_site_does_not_stop_the_others(at):
    at("2026-01-10 00:00")
    scheduler = Scheduler([Site("x", "Europe/Atlantis", time(1, 0)), OSLO], print)
    scheduler.tick()
    assert list(scheduler.due) == ["oslo"]
