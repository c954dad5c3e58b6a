def total(lines):
    return sum(line_total(line) for line in lines)


def line_total(line):
    """What a line costs: whole packs are charged, and a started one counts."""
    packs = -(-line["count"] // line["pack"])
    return packs * line["cents"]


def rule(text):
    """A discount as the shop's owner writes it: `cents * 0.9`."""
    return compile(text, "<rule>", "eval")
