from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .errors import Conflict, NotFound
from .payloads import require


@dataclass(frozen=True)
class Address:
    street: str
    city: str
    country: str
    postcode: str | None = None

    @property
    def label(self) -> str:
        town = f"{self.postcode} {self.city}" if self.postcode else self.city
        return f"{self.street}, {town}, {self.country}"


@dataclass(frozen=True)
class Customer:
    id: int
    name: str
    email: str
    address: Address


def parse_address(payload: Mapping[str, Any]) -> Address:
    require(payload, "street", "city", "country")
    return Address(
        street=payload["street"].strip(),
        city=payload["city"].strip(),
        country=payload["country"].upper(),
        postcode=payload["postcode"].replace(" ", ""),
    )


def register(connection: sqlite3.Connection, payload: Mapping[str, Any]) -> Customer:
    require(payload, "name", "email", "address")
    address = parse_address(payload["address"])
    email = payload["email"].strip().lower()
    try:
        with connection:
            cursor = connection.execute(
                "INSERT INTO customers (name, email, street, city, country, postcode)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    payload["name"],
                    email,
                    address.street,
                    address.city,
                    address.country,
                    address.postcode,
                ),
            )
    except sqlite3.IntegrityError as error:
        raise Conflict("this address is registered already") from error
    return Customer(cursor.lastrowid or 0, payload["name"], email, address)


def find(connection: sqlite3.Connection, customer_id: int) -> Customer:
    row = connection.execute("SELECT * FROM customers WHERE id = ?", (customer_id,)).fetchone()
    if row is None:
        raise NotFound(f"no customer {customer_id}")
    address = Address(row["street"], row["city"], row["country"], row["postcode"])
    return Customer(row["id"], row["name"], row["email"], address)
