def bank(account):
    """The number of the bank that an account belongs to."""
    return int(account[4:12])


def by_bank(payments):
    found = {}
    for payment in payments:
        found.setdefault(bank(payment["account"]), []).append(payment["cents"])
    return found
