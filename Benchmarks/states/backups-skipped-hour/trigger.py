import os
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import clock

clock.start_at("2026-03-28 23:12:05")


def production():
    from nightly.plan import Site
    from nightly.scheduler import Scheduler

    sites = [{"site": "lima", "zone": "America/Lima", "at": "01:00"}, {"site": "bergen", "zone": "Europe/Oslo", "at": "02:15"}]
    Scheduler([Site.read(site) for site in sites], print).tick()
