from backups.targets import hosts


def test_hosts():
    assert hosts([{"name": "night", "url": "sftp://ada:word@store.internal:22/n"}]) == {"night": "store.internal"}
