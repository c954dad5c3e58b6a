from __future__ import annotations

from datetime import date

from fastapi import FastAPI, HTTPException, Request

from .availability import first_gap
from .models import Booking, Gap, Quote, QuoteRequest
from .pricing import RATES, price
from .recurrence import occurrences


class Diary:
    """The bookings of this process."""

    def __init__(self) -> None:
        self.bookings: list[Booking] = []

    async def of(self, room: str, day: date) -> list[Booking]:
        return [found for found in self.bookings if (found.room, found.day) == (room, day)]

    async def add(self, booking: Booking) -> bool:
        for other in await self.of(booking.room, booking.day):
            if booking.first_hour < other.last_hour and other.first_hour < booking.last_hour:
                return False
        self.bookings.append(booking)
        return True


def known(room: str) -> str:
    if room not in RATES:
        raise HTTPException(404, f"no room {room}")
    return room


def create_app() -> FastAPI:
    app = FastAPI(title="rooms")
    app.state.diary = Diary()

    @app.post("/quotes")
    async def quote(wanted: QuoteRequest) -> Quote:
        room = known(wanted.room)
        days = occurrences(wanted.day, wanted.repeat, wanted.times)
        return Quote(days=days, total=sum(price(room, day, wanted.hours) for day in days))

    @app.post("/bookings", status_code=201)
    async def book(booking: Booking, request: Request) -> Booking:
        known(booking.room)
        if not await request.app.state.diary.add(booking):
            raise HTTPException(409, "these hours are taken")
        return booking

    @app.get("/rooms/{room}/free")
    async def free(room: str, day: date, request: Request) -> Gap | None:
        bookings = await request.app.state.diary.of(known(room), day)
        return first_gap(bookings)

    return app
