from vault.keys import body


def test_a_body():
    text = "\n".join("-----%s PRIVATE KEY-----" % word for word in ("BEGIN", "END")).replace("\n", "\nabc\ndef\n")
    assert body(text) == "abcdef"
