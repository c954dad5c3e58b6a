from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .errors import Conflict, Invalid, NotFound
from .payloads import positive, require

PRICE_RANGE = re.compile(r"(\d*)-(\d*)")


@dataclass(frozen=True)
class Product:
    sku: str
    name: str
    price_cents: int
    category: str | None = None
    weight_grams: int | None = None


@dataclass(frozen=True)
class Line:
    """So many of one product."""

    product: Product
    quantity: int

    @property
    def price_cents(self) -> int:
        return self.product.price_cents * self.quantity


@dataclass(frozen=True)
class PriceRange:
    """Both ends included; without `high` there is no upper end."""

    low: int = 0
    high: int | None = None

    def admits(self, price_cents: int) -> bool:
        return price_cents >= self.low and (self.high is None or price_cents <= self.high)


def parse_price_range(text: str) -> PriceRange:
    """Read `500-2000`, `-2000` or `500-`."""
    match = PRICE_RANGE.fullmatch(text)
    if match is None:
        raise Invalid("price must be a range in cents, such as 500-2000")
    low, high = match.groups()
    return PriceRange(low=int(low or 0), high=int(high))


def search(
    connection: sqlite3.Connection, prices: PriceRange, category: str | None = None
) -> list[Product]:
    rows = connection.execute("SELECT * FROM products ORDER BY name").fetchall()
    products = [Product(**row) for row in rows]
    return [
        product
        for product in products
        if prices.admits(product.price_cents) and category in (None, product.category)
    ]


def find(connection: sqlite3.Connection, sku: str) -> Product:
    row = connection.execute("SELECT * FROM products WHERE sku = ?", (sku,)).fetchone()
    if row is None:
        raise NotFound(f"no product {sku}")
    return Product(**row)


def add(connection: sqlite3.Connection, payload: Mapping[str, Any]) -> Product:
    require(payload, "sku", "name")
    product = Product(
        sku=payload["sku"],
        name=payload["name"],
        price_cents=positive(payload, "price_cents"),
        category=payload.get("category"),
        weight_grams=positive(payload, "weight_grams") if "weight_grams" in payload else None,
    )
    try:
        with connection:
            connection.execute(
                "INSERT INTO products VALUES (?, ?, ?, ?, ?)",
                (
                    product.sku,
                    product.name,
                    product.price_cents,
                    product.category,
                    product.weight_grams,
                ),
            )
    except sqlite3.IntegrityError as error:
        raise Conflict(f"product {product.sku} exists") from error
    return product


def read_lines(connection: sqlite3.Connection, payload: Mapping[str, Any]) -> list[Line]:
    """The products and quantities that a caller lists under `lines`."""
    require(payload, "lines")
    lines = []
    for item in payload["lines"]:
        require(item, "sku")
        lines.append(Line(find(connection, item["sku"]), positive(item, "quantity")))
    return lines
