from quotas.counting import counted


def test_counted():
    assert counted({"api_token": "abc", "contact": "ada"}) == {"shard": 1, "caller": "ada"}
