from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from .errors import Conflict


@dataclass(frozen=True)
class Tier:
    name: str
    minimum: int


@dataclass(frozen=True)
class Statement:
    points: int
    tier: Tier
    to_next: int | None


TIERS = (Tier("basic", 0), Tier("silver", 100), Tier("gold", 500))


def points_for(total_cents: int) -> int:
    return total_cents // 100


def tier_for(points: int) -> Tier:
    """The highest tier that these points reach."""
    reached = [tier for tier in TIERS if tier.minimum <= points]
    return reached[-1]


def record(connection: sqlite3.Connection, customer_id: int, delta: int, reason: str) -> None:
    connection.execute(
        "INSERT INTO points (customer_id, delta, reason) VALUES (?, ?, ?)",
        (customer_id, delta, reason),
    )


def balance(connection: sqlite3.Connection, customer_id: int) -> int:
    row = connection.execute(
        "SELECT COALESCE(SUM(delta), 0) FROM points WHERE customer_id = ?", (customer_id,)
    ).fetchone()
    return row[0]


def redeem(connection: sqlite3.Connection, customer_id: int, points: int) -> int:
    """Spend points; returns what is left."""
    left = balance(connection, customer_id) - points
    if left < 0:
        raise Conflict("not enough points")
    with connection:
        record(connection, customer_id, -points, "redemption")
    return left


def statement(connection: sqlite3.Connection, customer_id: int) -> Statement:
    points = balance(connection, customer_id)
    tier = tier_for(points)
    higher = [other.minimum for other in TIERS if other.minimum > points]
    return Statement(points, tier, min(higher) - points if higher else None)
