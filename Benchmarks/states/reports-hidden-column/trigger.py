def production():
    from reports.app import create_app

    client = create_app().test_client()
    client.post("/days", json={"day": "2026-11-20", "orders": 118, "revenue": 402310, "returns": 6})
    client.post("/days", json={"day": "2026-11-21", "orders": 97, "revenue": 455120, "returns": 2})
    client.get("/table")
    client.get("/table?hide=orders&by=revenue")
    client.get("/table.csv")
