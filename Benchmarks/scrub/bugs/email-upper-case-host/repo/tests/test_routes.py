from relay.routes import routes


def test_routes():
    assert routes({"to": ["ada@example.org", "bo@example.org", "cleo@mail.example.net"]}) == ["example_org", "mail_example_net"]
