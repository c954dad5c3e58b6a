"""Secrets of every kind, made from a seed when they are needed: no file of ours holds one, and none belongs to anybody."""

import base64
import dataclasses
import json
import string

SYLLABLES = "ba be bo da de do fa fi fo ga gi ka ke ko la le lo ma mi mo na ne no pa pe ra ri ro sa se so ta te to va ve vi wa zu".split()
MAILS = ["gmail.com", "outlook.com", "web.de", "example.org", "mail.example.net"]
LETTERS, CAPITALS, DIGITS = string.ascii_letters, string.ascii_uppercase, string.digits
URL_SAFE = LETTERS + DIGITS + "-_"


@dataclasses.dataclass(frozen=True)
class Secret:
    """`text` is what is planted, under `name` where a name is needed; no text of `private` may be seen, nor a longer piece of it."""

    kind: str
    name: str
    text: str
    private: tuple


def word(random, syllables):
    return "".join(random.choice(SYLLABLES) for _ in range(syllables))


def some(random, letters, count):
    return "".join(random.choice(letters) for _ in range(count))


def person(random):
    return f"{word(random, 3)}.{word(random, 4)}{random.randrange(10, 99)}"


def password(random):
    text = f"{word(random, 2).title()}-{some(random, LETTERS + DIGITS, 7)}!{random.randrange(10, 99)}"
    return text, (text,)


def email(random):
    local = person(random)
    return f"{local}@{random.choice(MAILS)}", (local,)


def phone(random):
    number = some(random, "23456789", 8)
    text = random.choice(
        [
            f"+49151{number}",
            f"+49 151 {number[:4]} {number[4:]}",
            f"+1 ({number[:3]}) {number[3:6]}-{number[4:]}",
            f"+44 7{number[:3]} {number[2:]}",
        ]
    )
    return text, (text,)


def luhn(digits):
    """The digit that makes a card's number valid."""
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(reversed(digits))]
    return str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)


def card(random):
    digits = random.choice("45") + random.choice("12345") + some(random, DIGITS, 13)
    digits += luhn(digits)
    spaced = " ".join(digits[at : at + 4] for at in range(0, 16, 4))
    return random.choice([(digits, (digits,)), (spaced, (spaced, digits))])


def iban_of(country, account):
    number = "".join(str(int(sign, 36)) for sign in account + country + "00")
    return f"{country}{98 - int(number) % 97:02}{account}"


def iban(random):
    country, account = random.choice(
        [
            ("DE", some(random, DIGITS, 18)),
            ("NL", some(random, CAPITALS, 4) + some(random, DIGITS, 10)),
            ("GB", some(random, CAPITALS, 4) + some(random, DIGITS, 14)),
        ]
    )
    text = iban_of(country, account)
    spaced = " ".join(text[at : at + 4] for at in range(0, len(text), 4))
    return random.choice([(text, (text,)), (spaced, (spaced, text))])


def ipv4(random):
    text = f"{random.randrange(23, 99)}.{random.randrange(100, 255)}.{random.randrange(100, 255)}.{random.randrange(100, 255)}"
    return text, (text,)


def ipv6(random):
    text = "2a02:" + ":".join(f"{random.randrange(0x1000, 0xffff):x}" for _ in range(7))
    return text, (text,)


def in_base_64(value):
    return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode().rstrip("=")


def jwt(random):
    claims, signature = in_base_64({"sub": person(random), "iat": 1795390000 + random.randrange(9999)}), some(random, URL_SAFE, 43)
    return f"{in_base_64({'alg': 'HS256', 'typ': 'JWT'})}.{claims}.{signature}", (claims[12:32], signature)


def pem(random):
    lines = [some(random, LETTERS + DIGITS + "+/", 64) for _ in range(2)] + [some(random, LETTERS + DIGITS + "+/", 46) + "=="]
    label = random.choice(["", "RSA ", "EC "]) + "PRIVATE " + "KEY-----"
    return "\n".join([f"-----BEGIN {label}", *lines, f"-----END {label}", ""]), (lines[0], lines[1], lines[2][:46])


def bearer(random):
    token = some(random, URL_SAFE, 36)
    return f"Bearer {token}", (token,)


def prefixed(prefix, letters, count):
    def made(random):
        token = some(random, letters, count)
        return prefix + token, (token,)

    return made


def azure(random):
    key = some(random, LETTERS + DIGITS + "+/", 86)
    return f"DefaultEndpointsProtocol=https;AccountName={word(random, 4)};AccountKey={key}==;EndpointSuffix=core.windows.net", (key,)


def slack(random):
    if random.random() < 0.5:
        token = some(random, LETTERS + DIGITS, 24)
        return f"xoxb-{some(random, DIGITS, 12)}-{token}", (token,)
    token = some(random, LETTERS + DIGITS, 24)
    return f"https://hooks.slack.com/services/T{some(random, CAPITALS, 8)}/B{some(random, CAPITALS, 8)}/{token}", (token,)


def url_credentials(random):
    user, secret = word(random, 4), some(random, LETTERS + DIGITS, 14)
    scheme, host = random.choice(
        [("postgresql", "db.internal:5432/app"), ("https", "artifacts.internal/simple"), ("redis", "cache.internal:6379/0")]
    )
    return f"{scheme}://{user}:{secret}@{host}", (user, secret)


def home_folder(random):
    name = person(random)
    return random.choice([f"/home/{name}/exports/day.csv", f"/Users/{name}/Documents/day.csv", f"C:\\Users\\{name}\\day.csv"]), (name,)


def entropy(random):
    text = random.choice([some(random, URL_SAFE, 43), some(random, "0123456789abcdef", 64), some(random, LETTERS + DIGITS, 32)])
    return text, (text,)


# kind: (the name that it is planted under, how it is made). Only those that have no form of their own have a telling name.
KINDS = {
    "password": ("password", password),
    "passphrase": ("db_passphrase", password),
    "client-secret": ("client_secret", prefixed("", URL_SAFE, 24)),
    "aws-secret": ("aws_secret_access_key", prefixed("", LETTERS + DIGITS + "/+", 40)),
    "email": ("contact", email),
    "phone": ("reach", phone),
    "card": ("paid_with", card),
    "iban": ("account", iban),
    "ipv4": ("origin", ipv4),
    "ipv6": ("origin6", ipv6),
    "jwt": ("state", jwt),
    "pem": ("material", pem),
    "bearer": ("forwarded", bearer),
    "aws-key": ("bucket", prefixed("AK" + "IA", CAPITALS + "234567", 16)),
    "gcp": ("maps", prefixed("AI" + "za", URL_SAFE, 35)),
    "azure": ("queue", azure),
    "github": ("builds", prefixed("gh" + "p_", LETTERS + DIGITS, 36)),
    "github-fine": ("mirror", prefixed("github" + "_pat_", LETTERS + DIGITS, 59)),
    "gitlab": ("pipeline", prefixed("gl" + "pat-", URL_SAFE, 20)),
    "slack": ("notify", slack),
    "stripe": ("billing", prefixed("sk_" + "live_", LETTERS + DIGITS, 24)),
    "url-credentials": ("upstream", url_credentials),
    "home-folder": ("folder", home_folder),
    "entropy": ("seed", entropy),
}


def made(random, kind):
    name, maker = KINDS[kind]
    return Secret(kind, name, *maker(random))
