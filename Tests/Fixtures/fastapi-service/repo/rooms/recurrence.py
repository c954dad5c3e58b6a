from __future__ import annotations

from datetime import date, timedelta

from .models import Repeat


def occurrences(day: date, repeat: Repeat, times: int) -> list[date]:
    """The days of a repeated booking, the first one included."""
    if repeat is Repeat.WEEKLY:
        return [day + timedelta(weeks=week) for week in range(times)]
    if repeat is Repeat.YEARLY:
        days = []
        for year in range(day.year, day.year + times):
            days.append(day.replace(year=year))
        return days
    return [day]
