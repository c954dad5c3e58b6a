from shop.pricing import price


class Order:
    class Refused(Exception):
        pass


def total(orders):
    return sum(price(order) for order in orders)


def find(orders, number):
    return orders[number]


def accept(order):
    if not order["lines"]:
        raise Order.Refused(f"order {order['number']} has no lines\n\nask the customer")
    return order


def settle(orders, number):
    try:
        return find(orders, number)["paid"]
    except KeyError as error:
        raise ValueError("nothing to settle") from error


CRASHES = {
    "total": lambda: total([{"amount": 10, "count": 0}]),
    "find": lambda: find({"A-1": 3}, "A-2"),
    "accept": lambda: accept({"number": 991, "lines": []}),
    "settle": lambda: settle({}, "A-2"),
}
