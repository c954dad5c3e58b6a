"""How long a membership lasts, and what it costs."""
from datetime import date, datetime

FEE = 18000
JUNIOR = 9000


def first_term() -> date:
    """The end of a membership that begins now."""
    return datetime.now().replace(year=datetime.now().year + 1).date()


def renewed(paid_until: date) -> date:
    """The end of a renewed membership."""
    if paid_until < date.today():
        return first_term()
    if (paid_until.month, paid_until.day) == (2, 29):
        paid_until = paid_until.replace(day=28)
    return paid_until.replace(year=paid_until.year + 1)


def fee(junior: bool) -> int:
    return JUNIOR if junior else FEE
