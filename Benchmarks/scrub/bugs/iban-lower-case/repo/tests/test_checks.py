from transfers.checks import remainder


def test_a_remainder():
    assert remainder("GB82WEST12345698765432") == 1
