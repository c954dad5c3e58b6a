"""How much the readings of an export vary."""
import math


def worst_by_order(export):
    """The largest deviation of each order that has parcels."""
    worst = {}
    for order in export["orders"]:
        for parcel in order.get("parcels", []):
            for line in parcel["lines"]:
                reading = line["reading"]
                deviation = math.sqrt(reading["variance"]) * reading.get("scale", 1)
                worst[order["number"]] = max(worst.get(order["number"], 0.0), deviation)
    return worst
