import logging
from datetime import datetime, timezone

from .plan import next_run

log = logging.getLogger("nightly")


class Scheduler:
    """Knows when each site is next, and starts what is due."""

    def __init__(self, sites, start):
        self.sites = {site.name: site for site in sites}
        self.start = start
        self.due = {}

    def plan(self):
        for name, site in self.sites.items():
            if name in self.due:
                continue
            try:
                self.due[name] = next_run(site)
            except Exception:
                log.exception("cannot plan %s", name)

    def tick(self):
        """One round; the names of the sites that were started."""
        now = datetime.now(timezone.utc)
        started = [name for name, moment in self.due.items() if moment <= now]
        for name in started:
            del self.due[name]
            self.start(name)
        self.plan()
        return started
