from contextlib import closing
from decimal import ROUND_HALF_UP, Decimal

import psycopg2
import psycopg2.extras

CENT = Decimal("0.01")

SHIFTS = """
    SELECT day, hours, rate, factor FROM shifts
    WHERE employee = %(employee)s AND to_char(day, 'YYYY-MM') = %(month)s
    ORDER BY day, id
"""
PEOPLE = "SELECT DISTINCT employee FROM shifts WHERE to_char(day, 'YYYY-MM') = %(month)s ORDER BY employee"


class Ledger:
    def __init__(self, dsn):
        self.dsn = dsn

    def rows(self, query, **parameters):
        with closing(psycopg2.connect(self.dsn)) as connection:
            with connection, connection.cursor(cursor_factory=psycopg2.extras.RealDictCursor) as cursor:
                cursor.execute(query, parameters)
                yield from cursor

    def monthly_pay(self, employee, month):
        count, hours, gross = 0, Decimal(0), Decimal(0)
        for shift in self.rows(SHIFTS, employee=employee, month=month):
            count += 1
            hours += shift["hours"]
            if shift["factor"] is None:
                gross += shift["hours"] * shift["rate"]
            else:
                gross += shift["hours"] * shift["rate"] * shift["factor"]
        return {"shifts": count, "hours": str(hours), "gross": str(gross.quantize(CENT, ROUND_HALF_UP))}

    def people(self, month):
        return [row["employee"] for row in self.rows(PEOPLE, month=month)]
