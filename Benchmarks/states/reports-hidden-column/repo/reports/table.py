"""The table of day figures: which columns it has, and in which order its rows are."""

COLUMNS = ["day", "orders", "revenue", "returns"]
SORTED_BY = "orders"


def shown(hide):
    """The columns that are left."""
    columns = COLUMNS
    for name in hide:
        if name in columns:
            columns.remove(name)
    return columns


def table(days, hide=(), by=None):
    columns = shown(hide)
    place = columns.index(by or SORTED_BY)
    rows = [[day[column] for column in columns] for day in days]
    return {"columns": columns, "rows": sorted(rows, key=lambda row: row[place], reverse=True)}


def csv(table):
    lines = [table["columns"], *table["rows"]]
    return "\n".join(",".join(str(cell) for cell in line) for line in lines) + "\n"
