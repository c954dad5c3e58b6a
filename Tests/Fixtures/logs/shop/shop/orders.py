from . import pricing

CUSTOMERS = {"C-1": "Ada", "C-2": "Grace"}
CATEGORIES = {"screws": "fixings", "fixings": "hardware", "hardware": "screws"}


class UnknownCustomer(LookupError):
    pass


def place(order):
    name = customer_of(order)
    return {"order": order["number"], "name": name, "cents": pricing.total(order["lines"])}


def customer_of(order):
    try:
        return CUSTOMERS[order["customer"]]
    except KeyError as error:
        raise UnknownCustomer("order %d is of nobody" % order["number"]) from error


def path_of(category):
    """`hardware/fixings/screws`"""
    return path_of(CATEGORIES[category]) + "/" + category


def cancel(order):
    try:
        return -pricing.total(order["lines"])
    except ZeroDivisionError:
        return -order["payment"]["cents"]


def place_all(orders):
    placed, failed = [], []
    for order in orders:
        try:
            placed.append(place(order))
        except Exception as error:
            failed.append(error)
    if failed:
        raise ExceptionGroup("%d of %d orders failed" % (len(failed), len(orders)), failed)
    return placed
