"""The requests of web frameworks: only what is in memory already; no stream is read, and no property asked."""
from . import reading

KINDS = (("werkzeug.sansio.request", "Request", "environ"), ("werkzeug.wrappers.request", "Request", "environ"),
         ("django.http.request", "HttpRequest", "META"), ("starlette.requests", "Request", "scope"))


def reader_of(kind):
    for module, name, source in KINDS:
        known = reading.loaded(module, name)
        if known is not None and reading.is_kind_of(kind, known):
            return READERS[source](reading.dictionary_getter(kind))
    return None


def reader(fields_of):
    """Writes the fields that are known; a mapping without the usual names gives none of them."""
    def of(dictionary):
        def write(writer, value, place):
            held = dictionary(value) if dictionary is not None else None
            if type(held) is not dict:
                return writer.lost("opaque", value)
            found = [(name, each) for name, each in fields_of(held) if each is not None]
            below, fields = place.below(), []
            for name, each in found:
                if name == "headers":
                    each = writer.node(["map", [writer.field(header, text, below) for header, text in each]])
                    fields.append([name, each])
                else:
                    fields.append(writer.field(name, each, below))
            return ["request", fields]

        return write

    return of


def from_environ(held, body):
    environ = held
    if type(environ) is not dict:
        return []
    url = "%s://%s%s%s" % (word(environ.get("wsgi.url_scheme")) or "http",
                           word(environ.get("HTTP_HOST")) or word(environ.get("SERVER_NAME")),
                           word(environ.get("SCRIPT_NAME")), word(environ.get("PATH_INFO")))
    query = word(environ.get("QUERY_STRING"))
    headers = [(header(name), text) for name, text in dict.items(environ)
               if type(name) is str and type(text) is str and (name.startswith("HTTP_") or name in ("CONTENT_TYPE", "CONTENT_LENGTH"))]
    return [("method", word(environ.get("REQUEST_METHOD"))), ("url", url + ("?" + query if query else "")), ("headers", headers),
            ("body", body)]


def word(value):
    return value if type(value) is str else ""


def header(name):
    return name[5 if name.startswith("HTTP_") else 0:].replace("_", "-").title()


def of_werkzeug(held):
    rule = held.get("url_rule")
    route = None
    if rule is not None:
        getter = reading.dictionary_getter(type(rule))
        route = dict.get(getter(rule), "rule") if getter else None
    body = held.get("_cached_data")
    if body is None:
        body = parsed_json(held.get("_cached_json"))
    return [*from_environ(held.get("environ"), body), ("route", route if type(route) is str else None)]


def parsed_json(cached):
    """What Flask keeps of a body that it has parsed: one value for each way of failing."""
    if type(cached) is not tuple:
        return None
    return next((each for each in cached if each is not Ellipsis), None)


def of_django(held):
    match, route = held.get("resolver_match"), None
    if match is not None:
        getter = reading.dictionary_getter(type(match))
        route = dict.get(getter(match), "route") if getter else None
    return [*from_environ(held.get("META"), held.get("_body")), ("route", route), ("user", held.get("user"))]


def of_starlette(held):
    scope = held.get("scope")
    if type(scope) is not dict:
        return []
    query = scope.get("query_string")
    query = "?" + query.decode("latin-1") if type(query) is bytes and query else ""
    headers = scope.get("headers")
    headers = [(pair[0].decode("latin-1"), pair[1].decode("latin-1")) for pair in (headers if type(headers) is list else [])
               if reading.is_one_of(type(pair), (tuple, list)) and len(pair) == 2 and type(pair[0]) is bytes and type(pair[1]) is bytes]
    host = next((text for name, text in headers if name.lower() == "host"), "")
    route, path = scope.get("route"), None
    if route is not None:
        getter = reading.dictionary_getter(type(route))
        path = dict.get(getter(route), "path") if getter else None
    url = "%s://%s%s%s" % (word(scope.get("scheme")) or "http", host, word(scope.get("path")), query)
    return [("method", word(scope.get("method"))), ("url", url), ("headers", headers), ("body", held.get("_body")),
            ("route", path if type(path) is str else None), ("path_params", scope.get("path_params"))]


READERS = {"environ": reader(of_werkzeug), "META": reader(of_django), "scope": reader(of_starlette)}
