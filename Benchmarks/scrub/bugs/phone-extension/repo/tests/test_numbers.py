from dialling.numbers import call_list


def test_a_call_list():
    assert call_list([{"phone": "+49 30 1234-567"}, {"phone": ""}]) == [49301234567]
