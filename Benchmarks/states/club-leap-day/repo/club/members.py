from dataclasses import dataclass, field
from datetime import date
from itertools import count

from . import terms


@dataclass
class Member:
    number: int
    name: str
    junior: bool
    paid_until: date


@dataclass
class Register:
    members: dict[int, Member] = field(default_factory=dict)
    numbers: count = field(default_factory=lambda: count(1001))

    def join(self, name: str, junior: bool) -> Member:
        until = terms.first_term()
        member = Member(next(self.numbers), name, junior, until)
        self.members[member.number] = member
        return member

    def renew(self, number: int) -> Member:
        member = self.members[number]
        member.paid_until = terms.renewed(member.paid_until)
        return member
