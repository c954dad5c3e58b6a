from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone

import pytz


@dataclass(frozen=True)
class Site:
    name: str
    zone: str
    at: time

    @classmethod
    def read(cls, entry):
        hour, minute = entry["at"].split(":")
        return cls(entry["site"], entry["zone"], time(int(hour), int(minute)))


def next_run(site):
    """The next time of the site's backup that lies ahead, in UTC."""
    zone = pytz.timezone(site.zone)
    now = datetime.now(zone)
    run = zone.localize(datetime.combine(now.date(), site.at), is_dst=None)
    if run <= now:
        run = zone.localize(datetime.combine(now.date() + timedelta(days=1), site.at), is_dst=None)
    return run.astimezone(timezone.utc)
