"""What never leaves the process: values under names that announce a secret, and secrets inside texts.

The names and forms are those of Nevermore's own scrubbing (Sources/Intake/Scrubbing): what one of them takes for a secret, both do.
"""
import re

MASK = "redacted"

WHOLE_WORDS = {
    "passphrase": "password", "passcode": "password", "authorization": "authorization", "cookie": "cookie",
    "session": "session", "sessionid": "session", "sessionkey": "session", "jsessionid": "session", "sessid": "session",
    "phpsessid": "session", "credential": "credential", "jwt": "token", "bearer": "token", "authkey": "key",
}
# words that are often written together with the one before: `accesstoken`, `dbpassword`
ENDINGS = {
    "password": "password", "passwd": "password", "token": "token", "secret": "secret", "apikey": "key", "privatekey": "key",
    "secretkey": "key", "accesskey": "key", "signingkey": "key", "encryptionkey": "key",
}
KEY_OWNERS = {"api", "private", "signing", "access", "secret", "encryption", "auth", "master", "account"}
# last words that name a property of a secret, and not the secret
ATTRIBUTES = {"type", "kind", "count", "length", "url", "uri", "endpoint", "ttl", "expires", "expiry", "timeout", "path"}

# what every name of a secret has in it: most names are decided by one search
SIGNS = re.compile("pass|token|secret|key|auth|cookie|sess|credential|jwt|bearer|csrf|xsrf|pwd", re.I)
KNOWN_NAMES = {}
MOST_KNOWN = 4096


def kind_of_name(name, added=()):
    """What kind of secret a name announces; None for ordinary names. `added` are the names that a service adds."""
    name = name[:256]
    if not added and SIGNS.search(name) is None:
        return None
    key = (name, added)
    if key not in KNOWN_NAMES:
        if len(KNOWN_NAMES) >= MOST_KNOWN:
            KNOWN_NAMES.clear()
        KNOWN_NAMES[key] = kind_of_words(words(name), name, added)
    return KNOWN_NAMES.get(key)


def kind_of_words(parts, name, added):
    if not parts:
        return None
    for each in added:
        if holds(parts, words(each)):
            return "private"
    if parts[-1] in ATTRIBUTES:
        return None
    if parts == ["auth"]:
        return "credential"
    for position, word in enumerate(parts):
        kind = kind_of_word(word)
        if kind:
            return kind
        if word in ("key", "keys") and position and parts[position - 1] in KEY_OWNERS:
            return "key"
    # the working directory of a process is `PWD`
    return "password" if "pwd" in parts and name != "PWD" else None


def kind_of_word(word):
    stem = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    kind = WHOLE_WORDS.get(stem) or WHOLE_WORDS.get(word)
    if kind:
        return kind
    if stem.startswith(("csrf", "xsrf")):
        return "csrf"
    return next((kind for ending, kind in ENDINGS.items() if stem.endswith(ending)), None)


def holds(parts, wanted):
    return bool(wanted) and any(parts[at:at + len(wanted)] == wanted for at in range(len(parts)))


def words(name):
    """Lower-case words, parted at everything that is no letter or digit and at the humps of camel case."""
    found, word, previous = [], "", ""
    for position, letter in enumerate(name):
        if not is_word(letter):
            found.append(word)
            word = ""
        else:
            after = name[position + 1:position + 2]
            if is_upper(letter) and (is_lower(previous) or is_digit(previous) or is_upper(previous) and is_lower(after)):
                found.append(word)
                word = ""
            word += letter.lower() if letter < "\x80" else letter
        previous = letter
    found.append(word)
    return [word for word in found if word]


def is_upper(letter):
    return "A" <= letter <= "Z"


def is_lower(letter):
    return "a" <= letter <= "z"


def is_digit(letter):
    return "0" <= letter <= "9"


def is_word(letter):
    """Letters of other alphabets count as letters."""
    return is_lower(letter) or is_upper(letter) or is_digit(letter) or letter >= "\x80"


# --- secrets inside texts

