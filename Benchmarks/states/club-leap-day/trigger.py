import os
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import clock

clock.start_at("2028-02-29 09:14:00")


def production():
    from fastapi.testclient import TestClient

    from club.api import create_app

    client = TestClient(create_app(), raise_server_exceptions=False)
    client.get("/members/1001")
    client.post("/members", json={"name": "Henrik Aas", "junior": True})
