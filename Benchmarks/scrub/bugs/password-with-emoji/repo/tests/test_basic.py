from feeds.basic import header


def test_a_header():
    assert header("ada", "word") == "Basic YWRhOndvcmQ="
