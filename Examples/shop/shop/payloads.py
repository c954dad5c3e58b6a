"""Reading the JSON that callers send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .errors import Invalid


def require(payload: Mapping[str, Any], *names: str) -> None:
    missing = [name for name in names if payload.get(name) in (None, "")]
    if missing:
        raise Invalid(f"missing: {', '.join(missing)}")


def positive(payload: Mapping[str, Any], name: str) -> int:
    value = payload.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise Invalid(f"{name} must be a positive whole number")
    return value
