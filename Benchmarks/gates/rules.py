"""The register of careless authors' rules. A rule yields (variant, changes) for a site; changes are files by path."""

from __future__ import annotations

RULES = {}


def rule(name, family):
    """Adds a rule under its name; `family` is what kind of carelessness it is."""
    def add(function):
        RULES[name] = (family, function)
        return function
    return add


def only(site, variant, raw):
    """One changed file, or nothing where the edit came out as no program or no change."""
    return [(variant, {site.path: raw})] if raw is not None else []


VALUES = ["None", '""', "0", "[]", "{}", "False"]
