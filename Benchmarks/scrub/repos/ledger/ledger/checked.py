"""Entries whose owner is checked before they count."""
import base64
import binascii
import ipaddress
import json
import re
import urllib.parse


class Refused(Exception):
    pass


def luhn(digits):
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def iban(text):
    text = text.replace(" ", "")
    return int("".join(str(int(sign, 36)) for sign in text[4:] + text[:4])) % 97 == 1


def token(text):
    header, _, _ = text.split(".")
    return "alg" in json.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)))


CHECKS = {
    "contact": lambda text: re.fullmatch(r"[^@\s]+@[^@\s]+\.\w+", text),
    "reach": lambda text: re.fullmatch(r"\+\d[\d ()-]{8,}", text),
    "paid_with": lambda text: luhn(text.replace(" ", "")),
    "account": iban,
    "origin": ipaddress.IPv4Address,
    "origin6": ipaddress.IPv6Address,
    "state": token,
    "material": lambda text: text.startswith("-----BEGIN ") and text.rstrip().endswith("-----"),
    "forwarded": lambda text: text.startswith("Bearer "),
    "upstream": lambda text: urllib.parse.urlsplit(text).password,
}


def sound(name, text):
    check = CHECKS.get(name)
    try:
        return check is None or bool(check(text))
    except (ValueError, binascii.Error):
        return False


def accepted(entry):
    """The amount of a sound entry, in cents."""
    for name, text in entry["owner"].items():
        if not sound(name, text):
            raise Refused(name)
    return round(entry["amount"] * 100)
