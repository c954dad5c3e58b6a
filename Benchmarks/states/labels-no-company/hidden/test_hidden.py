def lines(client, number):
    response = client.get(f"/customers/{number}/label")
    assert response.status_code == 200
    return response.json()["lines"]


def test_fixed_a_customer_without_a_company(client, customers):
    customers[3] = ("Mira Holm", None, "Ahornallee 9", "14050", "Berlin", "DE")
    assert lines(client, 3) == ["Mira Holm", "Ahornallee 9", "14050 Berlin"]


def test_fixed_abroad_too(client, customers):
    customers[3] = ("Mira Holm", None, "Storgata 2", "0155", "Oslo", "NO")
    assert lines(client, 3) == ["Mira Holm", "Storgata 2", "0155 Oslo", "NO"]


def test_guard_a_company_has_its_line(client, customers):
    customers[3] = ("Mira Holm", " Holm KG", "Ahornallee 9", "14050", "Berlin", "DE")
    assert lines(client, 3) == ["Mira Holm", "Holm KG", "Ahornallee 9", "14050 Berlin"]


def test_guard_a_blank_one_has_none(client, customers):
    customers[3] = ("Mira Holm", "  ", "Ahornallee 9", "14050", "Berlin", "DE")
    assert len(lines(client, 3)) == 3


def test_guard_an_unknown_customer_is_404(client):
    assert client.get("/customers/99/label").status_code == 404
