def production():
    from fastapi.testclient import TestClient

    from printers.api import create_app

    client = TestClient(create_app(), raise_server_exceptions=False)
    for document in ("label-1", "label-2", "label-3"):
        client.post("/jobs", json={"document": document})
    client.put("/printers/dock-3")
    client.delete("/printers/dock-1")
    client.post("/jobs", json={"document": "label-4"})
    client.post("/jobs", json={"document": "label-5"})
    client.delete("/printers/dock-3")
    client.delete("/printers/office")
    client.post("/jobs", json={"document": "label-6"})
    client.put("/printers/dock-4")
    client.delete("/printers/dock-4")
    client.post("/jobs", json={"document": "label-7"})
