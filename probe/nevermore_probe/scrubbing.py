"""Secrets are taken out of texts, headers and bodies before they leave the process; what stands around them stays where it was."""
import json
import re
from urllib.parse import parse_qsl

from . import redaction

MASK = "[Filtered]"
CODE = re.compile(r"\s*(?:[|+] )?\s{4}")


class Scrubber:
    """Of one service: `names` are those that it adds to the list."""

    def __init__(self, names=()):
        self.names = tuple(names)

    def kind(self, name):
        return redaction.kind_of_name(name, self.names) if type(name) is str else None

    def text(self, text):
        return redaction.scrubbed(text, self.names)

    def code(self, text):
        """A line of source, where `password=word` is no secret."""
        for find in (redaction.private_keys, redaction.credentials):
            text = redaction.replaced(text, find(text))
        return redaction.TOKEN.sub(redaction.MASK, redaction.replaced(text, redaction.members(text, self.names)))

    def traceback(self, text):
        return "\n".join(self.code(line) if CODE.match(line) else self.text(line) for line in text.split("\n"))

    def headers(self, pairs):
        return [[name, MASK if self.kind(name) else self.text(value)] for name, value in pairs]

    def structure(self, value, secret=False):
        """JSON of which the texts under secret names are masked; numbers and truths are structure."""
        if type(value) is dict:
            return {key: self.structure(item, secret or bool(self.kind(key))) for key, item in value.items()}
        if type(value) is list:
            return [self.structure(item, secret) for item in value]
        if type(value) is str:
            return MASK if secret else self.text(value)
        return value

    def body(self, body, kind):
        """The bytes of a request, as they came where nothing in them is secret."""
        text, structure = decoded(body, kind)
        if text is None:
            return body
        if structure is None:
            clean = self.text(text)
            return body if clean == text else clean.encode("utf-8", "surrogatepass")
        clean = self.structure(structure)
        return body if clean == structure else json.dumps(clean, ensure_ascii=False).encode("utf-8", "surrogatepass")

    def structured_body(self, body, kind):
        """As Sentry has it: JSON and forms as they mean, everything else as text."""
        text, structure = decoded(body, kind)
        if structure is None and text is not None and "x-www-form-urlencoded" in kind:
            structure = form(text)
        if structure is not None:
            return self.structure(structure)
        return self.text(text) if text is not None else None


def decoded(body, kind):
    """The text of a body, and what it means where that is JSON."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return None, None
    if "json" in kind:
        try:
            return text, json.loads(text)
        except (ValueError, RecursionError):
            pass
    return text, None


def form(text):
    fields = {}
    try:
        for name, value in parse_qsl(text, keep_blank_values=True, max_num_fields=1000):
            fields.setdefault(name, []).append(value)
    except ValueError:
        return None
    return {name: values[0] if len(values) == 1 else values for name, values in fields.items()}
