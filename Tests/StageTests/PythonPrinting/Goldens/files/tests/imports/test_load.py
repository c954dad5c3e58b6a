# Failure 7c1e: KeyError in shop/cart.py:discount, first seen 2026-03-01.
#
# v1 KeyError at shop/cart.py:discount: #

import json
import pathlib

import pytest

from shop.errors import ImportFailed
from shop.imports import Import, load


@pytest.mark.xfail(strict=True, reason="not fixed yet")
def test_load_of_an_import():
    rows = json.loads(
        pathlib.Path(__file__)
        .with_name("test_load_data")
        .joinpath("rows.json")
        .read_bytes()
    )
    payload = bytearray.fromhex(
        pathlib.Path(__file__)
        .with_name("test_load_data")
        .joinpath("payload.hex")
        .read_text()
    )
    text = (
        pathlib.Path(__file__)
        .with_name("test_load_data")
        .joinpath("text.txt")
        .read_bytes()
        .decode()
    )
    try:
        result = load(rows, payload, text=text)
    except ImportFailed:
        return
    assert isinstance(result, Import)
