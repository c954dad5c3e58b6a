from notices.command import words


def test_words():
    assert words({"contact": "ada@example.org", "subject": "due"}) == ["notify", "--to", "ada@example.org", "--subject", "due"]