TOKEN = re.compile(
    r"(?<![A-Za-z0-9_\x80-\U0010ffff])(?:"
    r"A[KS]IA[A-Za-z0-9]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}"
    r"|xox[abprs]-[A-Za-z0-9-]{8,}|[sr]k_live_[A-Za-z0-9_]{16,}|sk_test_[A-Za-z0-9_]{16,}|sk-[A-Za-z0-9_-]{32,}"
    r"|AIza[A-Za-z0-9_-]{35,}|eyJ[A-Za-z0-9_-]{5,}\.eyJ[A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]*)?)")
BEARER = re.compile(r"(?<![A-Za-z0-9_])(bearer )([A-Za-z0-9_.~+/=-]{8,})", re.I)
TOKEN_SIGNS = re.compile("A[KS]IA|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|k_live_|sk_test_|sk-|AIza|eyJ|bearer ", re.I)

SPACE, QUOTES = " \t\n\r\x0b\x0c", "\"'"
NAME_END = re.compile(r"[A-Za-z0-9_\-.%\x80-\U0010ffff]{1,64}\Z")
AUTHORITY = re.compile(r"[^\s\"'/?#<>`\\]*")
PARAMETER = re.compile(r"[^\s\"'&#;,<>`\\)\]}]*")
KEY = re.compile(r"(\\{0,31})([\"'])([^\"'\\\x00-\x1f]{1,128})\1\2\Z")
HOLE = re.compile(r"%s|\{.*\}|\{[A-Za-z0-9_\-.%\x80-\U0010ffff]*", re.S)
CONSTANTS = {"None", "True", "False", "null", "nil", "true", "false"}


def kind_of_token(text):
    """`token` where the whole text is a token by its form, `key` for a private key in PEM; None for other texts."""
    if type(text) is not str or not 8 <= len(text) <= 1 << 14:
        return None
    if text.startswith("-----BEGIN ") and "PRIVATE KEY-----" in text[:80]:
        return "key"
    found = TOKEN.match(text)
    if found and found.end() == len(text):
        return "token"
    found = BEARER.match(text)
    return "token" if found and found.end() == len(text) and is_bearer(found[2]) else None


def is_bearer(word):
    """Prose about bearers has no digits in the next word, or is short."""
    return len(word) >= 24 or any(is_digit(letter) for letter in word)


def without_credentials(url):
    """A URL without user, password and secret parameters; what is around them stays where it was."""
    return scrubbed(url)


def scrubbed(text, added=()):
    """A text in which each secret is replaced by one word. Its structure is kept, because that often is the cause of the failure."""
    if len(text) < 8:
        return text
    if "PRIVATE KEY-----" in text:
        text = replaced(text, private_keys(text))
    if "://" in text and "@" in text:
        text = replaced(text, credentials(text))
    if "=" in text or ":" in text:
        if added or SIGNS.search(text):
            text = replaced(text, members(text, added))
            text = replaced(text, assignments(text, added))
    if TOKEN_SIGNS.search(text):
        text = TOKEN.sub(MASK, text)
        text = BEARER.sub(lambda found: found[1] + MASK if is_bearer(found[2]) else found[0], text)
    return text


def scrubbed_bytes(content, added=()):
    """The same for bytes; ISO 8859-1 gives each byte a letter of its own."""
    text = content.decode("latin-1")
    result = scrubbed(text, added)
    return content if result is text else result.encode("latin-1")


def replaced(text, ranges):
    parts, copied = [], 0
    for start, end in ranges:
        if start >= copied and end > start:
            parts += [text[copied:start], MASK]
            copied = end
    return "".join(parts) + text[copied:] if parts else text


def private_keys(text):
    at = text.find("PRIVATE KEY-----")
    while at >= 0:
        start = at + len("PRIVATE KEY-----")
        end = text.find("-----END ", start)
        end = len(text) if end < 0 else end
        if "-----BEGIN " in text[max(0, at - 40):at]:
            yield start, end
        at = text.find("PRIVATE KEY-----", end)


