from sources.connection import text


def test_a_text():
    assert text({"host": "db", "user": "ada", "password": "word"}) == "host=db user=ada password=word"
