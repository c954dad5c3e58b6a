def test_fixed_the_last_leaves_when_it_is_its_turn(client, printed):
    assert printed(2) == ["a", "b"]
    client.delete("/printers/c")
    assert printed(3) == ["a", "b", "a"]


def test_fixed_another_round_later(client, printed):
    printed(5)
    client.delete("/printers/c")
    client.put("/printers/d")
    client.delete("/printers/d")
    assert printed(2) == ["a", "b"]


def test_fixed_two_leave(client, printed):
    printed(2)
    client.delete("/printers/c")
    client.delete("/printers/b")
    assert printed(2) == ["a", "a"]


def test_guard_a_later_one_leaves(client, printed):
    printed(1)
    client.delete("/printers/c")
    assert printed(3) == ["b", "a", "b"]


def test_guard_nobody_is_left(client):
    for name in "abc":
        client.delete(f"/printers/{name}")
    assert client.post("/jobs", json={"document": "label"}).status_code == 503


def test_guard_jobs_are_counted_once(client, printed):
    printed(4)
    assert client.get("/printers").json()["jobs"] == {"a": 2, "b": 1, "c": 1}
