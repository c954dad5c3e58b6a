from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from pydantic import BaseModel, Field, model_validator

OPENS, CLOSES = 8, 18


class Repeat(str, Enum):
    ONCE = "once"
    WEEKLY = "weekly"
    YEARLY = "yearly"


class QuoteRequest(BaseModel):
    room: str
    day: date
    hours: int = Field(ge=1, le=CLOSES - OPENS)
    repeat: Repeat = Repeat.ONCE
    times: int = Field(default=1, ge=1, le=52)


class Quote(BaseModel):
    days: list[date]
    total: Decimal


class Booking(BaseModel):
    room: str
    day: date
    first_hour: int = Field(ge=OPENS, lt=CLOSES)
    last_hour: int = Field(gt=OPENS, le=CLOSES)
    title: str

    @model_validator(mode="after")
    def ends_after_its_start(self) -> Booking:
        if self.last_hour <= self.first_hour:
            raise ValueError("last_hour must be later than first_hour")
        return self


class Gap(BaseModel):
    first_hour: int
    last_hour: int
