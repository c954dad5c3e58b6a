from exports.listing import sizes


def test_sizes():
    assert sizes("/srv/a.csv 12\n/srv/b.csv 30\n") == {"/srv/a.csv": 12, "/srv/b.csv": 30}
