"""Where secrets stand in an event: each place is one event of a real crash, with several secrets in positions where services have them."""

import base64
import dataclasses
import json
import random
import typing
import urllib.parse

from . import kinds

EACH = 7
TIGHT = ("pem", "azure")  # many letters or lines, which do not fit everywhere
MANY_LINES = ("pem",)
NAMELESS = ("password", "passphrase")  # that nothing but a name tells from an ordinary word


@dataclasses.dataclass(frozen=True)
class Place:
    name: str
    sender: str
    plan: typing.Callable  # from secrets to what is called, with what, and what the sender's scope holds
    repo: str = "ledger"
    count: int = EACH
    without: tuple = ()  # kinds that cannot stand there
    only: tuple = ()


PLACES = []


def place(name, sender="probe", **more):
    def added(plan):
        PLACES.append(Place(name, sender, plan, **more))
        return plan

    return added


def named(secrets):
    """Under their names; a second one of a kind has a number."""
    found = {}
    for secret in secrets:
        found[secret.name if secret.name not in found else f"{secret.name}_{len(found)}"] = secret.text
    return found


def assigned(secrets, between=" ", sign="="):
    return between.join(f"{secret.name}{sign}{secret.text}" for secret in secrets)


def halves(secrets):
    return secrets[: len(secrets) // 2], secrets[len(secrets) // 2 :]


def triggered(trigger, given, **more):
    """The crash that a trigger makes with what it is given."""
    return {"trigger": trigger, "given": given, **more}


def called(function, *args, **more):
    module, _, name = function.rpartition(".")
    return triggered("call", {"module": module, "function": name, "args": args}, **more)


def batch(entry, *before):
    """A batch whose last entry makes the sum fail."""
    return called("ledger.posting.total", {"entries": [*before, {**entry, "amount": None}]})


def beside(**scope_and_more):
    """A crash without a secret in its data: what is planted stands beside it."""
    return {**batch({"number": 71}, {"number": 70, "amount": 2.5}), **scope_and_more}


# --- in the failing frames' own values


@place("variables", sender="sentry")
def _(secrets):
    first, second = halves(secrets)
    return batch({"number": 71, **named(second)}, {"number": 70, "amount": 12.5, **named(first)})


@place("variables, deep", without=NAMELESS)
def _(secrets):
    first, second = halves(secrets)
    return batch(
        {"owner": {"profile": {"history": [{"seen": [named(first)]}, {"seen": [[secret.text for secret in second]]}]}}},
        *({"number": number, "amount": number / 4} for number in range(12)),
    )


@place("parameters", count=6, without=NAMELESS)
def _(secrets):
    return called("ledger.posting.booked", *[secret.text for secret in secrets[:6]], None)


@place("named parameters", sender="sentry")
def _(secrets):
    return triggered("call", {"module": "ledger.posting", "function": "booked_with", "args": [None], "options": named(secrets)})


@place("repr in a string", sender="sentry")
def _(secrets):
    return batch({"was": repr(named(secrets)), "number": 71})


@place("JSON in a string", sender="sentry")
def _(secrets):
    return batch({"raw": json.dumps({"data": named(secrets)}), "number": 71})


@place("JSON in repr in JSON")
def _(secrets):
    return batch({"raw": json.dumps({"event": repr({"body": json.dumps(named(secrets))})})})


@place("url-encoded", without=MANY_LINES)
def _(secrets):
    first, second = halves(secrets)
    return batch({"form": urllib.parse.urlencode(named(first)), "back": "/return?" + urllib.parse.urlencode(named(second))})


@place("base 64")
def _(secrets):
    user, *rest = secrets
    basic = base64.b64encode(f"{user.name}:{user.text}".encode()).decode()
    return batch({"headers": {"Authorization": "Basic " + basic}, "blob": base64.b64encode(json.dumps(named(rest)).encode()).decode()})


@place("many lines")
def _(secrets):
    return batch({"settings": "# written by the installer\n" + assigned(secrets, "\n") + "\n"})


@place("prose", without=TIGHT)
def _(secrets):
    return batch({"note": "The caller asked us to look at it: " + assigned(secrets, ", and ", ": ") + ". Called back at noon."})


@place("lines that are parsed", without=TIGHT)
def _(secrets):
    return called("ledger.lines.amounts", "Mira|DE|note|2.5\n" + "|".join([assigned([secret]) for secret in secrets] + [""]) + "\n")


@place("bytes", without=TIGHT)
def _(secrets):
    return triggered("content", {"text": "|".join(["71", "now", *(assigned([secret]) for secret in secrets), "none"])})


@place("keys of a map", without=NAMELESS)
def _(secrets):
    return called("ledger.posting.balances", {**{secret.text: 2.5 for secret in secrets[:-1]}, secrets[-1].text: None})


@place("a receiver", without=NAMELESS)
def _(secrets):
    first, second = halves(secrets)
    return triggered("receiver", {"owner": first[0].text, "access": named(second), "notes": [secret.text for secret in first[1:]]})


@place("records", without=NAMELESS)
def _(secrets):
    first, second = halves(secrets)
    return triggered("records", {"owners": [["Mira", [s.text for s in first], {}], ["Jon", [], named(second)]]})


@place("values that are checked first", only=("email", "phone", "card", "iban", "ipv4", "ipv6", "jwt", "pem", "bearer", "url-credentials"))
def _(secrets):
    return called("ledger.checked.accepted", {"owner": named(secrets), "amount": None})


# --- in messages


@place("an exception's message", sender="sentry", without=TIGHT)
def _(secrets):
    return called("ledger.lines.amount_of", assigned(secrets))


@place("a chained exception's message", without=TIGHT)
def _(secrets):
    return called("ledger.lines.charged", assigned(secrets), {"small": 2})


@place("an exception's notes", sender="sentry", without=TIGHT)
def _(secrets):
    return called("ledger.lines.noted", assigned(secrets, "; ", ": "))


@place("a missing key", sender="sentry", without=TIGHT)
def _(secrets):
    return triggered("owners", {"owners": {"Mira": {"grams": 2}}, "name": assigned(secrets)}, repo="depot")


@place("log message with stack", sender="sentry", without=TIGHT)
def _(secrets):
    first, second = halves(secrets)
    return triggered(
        "logged",
        {
            "message": "batch of %s failed, " + assigned(first),
            "words": [assigned(second)],
            "module": "ledger.posting",
            "function": "total",
            "args": [{"entries": [{"amount": None}]}],
        },
    )


@place("transaction", sender="sentry", without=TIGHT, count=4)
def _(secrets):
    return beside(scope=[["set_transaction_name", "nightly " + assigned(secrets)]])


# --- in the breadcrumbs


def crumbs(secrets, made):
    return beside(scope=[["add_breadcrumb", made(secret)] for secret in secrets])


@place("breadcrumb messages", sender="sentry")
def _(secrets):
    return crumbs(secrets, lambda secret: {"category": "ledger", "message": f"looked up {secret.name}={secret.text} for the batch"})


@place("breadcrumb data", sender="sentry")
def _(secrets):
    return crumbs(secrets, lambda secret: {"category": "auth", "message": "signed in", "data": {"as": {secret.name: secret.text}}})


@place("breadcrumb URLs", sender="sentry", without=TIGHT)
def _(secrets):
    return crumbs(
        secrets,
        lambda secret: {
            "type": "http",
            "category": "httplib",
            "data": {
                "url": "https://api.internal/v1/look?" + urllib.parse.urlencode({secret.name: secret.text}),
                "method": "GET",
                "status_code": 200,
                "http.query": urllib.parse.urlencode({secret.name: secret.text}),
            },
        },
    )


@place("breadcrumb SQL", sender="sentry", without=TIGHT + NAMELESS)
def _(secrets):
    return crumbs(
        secrets,
        lambda secret: {
            "category": "query",
            "message": f"SELECT id FROM owners WHERE {secret.name} = '{secret.text}'",
            "data": {"db.params": [secret.text]},
        },
    )


# --- in the request


def asked(**request):
    return triggered("request", request)


@place("request headers", repo="desk", without=TIGHT + NAMELESS)
def _(secrets):
    return asked(
        path="/queue",
        headers={
            "X-Agents": "0",
            "User-Agent": "desk/2 " + secrets[0].text,
            **{"X-" + name.replace("_", "-"): text for name, text in named(secrets[1:]).items()},
        },
    )


@place("request cookies", repo="desk", without=TIGHT)
def _(secrets):
    first, *rest = secrets
    pairs = {"visitor": assigned([first], sign=":"), **named(rest)}
    return asked(
        path="/visits",
        query="agents=0",
        headers={"Cookie": "; ".join(f"{name}={urllib.parse.quote(text)}" for name, text in pairs.items())},
    )


@place("query string", repo="desk", without=MANY_LINES)
def _(secrets):
    return asked(path="/search", query=urllib.parse.urlencode({"q": assigned(secrets[:2]), **named(secrets[2:]), "limit": "0"}))


@place("JSON body", repo="desk")
def _(secrets):
    body = {"priority": "low", "agents": 0, "from": named(secrets)}
    return asked(method="POST", path="/tickets", type="application/json", body=json.dumps(body))


@place("JSON body, plain event", repo="desk", sender="sentry")
def _(secrets):
    body = {"priority": "low", "agents": 0, "from": named(secrets)}
    return asked(method="POST", path="/tickets", type="application/json", body=json.dumps(body))


@place("form body", repo="desk")
def _(secrets):
    return asked(
        method="POST",
        path="/forms",
        type="application/x-www-form-urlencoded",
        body=urllib.parse.urlencode({**named(secrets), "agents": "0"}),
    )


@place("URL path", repo="desk", sender="sentry", without=TIGHT, count=5)
def _(secrets):
    return asked(path="/people/" + "/".join(assigned([secret]) for secret in secrets))


@place("request environment", repo="desk", sender="sentry", without=TIGHT + NAMELESS, count=4)
def _(secrets):
    first, *rest = secrets
    return asked(
        path="/queue",
        environ={"REMOTE_ADDR": first.text, "SERVER_NAME": rest[0].text, "REMOTE_USER": rest[1].text},
        headers={"X-Agents": "0", "X-Forwarded-For": rest[2].text},
    )


# --- beside the failure


@place("user", sender="sentry", without=NAMELESS)
def _(secrets):
    first, *rest = secrets
    return beside(scope=[["set_user", {"id": "71", "username": first.text, **named(rest)}]])


@place("tags", sender="sentry", without=TIGHT)
def _(secrets):
    return beside(scope=[["set_tag", name, text] for name, text in named(secrets).items()])


@place("extra", sender="sentry")
def _(secrets):
    first, second = halves(secrets)
    return beside(
        scope=[["set_extra", "batch", json.dumps(named(first))], *(["set_extra", name, text] for name, text in named(second).items())]
    )


@place("contexts", sender="sentry")
def _(secrets):
    return beside(scope=[["set_context", "ledger", {"settings": named(secrets)}]])


@place("host and folders", only=("home-folder",), count=4)
def _(secrets):
    first, second, third, fourth = secrets
    folder = batch({"file": third.text})
    return {
        **folder,
        "home": first.private[0],
        "settings": {"server_name": f"{second.private[0]}-laptop"},
        "arguments": ["--from", fourth.text],
    }


@place("command line", sender="sentry", without=TIGHT, count=5)  # Sentry keeps ten words
def _(secrets):
    apart = [word for secret in secrets[:3] for word in (f"--{secret.name.replace('_', '-')}", secret.text)]
    return beside(arguments=apart + [f"--{secret.name.replace('_', '-')}={secret.text}" for secret in secrets[3:]])


@place("context lines", sender="sentry", without=TIGHT + NAMELESS, count=2)
def _(secrets):
    return beside(
        deployed=[
            ["ledger/posting.py", 'SUPPORT = ""', f"SUPPORT = {secrets[0].text!r}"],
            ["ledger/posting.py", 'MIRROR = ""', f"MIRROR = {secrets[1].text!r}"],
        ]
    )


@place("a caller's lines", without=TIGHT)
def _(secrets):
    first, second = halves(secrets)
    source = "\n".join(
        [
            "from ledger.posting import booked_with",
            "",
            "",
            "def run():",
            *(f"    {secret.name}_{at} = {secret.text!r}" for at, secret in enumerate(first)),
            "    return booked_with(None, " + ", ".join(f"{name}={text!r}" for name, text in named(second).items()) + ")",
            "",
        ]
    )
    return triggered("written", {"source": source})


# --- in what the probe recorded


@place("module data", repo="depot")
def _(secrets):
    first, second = halves(secrets)
    return triggered(
        "owners", {"owners": {"Mira": {"grams": 2, **named(first)}, "Jon": {"grams": None, **named(second)}}, "name": "Jon"}
    )


@place("database rows", repo="depot", without=NAMELESS)
def _(secrets):
    first, second = halves(secrets)
    return triggered("rows", {}, rows=[[200, secret.text, ""] for secret in first] + [[None, "nobody", assigned(second)]])


@place("HTTP answer", repo="depot", without=TIGHT)
def _(secrets):
    first, second = halves(secrets)
    return triggered(
        "answer",
        {
            "body": {"from": named(first), "parcels": [{"grams": None}]},
            "path": "/v1/parcels?" + urllib.parse.urlencode(named(second)),
        },
    )


@place("environment", repo="depot", without=MANY_LINES)
def _(secrets):
    first, second = halves(secrets)
    return triggered(
        "environment", {"variables": {"DEPOT_DOORS": "0", "DEPOT_CONTACT": assigned(first), "DEPOT_ACCESS": assigned(second)}}
    )


@place("Redis", repo="depot", without=TIGHT + NAMELESS)
def _(secrets):
    first, *rest = secrets
    return triggered("kept", {"key": "parcel:" + first.text, "value": {"grams": None, **named(rest)}})


# --- in logs


@place("log line", sender="log")
def _(secrets):
    first, second = halves(secrets)
    return {
        **batch({"number": 71, **named(first)}),
        "message": "batch failed, " + assigned(second[:1]),
        "extra": {"batch": named(second[1:])},
    }


@place("plain log", sender="text", without=TIGHT)
def _(secrets):
    first, second = halves(secrets)
    return {**called("ledger.lines.amount_of", assigned(first)), "message": "note failed for " + assigned(second)}


@dataclasses.dataclass(frozen=True)
class Planted:
    place: Place
    secrets: tuple
    plan: dict


def planted(seed):
    """Every place with secrets of its own; the kinds come in turns, so that each stands in many places."""
    chance = random.Random(seed)
    waiting = []
    for each in PLACES:
        chosen = []
        while len(chosen) < each.count:
            fits = [kind for kind in waiting if kind not in each.without and (not each.only or kind in each.only)]
            if not fits:
                waiting += chance.sample(sorted(kinds.KINDS), len(kinds.KINDS))
                continue
            waiting.remove(fits[0])
            chosen.append(kinds.made(chance, fits[0]))
        plan = each.plan(chosen)
        yield Planted(each, tuple(chosen), {"repo": each.repo, "sender": each.sender, **plan})
