import os
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def production():
    import servers

    os.environ["PAYROLL_DSN"] = servers.postgresql("""
        CREATE TABLE shifts (
            id serial PRIMARY KEY, employee text NOT NULL, day date NOT NULL,
            hours numeric(4,2) NOT NULL, rate numeric(7,2) NOT NULL, factor double precision);
        INSERT INTO shifts (employee, day, hours, rate)
            SELECT 'nadia', date '2026-04-01' + n, 7.50, 21.33 FROM generate_series(0, 12) AS n;
        INSERT INTO shifts (employee, day, hours, rate, factor) VALUES ('nadia', '2026-04-18', 9.25, 21.33, 1.25);
        INSERT INTO shifts (employee, day, hours, rate) VALUES ('omar', '2026-04-02', 4.00, 19.10);
    """)
    from payroll.web import create_app

    client = create_app().test_client()
    client.get("/months/2026-04")
    client.get("/employees/omar/pay/2026-04")
    client.get("/employees/nadia/pay/2026-04")
