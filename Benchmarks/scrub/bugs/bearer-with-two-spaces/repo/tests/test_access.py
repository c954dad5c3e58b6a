from api.access import bearer


def test_a_bearer():
    assert bearer({"Authorization": "Bearer abc"}) == "abc"
