def country(contact):
    """The last part of a host, where it has two letters."""
    host, last = contact.split("@")[1].rsplit(".", 1)
    return last if len(last) == 2 else None


def countries(people):
    return [country(person["contact"]) for person in people]
