from ledgers.banks import by_bank


def test_by_bank():
    assert by_bank([{"account": "DE89370400440532013000", "cents": 5}]) == {37040044: [5]}
