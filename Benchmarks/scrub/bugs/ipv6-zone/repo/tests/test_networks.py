from access.networks import groups


def test_groups():
    assert groups("2001:db8::7") == [0x2001, 0xDB8, 0, 0, 0, 0, 0, 7]
