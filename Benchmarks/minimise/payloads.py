"""Exports of a shop, made from a seed: each has one fault in thousands of values that have nothing to do with it."""

import json
import random

FIRST = "Ada Bo Cleo Dag Edda Finn Greta Hal Ines Jon Kaja Leif Mira Nils Oda Per Runa Siv Tor Ulla".split()
LAST = "Aas Berg Dahl Eide Foss Grav Haug Juul Krog Lund Moe Nygaard Oas Ravn Sand Tveit Ulv Vik Wold Yri".split()
CITIES = "Bergen Bremen Delft Gent Graz Kiel Lund Metz Parma Porto Turku Ulm".split()
WARES = "bolt nut washer bracket hinge clamp rivet dowel screw anchor spring gasket".split()


def canonical(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def customer(chance, number):
    return {
        "id": f"C-{number}",
        "name": f"{chance.choice(FIRST)} {chance.choice(LAST)}",
        "city": chance.choice(CITIES),
        "since": f"20{chance.randrange(10, 26)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
        "terms": {"days": chance.choice([10, 14, 30]), "discount": chance.choice([0, 0.02, 0.05])},
    }


def gauge_line(chance):
    return {
        "sku": f"{chance.choice(WARES)}-{chance.randrange(100, 999)}",
        "units": chance.randrange(1, 90),
        "price": chance.randrange(50, 9000) / 100,
        "reading": {"variance": chance.randrange(1, 9000) / 100, "scale": chance.choice([1, 0.5, 2]), "samples": chance.randrange(8, 64)},
    }


def negative(seed):
    """20 KB of orders of parcels of lines of readings; one variance is below zero."""
    chance = random.Random(f"negative {seed}")
    export = {
        "exported": "2026-11-20T04:10:00Z",
        "currency": "EUR",
        "customers": [customer(chance, 100 + at) for at in range(12)],
        "orders": [],
    }
    while len(canonical(export)) < 20_000:
        lines = [[gauge_line(chance) for _ in range(chance.randrange(1, 5))] for _ in range(chance.randrange(1, 4))]
        export["orders"].append(
            {
                "number": f"A-{2000 + len(export['orders'])}",
                "customer": chance.choice(export["customers"])["id"],
                "express": chance.random() < 0.2,
                "ship_to": {"street": f"{chance.choice(LAST)}gate {chance.randrange(1, 90)}", "city": chance.choice(CITIES)},
                "parcels": [
                    {"carrier": chance.choice(["road", "rail", "air"]), "weight": chance.randrange(10, 900) / 10, "lines": some}
                    for some in lines
                ],
            }
        )
    order = chance.choice(export["orders"][len(export["orders"]) // 3 :])
    chance.choice(chance.choice(order["parcels"])["lines"])["reading"]["variance"] = -chance.randrange(1, 9000) / 100
    return export


def linked(seed):
    """29 KB of orders, customers and stock; of one item all is reserved, and one line of one order refers to it."""
    chance = random.Random(f"linked {seed}")
    stock = []
    for at in range(90):
        reserved = chance.randrange(0, 40)
        stock.append(
            {
                "id": f"{chance.choice(WARES)}-{4100 + at}",
                "on_hand": reserved + chance.randrange(1, 400),
                "reserved": reserved,
                "shelf": {"hall": chance.choice("ABCD"), "row": chance.randrange(1, 40)},
                "counted": f"2026-11-{chance.randrange(1, 20):02}",
            }
        )
    scarce = chance.choice(stock[30:])
    scarce["on_hand"] = scarce["reserved"] = chance.randrange(3, 40)
    others = [item["id"] for item in stock if item is not scarce]
    day = {"day": "2026-11-20", "customers": [customer(chance, 300 + at) for at in range(25)], "orders": [], "stock": stock}
    while len(canonical(day)) < 29_000:
        day["orders"].append(
            {
                "number": f"B-{7000 + len(day['orders'])}",
                "customer": chance.choice(day["customers"])["id"],
                "note": chance.choice(["", "call first", "gate 3"]),
                "lines": [
                    {"item": chance.choice(others), "units": chance.randrange(1, 60), "price": chance.randrange(50, 9000) / 100}
                    for _ in range(chance.randrange(1, 7))
                ],
            }
        )
    order = chance.choice(day["orders"][len(day["orders"]) // 3 :])
    chance.choice(order["lines"])["item"] = scarce["id"]
    return day
