"""What lies in the depot, and for whom."""
import json
import os
import urllib.request

OWNERS = {}
SETTINGS = {"unit": "kg"}


def parcels(connection):
    """The weights of all parcels that lie here, in kilograms."""
    found = {}
    for row in connection.execute("SELECT grams, contact, notes FROM parcels").fetchall():
        found[row[1:]] = row[0] / 1000
    return found


def announced(address):
    """The weight of what another depot has announced, by its sender."""
    with urllib.request.urlopen(address) as answer:
        found = json.loads(answer.read())
    weight = 0
    for parcel in found["parcels"]:
        weight += parcel["grams"] / 1000
    return {"from": found["from"], "weight": weight}


def kept(client, key):
    """The weight that was kept for an owner."""
    found = json.loads(client.get(key))
    return found["grams"] / 1000


def limit():
    """The most that may lie here, for each of the doors."""
    contact = os.environ["DEPOT_CONTACT"].strip()
    access = os.environ["DEPOT_ACCESS"]
    doors = int(os.environ.get("DEPOT_DOORS", "2"))
    return {"contact": contact, "access": access, "most": 10000 / doors}


def by_owner(name):
    """The weight that lies here for one owner."""
    return OWNERS[name]["grams"] / 1000
