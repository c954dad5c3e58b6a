from datetime import time

from nightly.plan import Site, next_run
from nightly.scheduler import Scheduler

OSLO = Site("oslo", "Europe/Oslo", time(2, 30))


def run(at, now, site=OSLO):
    at(now)
    return next_run(site).isoformat()


def test_fixed_a_skipped_time_runs_by_as_much_later(at):
    assert run(at, "2026-03-28 23:30") == "2026-03-29T01:30:00+00:00"


def test_fixed_the_evening_before_too(at):
    assert run(at, "2026-03-28 20:00") == "2026-03-29T01:30:00+00:00"


def test_fixed_a_time_that_comes_twice_runs_the_first_time(at):
    assert run(at, "2026-10-24 23:30") == "2026-10-25T00:30:00+00:00"


def test_fixed_once_a_night(at):
    assert run(at, "2026-10-25 00:45") == "2026-10-26T01:30:00+00:00"
    assert run(at, "2026-03-29 01:30") == "2026-03-30T00:30:00+00:00"


def test_fixed_the_scheduler_starts_it(at):
    started = []
    scheduler = Scheduler([OSLO], started.append)
    for now in ("2026-03-28 23:30", "2026-03-29 01:29", "2026-03-29 01:31", "2026-03-29 02:31"):
        at(now)
        scheduler.tick()
    assert started == ["oslo"]


def test_guard_ordinary_nights(at):
    assert run(at, "2026-03-27 23:30") == "2026-03-28T01:30:00+00:00"
    assert run(at, "2026-03-29 23:30") == "2026-03-30T00:30:00+00:00"
    assert run(at, "2026-03-28 23:30", Site("lima", "America/Lima", time(2, 30))) == "2026-03-29T07:30:00+00:00"
