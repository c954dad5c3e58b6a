from gateway.visits import visits


def test_visits():
    assert visits([{"headers": {"X-Forwarded-For": "127.0.0.1, 10.0.0.1"}, "path": "/"}]) == {2130706433: "/"}
