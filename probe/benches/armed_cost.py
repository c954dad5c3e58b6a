"""What an armed function costs a call, beside the same function unarmed, and what an unarmed one costs while others are armed. Bar: 30 µs.

    python benches/armed_cost.py          # of this interpreter
"""
import decimal
import gc
import json
import os
import statistics
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from nevermore_probe import armed  # noqa: E402

ORDER = {"id": 12345, "customer": {"name": "Ada", "vip": True, "address": {"street": "Main", "zip": "123"}}, "lines": [
    {"sku": f"SKU-{i:05d}", "title": "Some product", "quantity": i, "price": 12.5, "tags": ["a", "b"], "tax": None} for i in range(9)]}
ROUNDS, CALLS = 40, 50
BAR = 30.0


class Line:
    def __init__(self, number):
        self.sku, self.price, self.quantity = f"S{number}", decimal.Decimal("1.50"), number


class Customer:
    def __init__(self, name):
        self.name, self.tags = name, ["a", "b"]


class Cart:
    def __init__(self):
        self.lines, self.customer, self.currency = [Line(n) for n in range(4)], Customer("Ada"), "EUR"

    def total(self, discount=0):
        return discount

    def plain_total(self, discount=0):
        return discount


def accept(order, currency="EUR"):
    return currency


def plain_accept(order, currency="EUR"):
    return currency


class Settings:
    armed = None


def seconds(call, argument):
    start = time.perf_counter()
    for _ in range(CALLS):
        call(argument)
    return (time.perf_counter() - start) / CALLS


def extra(call, plain, argument, before):
    """Microseconds a call more than the plain one, in turns; the median of the rounds."""
    found = []
    for _ in range(ROUNDS):
        before()
        found.append((seconds(call, argument) - seconds(plain, argument)) * 1e6)
    return statistics.median(found)


def fresh():
    """As many snapshots as are wanted: only the cost is asked here, not the limits."""
    current = armed.armed.current
    current.spent = 0.0
    for spot in current.spots.values():
        spot.window, spot.left, spot.slow = time.monotonic() + 60, 1 << 30, -1 << 30


def main():
    gc.disable()
    folder = tempfile.mkdtemp()
    Settings.armed = os.path.join(folder, "armed.json")
    listed = [{"file": os.path.basename(__file__), "function": name, "until": time.time() + 600, "failure": "ad1d78612f1f"}
              for name in ("accept", "Cart.total")]
    with open(Settings.armed, "w") as file:
        json.dump({"nevermore": 1, "functions": listed, "rate": 50, "seconds": 900}, file)
    before = extra(plain_accept, plain_accept, ORDER, lambda: None)
    armed.install(Settings)
    assert len(armed.armed.current.spots) == 2
    cart = Cart()
    figures = {
        "1 KB of plain data": extra(accept, plain_accept, ORDER, fresh),
        "an object with six others": extra(lambda c: c.total(3), lambda c: c.plain_total(3), cart, fresh),
        "over the rate": extra_when_spent(),
        "another function, while these are armed": extra(plain_accept, plain_accept, ORDER, fresh) - before,
    }
    armed.remove()
    figures["disarmed"] = extra(accept, plain_accept, ORDER, lambda: None)
    print(sys.version.split()[0], *(f"{name}: {value:.2f} µs" for name, value in figures.items()), sep="\n  ")
    return max(figures.values()) > BAR


def extra_when_spent():
    fresh()
    for spot in armed.armed.current.spots.values():
        spot.left = 0
    accept(ORDER)
    return extra(accept, plain_accept, ORDER, lambda: None)


if __name__ == "__main__":
    sys.exit(main())
