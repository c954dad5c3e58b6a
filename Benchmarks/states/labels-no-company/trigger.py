import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.dirname(HERE))


def production():
    import servers

    with open(f"{HERE}/repo/labels/schema.sql") as f:
        schema = f.read()
    os.environ["DATABASE_URL"] = servers.postgresql(schema + """
        INSERT INTO customers VALUES
            (20117, 'Petra Lund', 'Lund Optik GmbH', 'Hafenstr. 12', '20457', 'Hamburg', 'DE'),
            (20118, 'Emil Sand', NULL, 'Am Wehr 3', '48143', 'Münster', 'DE');
    """)
    from fastapi.testclient import TestClient
    from labels.main import app

    client = TestClient(app, raise_server_exceptions=False)
    client.get("/customers/20117/label")
    client.get("/customers/20118/label")
