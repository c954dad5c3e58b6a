"""How much of what is free the orders of a day take."""


def pressure(day):
    """The largest share that an order takes of an item that is free, by the order's number."""
    items = {item["id"]: item for item in day["stock"]}
    found = {}
    for order in day["orders"]:
        largest = 0.0
        for line in order["lines"]:
            item = items[line["item"]]
            largest = max(largest, line["units"] / (item["on_hand"] - item["reserved"]))
        found[order["number"]] = largest
    return found
