"""Asks a server on the loopback, and prints what came back byte for byte."""
import os

has_probe = bool(os.environ.get("NEVERMORE_DSN"))


def ask(port, method, path, body=None, headers=None):
    import http.client
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    sent = {"Content-Type": "application/json", "Host": "shop.example", **(headers or {})} if body is not None else {"Host": "shop.example"}
    try:
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        kept = sorted((name.lower(), value) for name, value in answer.getheaders() if name.lower() != "date")
        print(method, path, answer.status, answer.version, kept, flush=True)
        try:
            print(answer.read(), flush=True)
        except http.client.IncompleteRead as error:
            print("incomplete", error.partial, flush=True)
    except (http.client.HTTPException, ConnectionError) as error:
        print(method, path, type(error).__name__, flush=True)
    finally:
        connection.close()


def sabotage():
    """From now on all that notes something fails, wherever a recorder has it from."""
    import importlib
    import pkgutil

    from nevermore_probe import companions, recorders, rings, work

    def fail(*arguments, **named):
        raise LookupError("sabotage")
    rings.noted = rings.current = rings.caller = work.entry = work.cut = work.failure = companions.Companions.put = fail
    for each in pkgutil.iter_modules(recorders.__path__):
        module = importlib.import_module("nevermore_probe.recorders." + each.name)
        for name in ("current", "caller", "add", "failure", "kept_rows", "fixed"):
            if hasattr(module, name):
                setattr(module, name, fail)
