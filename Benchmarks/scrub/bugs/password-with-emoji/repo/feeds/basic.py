import base64


def header(user, password):
    """What stands in the header of a request that signs in."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode("latin-1")).decode()


def headers(feed):
    return {"Accept": "text/xml", "Authorization": header(feed["user"], feed["password"])}
