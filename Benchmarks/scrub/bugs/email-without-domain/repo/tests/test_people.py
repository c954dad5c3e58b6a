from directory.people import countries


def test_countries():
    assert countries([{"contact": "ada@web.de"}, {"contact": "bo@example.org"}]) == ["de", None]
