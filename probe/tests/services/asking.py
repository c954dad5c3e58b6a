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
