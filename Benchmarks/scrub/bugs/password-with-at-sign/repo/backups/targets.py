def host(url):
    """The host of a target, without who signs in there."""
    signing, place = url.split("://")[1].split("@")
    return place.partition("/")[0].partition(":")[0]


def hosts(targets):
    return {target["name"]: host(target["url"]) for target in targets}
