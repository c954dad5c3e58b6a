"""What a batch of entries comes to."""
from dataclasses import dataclass, field

SUPPORT = ""
MIRROR = ""


def cents(amount):
    return round(amount * 100)


def total(batch):
    """The sum of a batch, in cents."""
    result = 0
    for entry in batch["entries"]:
        result += cents(entry["amount"])
    return result


def balances(book):
    """Cents by owner: the book holds amounts by the owner's address or account."""
    return {owner: cents(amount) for owner, amount in book.items()}


def booked(first, second, third, fourth, fifth, sixth, amount):
    """One entry, with all that is known of it."""
    return {"cents": cents(amount), "owner": (first, second), "way": [third, fourth], "notes": {fifth, sixth}}


def booked_with(amount, **known):
    return {"cents": cents(amount), **known}


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
    return sum(cents(entry.amount) for entry in entries)


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
        return sum(cents(amount) for amount in self.entries)
