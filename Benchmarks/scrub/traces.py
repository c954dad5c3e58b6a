"""Whether a secret can be seen in what a program left: as it is, in another notation, inside a notation of its own, or a piece of it."""
import ast
import base64
import binascii
import gzip
import json
import re
import urllib.parse
import warnings

PIECE, LEAST = 12, 6
BASE_64 = re.compile(rb"[A-Za-z0-9+/_-]{20,}={0,2}")
DEPTH = 5


def forms(text):
    """The texts that mean this one in the notations that values travel in."""
    found = {text, text.lower(), text.upper(), json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1], repr(text)[1:-1],
             json.dumps(json.dumps(text)[1:-1])[1:-1], repr(repr(text)[1:-1])[1:-1],
             urllib.parse.quote(text), urllib.parse.quote(text, safe=""), urllib.parse.quote_plus(text),
             urllib.parse.quote(text, safe="").lower(), text.encode().hex(), text.encode().hex().upper(), text.replace(" ", "")}
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        for before in range(3):  # what stands before it decides how the letters fall
            whole = encode(b"\0" * before + text.encode()).decode()
            inner = whole[(0, 2, 3)[before]:len(whole.rstrip("=")) - (1 if (before + len(text.encode())) % 3 else 0)]
            found.add(inner)
    return {form.encode("utf-8", "surrogatepass") for form in found if len(form) >= LEAST}


def pieces(text):
    return {text[at:at + PIECE].encode("utf-8", "surrogatepass") for at in range(len(text) - PIECE + 1)}


def opened(content, depth=DEPTH):
    """The content, and what can be read out of it: texts of JSON and of Python, base 64, gzip, percent signs, git's and repr's escapes."""
    seen, todo = {content}, [(content, depth)]
    while todo:
        part, left = todo.pop()
        yield part
        for inner in inside(part) if left else ():
            if len(inner) >= LEAST and inner not in seen:
                seen.add(inner)
                todo.append((inner, left - 1))


def inside(part):
    if part[:2] == b"\x1f\x8b":
        try:
            yield gzip.decompress(part)
        except (OSError, EOFError):
            pass
    text = part.decode("utf-8", "replace")
    if "%" in text:
        yield urllib.parse.unquote_plus(text).encode("utf-8", "replace")
    if "\\" in text:
        yield unescaped(text)
    yield from in_json(text)
    yield from in_python(text)
    for found in BASE_64.findall(part):
        yield from decoded(found)


def unescaped(text):
    """Read as a text of JSON or Python wherever it can be."""
    def plain(found):
        try:
            return ast.literal_eval(f'"{found[0]}"')
        except (ValueError, SyntaxError):
            return found[0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return re.sub(r"\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[ntr\\'\"])|\\/", plain, text).encode("utf-8", "surrogatepass")


def in_json(text):
    for line in [text, *text.splitlines()] if "{" in text or "[" in text or '"' in text else ():
        try:
            todo = [json.loads(line)]
        except (ValueError, RecursionError):
            continue
        while todo:
            value = todo.pop()
            if isinstance(value, str):
                yield value.encode("utf-8", "surrogatepass")
            elif isinstance(value, dict):
                todo += [*value.keys(), *value.values()]
            elif isinstance(value, list):
                todo += value


def in_python(text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)):
            yield node.value if isinstance(node.value, bytes) else node.value.encode("utf-8", "surrogatepass")


def decoded(found):
    bare = found.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
    try:
        yield base64.b64decode(bare + b"=" * (-len(bare) % 4))
    except (ValueError, binascii.Error):
        pass


class Looker:
    """Looks for many secrets at once."""

    def __init__(self, secrets):
        self.secrets = secrets
        self.forms = {secret: set().union(*map(forms, {secret.text, *secret.private} if secret.kind in WHOLE else secret.private))
                      for secret in secrets}
        self.pieces = {}
        for secret in secrets:
            for private in secret.private:
                self.pieces.update(dict.fromkeys(pieces(private), secret))

    def seen(self, content):
        """The secrets that can be seen in it."""
        found = set()
        for part in opened(content):
            found |= {secret for secret in self.secrets if secret not in found and any(form in part for form in self.forms[secret])}
            found |= {self.pieces[part[at:at + PIECE]] for at in range(len(part) - PIECE + 1) if part[at:at + PIECE] in self.pieces}
        return found


WHOLE = ("pem", "url-credentials")  # of which the whole text in one notation has to be looked for beside its parts
