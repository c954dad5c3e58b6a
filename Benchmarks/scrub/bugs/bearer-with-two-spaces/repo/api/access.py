def bearer(headers):
    """The token of a request, or None where it has another scheme."""
    scheme, token = headers["Authorization"].split(" ")
    return token if scheme.lower() == "bearer" else None


def is_known(request, tokens):
    return bearer(request["headers"]) in tokens
