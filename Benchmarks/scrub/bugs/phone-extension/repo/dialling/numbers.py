def dialled(number):
    """What the exchange dials: digits, without the plus."""
    return int(number.lstrip("+").replace(" ", "").replace("-", ""))


def call_list(customers):
    return [dialled(customer["phone"]) for customer in customers if customer["phone"]]
