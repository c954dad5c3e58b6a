from caching.servers import ports


def test_ports():
    assert ports({"servers": ["redis://:word@cache.internal:6380/0", "redis://cache.internal"]}) == [6380, 6379]
