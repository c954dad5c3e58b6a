import base64
import json

from signin.tokens import claims


def test_claims():
    body = base64.urlsafe_b64encode(json.dumps({"sub": "ada"}).encode()).decode().rstrip("=")
    assert claims(f"e30.{body}.x") == {"sub": "ada"}
