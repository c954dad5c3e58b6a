from stockroom.pressure import pressure


def test_the_largest_share_of_an_order():
    stock = [{"id": "bolt", "on_hand": 20, "reserved": 10}, {"id": "nut", "on_hand": 5, "reserved": 1}]
    orders = [{"number": "A-1", "lines": [{"item": "bolt", "units": 5}, {"item": "nut", "units": 3}]}, {"number": "A-2", "lines": []}]
    assert pressure({"stock": stock, "orders": orders}) == {"A-1": 0.75, "A-2": 0.0}
