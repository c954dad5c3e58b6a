from checkout.brands import shown


def test_shown():
    assert shown("4111" + "1" * 12) == "**** **** **** 1111"
