from datetime import datetime, timezone

import pytest

from nightly import plan, scheduler


@pytest.fixture
def at(monkeypatch):
    """Sets the clock of the service, in UTC."""
    def set_clock(text):
        moment = datetime.fromisoformat(text).replace(tzinfo=timezone.utc)

        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return moment.astimezone(tz)

        monkeypatch.setattr(plan, "datetime", Clock)
        monkeypatch.setattr(scheduler, "datetime", Clock)

    return set_clock
