def test_in_turn(printed):
    assert printed(5) == ["a", "b", "c", "a", "b"]


def test_jobs_are_numbered(client):
    assert client.post("/jobs", json={"document": "label"}).json() == {"job": 1, "printer": "a"}
    assert client.post("/jobs", json={"document": "label"}).json()["job"] == 2


def test_joining(client, printed):
    printed(1)
    assert client.put("/printers/d").status_code == 204
    assert printed(4) == ["b", "c", "d", "a"]


def test_leaving(client, printed):
    client.delete("/printers/b")
    assert printed(3) == ["a", "c", "a"]


def test_leaving_twice(client):
    assert client.delete("/printers/b").status_code == 204
    assert client.delete("/printers/b").status_code == 404


def test_no_printer(client):
    for name in "abc":
        client.delete(f"/printers/{name}")
    assert client.post("/jobs", json={"document": "label"}).status_code == 503


def test_the_turn(client, printed):
    printed(2)
    assert client.get("/printers").json() == {"turn": ["c", "a", "b"], "jobs": {"a": 1, "b": 1}}
