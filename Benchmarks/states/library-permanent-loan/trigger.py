def production():
    from desk.app import create_app

    client = create_app().test_client()
    client.post("/loans", json={"reader": "r-2201", "item": "b-884"})
    client.post("/loans", json={"reader": "dept-botany", "item": "b-1203", "days": None})
    client.get("/loans/1/fee")
    client.get("/loans/2/fee")
