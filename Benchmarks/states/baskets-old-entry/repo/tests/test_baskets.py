def test_an_empty_basket(total):
    assert total() == {"pieces": 0, "cents": 0}


def test_total(add, total):
    add()
    add("s-2", 1000, quantity=3)
    assert total() == {"pieces": 4, "cents": 3250}


def test_bulk(add, total):
    add(quantity=10)
    assert total() == {"pieces": 10, "cents": 2375}


def test_an_item_is_replaced(add, total):
    add(quantity=4)
    add(quantity=2)
    assert total() == {"pieces": 2, "cents": 500}


def test_remove(client, add, total):
    add()
    assert client.delete("/baskets/ada/items/s-1").status_code == 204
    assert total() == {"pieces": 0, "cents": 0}


def test_baskets_are_kept_for_thirty_days(add, store):
    add()
    assert 29 * 86400 < store.ttl("basket:ada") <= 30 * 86400
