from newsletter.addresses import folder


def test_a_folder():
    assert folder({"contact": "ada.berg@example.org", "since": 2020}) == "example.org/ada.berg"
