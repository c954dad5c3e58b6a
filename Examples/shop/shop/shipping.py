from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from .catalogue import Line


class Zone(Enum):
    HOME = "home"
    EUROPE = "europe"
    WORLD = "world"


@dataclass(frozen=True)
class Quote:
    zone: Zone
    weight_grams: int
    price_cents: int


HOME_COUNTRY = "DE"
EUROPE = frozenset({"AT", "BE", "DK", "ES", "FR", "IE", "IT", "NL", "PL", "SE"})

# The heaviest parcel of each band in grams, and its price in cents.
BANDS = {
    Zone.HOME: ((1_000, 390), (5_000, 590), (31_500, 1_290)),
    Zone.EUROPE: ((1_000, 890), (5_000, 1_490), (31_500, 2_990)),
    Zone.WORLD: ((1_000, 1_690), (5_000, 3_890), (31_500, 8_990)),
}


def zone_of(country: str) -> Zone:
    if country == HOME_COUNTRY:
        return Zone.HOME
    return Zone.EUROPE if country in EUROPE else Zone.WORLD


def parcel_weight(lines: list[Line]) -> int:
    grams = 0
    for line in lines:
        grams += line.product.weight_grams * line.quantity
    return grams


def price_for(zone: Zone, grams: int) -> int:
    """The price of one parcel, or of several full ones and the rest."""
    if grams == 0:
        return 0
    heaviest, full_price = BANDS[zone][-1]
    full, rest = divmod(grams, heaviest)
    for limit, price in BANDS[zone]:
        if 0 < rest <= limit:
            return full * full_price + price
    return full * full_price


def quote(lines: list[Line], country: str) -> Quote:
    zone = zone_of(country)
    grams = parcel_weight(lines)
    return Quote(zone, grams, price_for(zone, grams))
