def test_the_table(client):
    assert client.get("/table").get_json() == {
        "columns": ["day", "orders", "revenue", "returns"],
        "rows": [["2026-05-05", 31, 70000, 1], ["2026-05-04", 12, 90000, 1]],
    }


def test_sorted_by_another_column(client):
    assert [row[0] for row in client.get("/table?by=revenue").get_json()["rows"]] == ["2026-05-04", "2026-05-05"]


def test_hidden_columns(client):
    table = client.get("/table?hide=orders&hide=returns&by=day").get_json()
    assert table == {"columns": ["day", "revenue"], "rows": [["2026-05-05", 70000], ["2026-05-04", 90000]]}


def test_sorted_by_what_is_hidden(client):
    assert client.get("/table?hide=orders").status_code == 400
    assert client.get("/table?hide=day&by=day").status_code == 400


def test_csv(client):
    assert client.get("/table.csv?hide=returns").text == "day,orders,revenue\n2026-05-05,31,70000\n2026-05-04,12,90000\n"
