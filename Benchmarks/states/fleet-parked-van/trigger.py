import os
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def production():
    import servers

    os.environ["TELEMATICS_URL"] = servers.service({
        "/units/DN%2040211": {"plate": "DN 40211", "position": {"latitude": 59.9139, "longitude": 10.7522, "heading": 271.0}},
        "/units/DN%2051877": {"plate": "DN 51877", "position": {"latitude": 60.3913, "longitude": 5.3221}},
    })
    from fastapi.testclient import TestClient
    from fleet.api import app

    client = TestClient(app, raise_server_exceptions=False)
    client.get("/vans/DN 40211")
    client.get("/vans/DN 51877")
