import os
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def production():
    import servers

    os.environ["CARRIER_URL"] = servers.service({
        "/v2/parcels/NO204411": {"number": "NO204411", "weight": 3.4, "scans": [
            {"time": "2026-11-20T07:12:00Z", "code": "PU", "place": "Drammen"}]},
        "/v2/parcels/NO204598": {"number": "NO204598", "weight": 0.7, "scans": None},
    })
    from tracking.app import create_app

    client = create_app().test_client()
    client.get("/parcels/NO204411")
    client.get("/parcels/NO204598")
