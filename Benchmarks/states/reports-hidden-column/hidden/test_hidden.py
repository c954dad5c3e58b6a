ALL = ["day", "orders", "revenue", "returns"]


def columns(client, query=""):
    response = client.get("/table" + query)
    assert response.status_code == 200
    return response.get_json()["columns"]


def test_fixed_what_one_hides_is_hidden_from_nobody_else(client):
    assert columns(client, "?hide=orders&by=day") == ["day", "revenue", "returns"]
    assert columns(client) == ALL


def test_fixed_nor_a_column_that_nothing_is_sorted_by(client):
    columns(client, "?hide=returns")
    assert columns(client) == ALL


def test_fixed_the_order_of_the_rows_is_kept(client):
    columns(client, "?hide=orders&by=day")
    assert [row[0] for row in client.get("/table").get_json()["rows"]] == ["2026-05-05", "2026-05-04"]


def test_fixed_the_text_too(client):
    client.get("/table.csv?hide=orders&by=revenue")
    assert client.get("/table.csv").text.startswith("day,orders,revenue,returns\n")


def test_guard_columns_are_hidden(client):
    assert columns(client, "?hide=returns&hide=revenue") == ["day", "orders"]


def test_guard_a_hidden_column_cannot_sort(client):
    assert client.get("/table?hide=orders").status_code == 400
