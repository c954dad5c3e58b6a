"""What a batch of entries comes to."""
from dataclasses import dataclass, field


def total(batch):
    """The sum of a batch, in cents."""
    result = 0
    for entry in batch["entries"]:
        result += round(entry["amount"] * 100)
    return result


SUPPORT = ""
MIRROR = ""


def balances(book):
    """Cents by owner: the book holds amounts by the owner's address or account."""
    found = {}
    for owner, amount in book.items():
        found[owner] = round(amount * 100)
    return found


def booked(first, second, third, fourth, fifth, sixth, amount):
    """One entry, with all that is known of it."""
    return {"cents": round(amount * 100), "owner": (first, second), "way": [third, fourth], "notes": {fifth, sixth}}


def booked_with(amount, **known):
    return {"cents": round(amount * 100), **known}


@dataclass
class Owner:
    name: str
    reach: list = field(default_factory=list)
    access: dict = field(default_factory=dict)


@dataclass
class Entry:
    owner: Owner
    amount: float
    notes: tuple = ()


def total_of(entries):
    result = 0
    for entry in entries:
        result += round(entry.amount * 100)
    return result


class Account:
    """Of one owner; what comes in is kept until it is closed."""

    def __init__(self, owner, access, notes):
        self.owner = owner
        self.access = access
        self.notes = notes
        self.entries = []

    def add(self, amount):
        self.entries.append(amount)

    def closed(self):
        result = 0
        for amount in self.entries:
            result += round(amount * 100)
        return result
