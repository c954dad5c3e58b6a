from shop.customers import Address


def test_a_customer_is_registered(ada):
    assert ada["email"] == "ada@example.org"
    assert ada["address"]["country"] == "DE"
    assert ada["address"]["postcode"] == "10243"
    assert ada["label"] == "Lange Str. 5, 10243 Berlin, DE"


def test_a_label_does_without_a_postcode():
    address = Address("1 Harbour Road", "Central", "HK")
    assert address.label == "1 Harbour Road, Central, HK"


def test_an_email_is_registered_once(client, ada):
    ada = {key: ada[key] for key in ("name", "email", "address")}
    assert client.post("/customers", json=ada).status_code == 409


def test_an_address_needs_a_city(client):
    address = {"street": "Storgatan 1", "country": "SE"}
    bo = {"name": "Bo", "email": "bo@example.org", "address": address}
    answer = client.post("/customers", json=bo)
    assert answer.status_code == 422
    assert answer.get_json() == {"error": "missing: city"}
