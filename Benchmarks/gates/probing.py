"""What a service answers to the payload and to its neighbours, each in a process of its own."""

from __future__ import annotations

import copy
import hashlib
import json

from .running import run

MOST, SECONDS = 24, 5

PROBE = r'''
import importlib.util, json, os, re, signal, sys
code, payloads = sys.argv[1], json.load(open(sys.argv[2]))
spec = importlib.util.spec_from_file_location("service", code)
service = importlib.util.module_from_spec(spec)
sys.modules["service"] = service
wrong = None
try:
    spec.loader.exec_module(service)
except BaseException as error:
    wrong = {"raised": type(error).__name__, "message": str(error)[:300]}
answers, ended = [], 0
for payload in payloads:
    if ended == 3:  # a patch that never ends, or ends the process: the rest would only take time
        answers.append({"raised": "process", "message": ""})
        continue
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        signal.alarm(%d)
        try:
            said = wrong or {"result": re.sub(r"0x[0-9a-f]+", "0x", repr(service.handle(payload)))[:4000]}
        except BaseException as error:
            said = {"raised": type(error).__name__, "message": str(error)[:300]}
        try:
            os.write(writer, json.dumps(said).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    ended += not text
    answers.append(json.loads(text) if text else {"raised": "process", "message": ""})
print("@@@" + json.dumps(answers))
''' % SECONDS


def variations(value):
    """Other values of the same or no type, the nearer ones first."""
    if isinstance(value, bool):
        return [not value, None]
    if isinstance(value, (int, float)):
        return [value + 1, value - 1, 0, 1, -1, value * 2 + 1, None]
    if isinstance(value, str):
        middle = len(value) // 2
        return [value + "x", value[:-1], value[1:], value[:middle], value[middle:], "", "a", value + value, None]
    if value is None:
        return [0, 1, "", "a", []]
    if isinstance(value, list):
        return [value[:1], value[1:], [], value + value, value[::-1], value + [1], value + ["a"], None]
    if isinstance(value, dict):
        fewer = [{key: inner for key, inner in value.items() if key != gone} for gone in list(value)[:4]]
        return fewer + [dict(value, other=1), {}]
    return []


def places(value, path=()):
    yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value[:4]) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*path, key))


def replaced(payload, path, value):
    if not path:
        return value
    whole = copy.deepcopy(payload)
    inner = whole
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return whole


def neighbours(payload):
    """The payload, then payloads that differ from it in one place; few enough to ask each time."""
    queues = [[replaced(payload, path, other) for other in variations(value)] for path, value in places(payload) if path]
    found, seen = [payload], {json.dumps(payload, sort_keys=True)}
    while any(queues) and len(found) < MOST:
        for queue in queues:
            if queue and len(found) < MOST:
                other = queue.pop(0)
                key = json.dumps(other, sort_keys=True)
                if key not in seen:
                    seen.add(key)
                    found.append(other)
    return found


def answers(case, python, tree):
    """The kinds of the answers in this tree, in the order of the neighbours."""
    script, payloads = case.area / "probe.py", case.area / "payloads.json"
    if not payloads.exists():
        payloads.write_text(json.dumps(neighbours(case.entry["payload"])))
        script.write_text(PROBE)
    done = run(python, script, case.away / "service/service.py", payloads, cwd=case.away / "service",
               environment=case.environment(tree), timeout=SECONDS * MOST + 60)
    for line in done.stdout.splitlines():
        if line.startswith("@@@"):
            return [case.judge.kind(said) for said in json.loads(line[3:])]
    return None


def digest(*texts):
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogateescape")).hexdigest()[:16]
