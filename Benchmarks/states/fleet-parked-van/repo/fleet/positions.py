import asyncio
import math
import os
from dataclasses import dataclass

import httpx

WINDS = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"]
PLATES = ["DN 40211", "DN 40212", "DN 51877"]


class NoSuchVan(LookupError):
    pass


@dataclass
class Position:
    latitude: float
    longitude: float
    heading: float

    @property
    def direction(self) -> str:
        return WINDS[round(self.heading / 45) % 8]

    def kilometres_to(self, latitude: float, longitude: float) -> float:
        x = math.radians(longitude - self.longitude) * math.cos(math.radians((latitude + self.latitude) / 2))
        return 6371 * math.hypot(x, math.radians(latitude - self.latitude))


def provider() -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=os.environ.get("TELEMATICS_URL", "https://telematics.example"), timeout=5)


async def position_of(plate: str) -> Position:
    async with provider() as client:
        response = await client.get(f"/units/{plate}")
    if response.status_code == 404:
        raise NoSuchVan(plate)
    response.raise_for_status()
    return Position(**response.json()["position"])


async def nearest(latitude: float, longitude: float) -> tuple[str, float]:
    positions = await asyncio.gather(*map(position_of, PLATES))
    distances = {plate: position.kilometres_to(latitude, longitude) for plate, position in zip(PLATES, positions)}
    plate = min(distances, key=distances.get)
    return plate, round(distances[plate], 1)
