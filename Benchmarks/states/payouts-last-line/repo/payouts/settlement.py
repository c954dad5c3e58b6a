"""What a seller is paid."""

COMMISSION = 12
COMMISSION_ON_DEAR = 8
DEAR = 10000


class Rejected(Exception):
    """The message is not one of ours."""


class Settlement:
    def __init__(self, accounts):
        self.accounts = accounts
        self.paid = []

    def commission(self, cents, per_piece):
        percent = COMMISSION_ON_DEAR if per_piece >= DEAR else COMMISSION
        return cents * percent // 100

    def settle(self, message):
        """Pays the seller of a message; the message is used up."""
        seller = message.pop("seller", None)
        if seller not in self.accounts:
            raise Rejected(f"no account of {seller}")
        lines = message.pop("lines", [])
        payout, orders = 0, []
        while lines:
            line = lines.pop()
            cents, pieces = line.pop("cents"), line.pop("pieces")
            payout += cents - self.commission(cents, cents / pieces)
            orders.append(line.pop("order"))
        self.paid.append({"account": self.accounts[seller], "cents": payout, "currency": message.pop("currency", "EUR"), "orders": orders[::-1]})
        return payout
