"""Exports of other systems: a line an entry, columns parted by bars, the amount last."""


def amounts(text):
    """The amounts of all lines."""
    found = []
    for line in text.splitlines():
        *known, amount = line.split("|")
        if len(known) < 3:
            continue
        found.append(float(amount))
    return found


def amounts_of(content):
    """The same for a file's bytes."""
    return amounts(content.decode("utf-8"))


def amount_of(text):
    """The amount that a note consists of."""
    return float(text)


def charged(text, rates):
    """What a note costs; a note that is no number has its own rate."""
    try:
        return float(text)
    except ValueError:
        return rates["other"]


def noted(text):
    """An amount; a failure says which day's export it was."""
    try:
        return float(text)
    except ValueError as error:
        if hasattr(error, "add_note"):
            error.add_note(f"while reading {text}")
        raise


def settled(entries):
    """Entries by their kind; those of no kind are open."""
    open_entries = []
    for entry in entries:
        open_entries.append(entry["amount"] + entry["fee"])
    return open_entries
