def price(order):
    return order["amount"] // order["count"]
