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
    data = pathlib.Path(__file__).with_name("test_load_data")
    rows = json.loads((data / "rows.json").read_bytes())
    payload = bytearray.fromhex((data / "payload.hex").read_text())
    text = (data / "text.txt").read_bytes().decode()
    # The code answers such input with an error of its own.
    try:
        result = load(rows, payload, text=text)
    except ImportFailed:
        return
    assert isinstance(result, Import)
