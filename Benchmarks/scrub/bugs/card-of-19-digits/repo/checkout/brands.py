GROUPS = {15: (4, 6, 5), 16: (4, 4, 4, 4)}


def shown(number):
    """A card's number as it is printed, all but the last group hidden."""
    groups, rest = [], number
    for size in GROUPS[len(number)]:
        groups.append(rest[:size])
        rest = rest[size:]
    return " ".join(["*" * len(group) for group in groups[:-1]] + groups[-1:])


def receipt(payment):
    return {"card": shown(payment["card_number"]), "cents": payment["cents"]}
