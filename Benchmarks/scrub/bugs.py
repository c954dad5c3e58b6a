"""Twenty failures whose cause lies inside a value that looks like a secret: what each is given, from a seed, and what of it is private."""

import base64
import dataclasses
import pathlib
import random
import typing

from . import kinds
from .kinds import DIGITS, LETTERS, URL_SAFE, some, word

FOLDER = pathlib.Path(__file__).resolve().parent / "bugs"


@dataclasses.dataclass(frozen=True)
class Bug:
    name: str
    kind: str
    function: str
    made: typing.Callable  # from a source of chance to the arguments and what of them is private

    @property
    def repo(self):
        return FOLDER / self.name / "repo"

    @property
    def fix(self):
        return FOLDER / self.name / "fix.patch"

    def given(self, seed):
        """(what is called, the secrets in it)."""
        arguments, private = self.made(random.Random(f"{self.name} {seed}"))
        module, _, function = self.function.rpartition(".")
        secret = kinds.Secret(self.kind, self.name, private[0], tuple(private))
        return {"trigger": "call", "sender": "probe", "given": {"module": module, "function": function, "args": arguments}}, [secret]


BUGS = []


def bug(name, kind, function):
    def added(made):
        BUGS.append(Bug(name, kind, function, made))
        return made

    return added


@bug("email-plus-tag", "email", "newsletter.addresses.folder")
def _(chance):
    local = kinds.person(chance)
    return [{"contact": f"{local}+offers@example.org", "since": 2021}], [local]


@bug("email-upper-case-host", "email", "relay.routes.routes")
def _(chance):
    first, second = kinds.person(chance), kinds.person(chance)
    return [{"subject": "due", "to": [f"{first}@example.org", f"{second}@Example.ORG"]}], [second, first]


@bug("email-without-domain", "email", "directory.people.countries")
def _(chance):
    first, second = kinds.person(chance), kinds.person(chance)
    return [[{"contact": f"{first}@web.de"}, {"contact": f"{second}@intranet"}]], [second, first]


@bug("email-with-apostrophe", "email", "notices.command.words")
def _(chance):
    local = f"{word(chance, 3)}.o'{word(chance, 4)}"
    return [{"contact": f"{local}@example.org", "subject": "due"}], [local, *local.split("'")]


@bug("phone-extension", "phone", "dialling.numbers.call_list")
def _(chance):
    number = some(chance, "23456789", 8)
    text = f"+49 151 {number[:4]} {number[4:]}"
    return [[{"phone": ""}, {"phone": f"{text} ext. {chance.randrange(10, 99)}"}]], [text, number]


@bug("iban-lower-case", "iban", "transfers.checks.sound")
def _(chance):
    text = kinds.iban_of("GB", "WEST" + some(chance, DIGITS, 14)).lower()
    return [{"iban": text, "cents": 4200}], [text, text[8:]]


@bug("iban-in-groups", "iban", "ledgers.banks.by_bank")
def _(chance):
    text = kinds.iban_of("DE", some(chance, DIGITS, 18))
    spaced = " ".join(text[at : at + 4] for at in range(0, len(text), 4))
    return [[{"account": spaced, "cents": 1250}]], [spaced, text]


@bug("card-of-19-digits", "card", "checkout.brands.receipt")
def _(chance):
    digits = "62" + some(chance, DIGITS, 16)
    digits += kinds.luhn(digits)
    return [{"card_number": digits, "cents": 990}], [digits]


@bug("ipv6-zone", "ipv6", "access.networks.network")
def _(chance):
    own = ":".join(f"{chance.randrange(0x1000, 0xffff):x}" for _ in range(4))
    return [{"client": f"fe80::{own}%eth0", "path": "/"}], [own]


@bug("ipv4-leading-zeros", "ipv4", "gateway.visits.visits")
def _(chance):
    text = f"{chance.randrange(101, 120)}.0{chance.randrange(10, 99)}.{chance.randrange(100, 255)}.00{chance.randrange(1, 9)}"
    return [[{"headers": {"X-Forwarded-For": f"{text}, 10.0.0.4"}, "path": "/"}]], [text]


@bug("web-token-of-two-parts", "jwt", "signin.tokens.subject")
def _(chance):
    person = kinds.person(chance)
    body = kinds.in_base_64({"sub": person})
    return [{"path": "/", "token": kinds.in_base_64({"alg": "none"}) + "." + body}], [person, body[12:]]


@bug("pem-with-carriage-returns", "pem", "vault.keys.size")
def _(chance):
    lines = [some(chance, LETTERS + DIGITS + "+/", 64) for _ in range(2)]
    text = "\r\n".join([f"-----BEGIN {'PRIVATE'} KEY-----", *lines, f"-----END {'PRIVATE'} KEY-----", ""])
    return [{"name": "night", "signing_key": text}], lines


@bug("bearer-with-two-spaces", "bearer", "api.access.is_known")
def _(chance):
    token, other = some(chance, URL_SAFE, 36), some(chance, URL_SAFE, 36)
    return [{"path": "/", "headers": {"Authorization": f"Bearer  {token}"}}, [other]], [token, other]


@bug("password-with-percent", "password", "sources.connection.text")
def _(chance):
    password = some(chance, LETTERS + DIGITS, 13) + "%"
    return [{"host": "db.internal", "user": "reports", "password": password}], [password, password[:-1]]


@bug("password-with-emoji", "password", "feeds.basic.headers")
def _(chance):
    password = some(chance, LETTERS + DIGITS, 9) + "\U0001f511" + some(chance, DIGITS, 2)
    basic = base64.b64encode(f"reader:{password}".encode()).decode()
    return [{"name": "news", "user": "reader", "password": password}], [password, password[:9], basic[12:]]


@bug("password-with-at-sign", "url-credentials", "backups.targets.hosts")
def _(chance):
    user, password = word(chance, 4), some(chance, LETTERS, 6) + "@" + some(chance, DIGITS + LETTERS, 7)
    return [[{"name": "night", "url": f"sftp://{user}:{password}@store.internal:22/night"}]], [password, user, *password.split("@")]


@bug("password-with-slash", "url-credentials", "caching.servers.ports")
def _(chance):
    password = some(chance, LETTERS, 8) + "/" + some(chance, LETTERS + DIGITS, 9)
    return [{"servers": [f"redis://:{password}@cache.internal:6379/0"]}], [password, *password.split("/")]


@bug("token-beyond-ascii", "entropy", "hooks.delivery.accepted")
def _(chance):
    kept = some(chance, URL_SAFE, 32)
    given = kept[:20] + "\u00e4" + kept[20:]
    return [{"event": "push", "token": given}, {"hook_token": kept}], [given, kept]


@bug("token-empty", "entropy", "quotas.counting.counted")
def _(chance):
    local = kinds.person(chance)
    return [{"api_token": "", "contact": f"{local}@example.org"}], [local]


@bug("home-folder-with-space", "home-folder", "exports.listing.sizes")
def _(chance):
    first, last = word(chance, 4).title(), word(chance, 4).title()
    return [f"/srv/exports/all.csv 120\n/home/{first} {last}/day.csv 340\n"], [f"{first} {last}", first, last]
