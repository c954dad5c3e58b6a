def groups(address):
    """The eight numbers of an address."""
    head, _, tail = address.partition("::")
    front = [int(part, 16) for part in head.split(":") if part]
    back = [int(part, 16) for part in tail.split(":") if part]
    return front + [0] * (8 - len(front) - len(back)) + back


def network(visit):
    return groups(visit["client"])[:4]
