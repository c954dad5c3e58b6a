import json


def put(store, *items):
    store.set("basket:ada", json.dumps({"items": list(items)}))


def test_fixed_an_old_item_is_one_piece(store, total):
    put(store, {"sku": "a", "unit_price": 990})
    assert total() == {"pieces": 1, "cents": 990}


def test_fixed_old_items_of_one_sku_all_count(store, total):
    put(store, *[{"sku": "a", "unit_price": 100}] * 10)
    assert total() == {"pieces": 10, "cents": 950}


def test_fixed_old_and_new_items(store, add, total):
    put(store, {"sku": "a", "unit_price": 100})
    add("b", 200, quantity=2)
    assert total() == {"pieces": 3, "cents": 500}


def test_guard_quantities_count(add, total):
    add(quantity=7)
    assert total() == {"pieces": 7, "cents": 1750}


def test_guard_a_quantity_of_nothing_is_none(add, total):
    add(quantity=0)
    assert total() == {"pieces": 0, "cents": 0}
