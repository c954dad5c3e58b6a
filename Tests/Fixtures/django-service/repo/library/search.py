from __future__ import annotations

from dataclasses import dataclass

FIELDS = ("title", "author")


@dataclass(frozen=True)
class Query:
    text: str
    field: str | None = None

    def matches(self, book) -> bool:
        fields = (self.field,) if self.field else FIELDS
        return any(self.text.lower() in getattr(book, field).lower() for field in fields)


def parse_query(text: str) -> Query:
    text = text.strip()
    if text.startswith(tuple(f"{field}:" for field in FIELDS)):
        field, value = text.split(":")
        return Query(value.strip(), field)
    return Query(text)
