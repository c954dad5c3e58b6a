from gauges.report import worst_by_order


def test_the_worst_line_of_an_order():
    lines = [{"reading": {"variance": 4.0}}, {"reading": {"variance": 9.0, "scale": 2}}]
    assert worst_by_order({"orders": [{"number": "A-1", "parcels": [{"lines": lines}]}]}) == {"A-1": 6.0}


def test_an_order_without_parcels():
    assert worst_by_order({"orders": [{"number": "A-2"}]}) == {}
