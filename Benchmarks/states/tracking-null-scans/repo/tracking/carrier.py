import os

import requests

TEXTS = {
    "PU": "Picked up in {place}",
    "HB": "Arrived at the depot in {place}",
    "OD": "On the van in {place}",
    "DL": "Delivered in {place}",
}


class NotKnown(Exception):
    """The carrier has no such parcel."""


class Carrier:
    def __init__(self, url=None):
        self.url = (url or os.environ.get("CARRIER_URL", "https://api.carrier.example")).rstrip("/")

    def ask(self, path):
        response = requests.get(self.url + path, timeout=5, headers={"Accept": "application/json"})
        if response.status_code == 404:
            raise NotKnown(path)
        response.raise_for_status()
        return response.json()

    def steps(self, number):
        """The parcel's way so far, oldest first: (time, code, text)."""
        steps = []
        for scan in self.ask(f"/v2/parcels/{number}")["scans"]:
            text = TEXTS.get(scan["code"])
            if text:
                steps.append((scan["time"], scan["code"], text.format(place=scan["place"])))
        return sorted(steps)
