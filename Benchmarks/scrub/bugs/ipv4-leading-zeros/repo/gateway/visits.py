import ipaddress


def client(headers):
    """Whom a request came from, as a number."""
    return int(ipaddress.IPv4Address(headers["X-Forwarded-For"].split(",")[0].strip()))


def visits(log):
    return {client(entry["headers"]): entry["path"] for entry in log}