def credentials(text):
    """`scheme://user:password@host`: both words before the last `@` of the authority."""
    at = text.find("://")
    while at >= 0:
        start = at + 3
        authority = AUTHORITY.match(text, start)[0]
        user, sign, _ = authority.rpartition("@")
        if at and is_word(text[at - 1]) and sign:
            name, colon, password = user.partition(":")
            if colon:
                for first, word in ((start, name), (start + len(name) + 1, password)):
                    if word and not HOLE.fullmatch(word):
                        yield first, first + len(word)
            elif len(user) >= 16:  # a key in the user's place, as in a DSN; short ones are names of accounts
                yield start, start + len(user)
        at = text.find("://", start)


def assignments(text, added):
    """`password=value` in forms, URLs, connection strings and messages."""
    at = text.find("=")
    while at >= 0:
        start, after = at + 1, at + 1
        name = NAME_END.search(text, max(0, at - 64), at)
        before = text[name.start() - 1] if name and name.start() else ""
        if name and (not before or before in SPACE or before in QUOTES or before in "?&;,({[") and kind_of_name(name[0], added):
            if text[start:start + 1] in ("'", '"'):
                start, end = start + 1, end_of_quoted(text, start, 0)
            else:
                end = PARAMETER.match(text, start).end()
            is_parameter = before in ("?", "&")
            kept = HOLE.fullmatch(text[start:end]) or not is_parameter and is_constant(text, start, end)
            if end > start and not kept:
                yield start, end
            after = max(after, end)
        at = text.find("=", after)


def is_constant(text, start, end):
    """A count or a missing value in a printed object, `Block(tokens=15)`, as opposed to a password of digits."""
    word = text[start:end]
    if word in CONSTANTS:
        return True
    return text[end:end + 1] in (",", ")") and bool(word) and all(is_digit(letter) or letter == "." for letter in word)


def members(text, added):
    """Texts under secret keys in JSON or in a printed map, cut off or escaped inside another text; numbers are structure."""
    at = text.find(":")
    while at >= 0:
        position = at + 1
        end = at
        while end > 0 and text[end - 1] in SPACE:
            end -= 1
        if end and text[end - 1] in QUOTES:
            key = KEY.search(text, max(0, end - 192), end)
            if key and kind_of_name(key[3], added):
                found, position = texts(text, position, len(key[1]))
                yield from found
        at = text.find(":", position)


def texts(text, position, escapes):
    """The text that stands at a position, or all texts inside the brackets that do, but no keys; and where they end."""
    found, depth, mark = [], 0, "\\" * escapes
    while position < len(text):
        letter = text[position]
        quote = position + escapes
        if text.startswith(mark, position) and text[quote:quote + 1] in ("'", '"'):
            end = end_of_quoted(text, quote, escapes)
            position = min(end + escapes + 1, len(text))
            if not (depth and text[position:position + 16].lstrip(SPACE).startswith(":")):
                found.append((quote + 1, end))
            if depth == 0:
                return found, position
        elif letter in "[{(":
            depth, position = depth + 1, position + 1
        elif letter in "]})":
            depth, position = depth - 1, position + 1
            if depth <= 0:
                return found, position
        elif depth == 0 and letter not in SPACE and not (is_lower(letter) and text[quote + 1:quote + 2] in ("'", '"')):
            return found, position
        else:
            position += 1
    return found, position


def end_of_quoted(text, quote, escapes):
    """Where the text ends whose opening quote is at a position, each of its quotes behind so many backslashes."""
    mark, position = text[quote], quote + 1
    while position < len(text):
        if text[position] == "\\":
            closing = position
            while text[closing:closing + 1] == "\\":
                closing += 1
            run = closing - position
            if escapes and run == escapes and text[closing:closing + 1] == mark:
                return position
            position += max(run + 1 if escapes == 0 and run % 2 else run, 1)
        elif text[position] == mark and escapes == 0:
            return position
        else:
            position += 1
    return len(text)
