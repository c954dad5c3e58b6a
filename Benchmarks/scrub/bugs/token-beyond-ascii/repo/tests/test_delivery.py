from hooks.delivery import accepted


def test_accepted():
    assert accepted({"token": "abc"}, {"hook_token": "abc"})
