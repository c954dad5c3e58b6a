from __future__ import annotations

from .models import CLOSES, OPENS, Booking, Gap


def first_gap(bookings: list[Booking]) -> Gap | None:
    """The first free hours among the bookings of one room and day."""
    bookings = sorted(bookings, key=lambda booking: booking.first_hour)
    if not bookings:
        return Gap(first_hour=OPENS, last_hour=CLOSES)
    if bookings[0].first_hour > OPENS:
        return Gap(first_hour=OPENS, last_hour=bookings[0].first_hour)
    for index, booking in enumerate(bookings):
        following = bookings[index + 1]
        if following.first_hour > booking.last_hour:
            return Gap(first_hour=booking.last_hour, last_hour=following.first_hour)
    return None
