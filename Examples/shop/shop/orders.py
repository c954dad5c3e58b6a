from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from enum import Enum

from . import loyalty
from .catalogue import Line
from .customers import Customer
from .errors import Conflict, NotFound


class Status(Enum):
    PAID = "paid"
    REFUNDED = "refunded"


@dataclass(frozen=True)
class Order:
    id: int
    customer_id: int
    placed_on: date
    total_cents: int
    status: Status


def place(
    connection: sqlite3.Connection, customer: Customer, lines: list[Line], today: date
) -> Order:
    total = sum(line.price_cents for line in lines)
    with connection:
        cursor = connection.execute(
            "INSERT INTO orders (customer_id, placed_on, total_cents, status) VALUES (?, ?, ?, ?)",
            (customer.id, today.isoformat(), total, Status.PAID.value),
        )
        loyalty.record(connection, customer.id, loyalty.points_for(total), "order")
    return Order(cursor.lastrowid or 0, customer.id, today, total, Status.PAID)


def refund(connection: sqlite3.Connection, order: Order) -> Order:
    if order.status is Status.REFUNDED:
        raise Conflict(f"order {order.id} is refunded already")
    with connection:
        connection.execute(
            "UPDATE orders SET status = ? WHERE id = ?", (Status.REFUNDED.value, order.id)
        )
        points = loyalty.points_for(order.total_cents)
        loyalty.record(connection, order.customer_id, -points, "refund")
    return find(connection, order.id)


def find(connection: sqlite3.Connection, order_id: int) -> Order:
    row = connection.execute("SELECT * FROM orders WHERE id = ?", (order_id,)).fetchone()
    if row is None:
        raise NotFound(f"no order {order_id}")
    return _order(row)


def paid_in_month(connection: sqlite3.Connection, month: date) -> list[Order]:
    rows = connection.execute(
        "SELECT * FROM orders WHERE placed_on LIKE ? AND status = ? ORDER BY id",
        (f"{month:%Y-%m}-%", Status.PAID.value),
    ).fetchall()
    return [_order(row) for row in rows]


def _order(row: sqlite3.Row) -> Order:
    return Order(
        id=row["id"],
        customer_id=row["customer_id"],
        placed_on=date.fromisoformat(row["placed_on"]),
        total_cents=row["total_cents"],
        status=Status(row["status"]),
    )
