import json
import os
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def production():
    import servers

    old = {"items": [{"sku": "mug-blue", "unit_price": 1290}, {"sku": "mug-blue", "unit_price": 1290}]}
    os.environ["REDIS_URL"] = servers.redis(**{"basket:c-77120": json.dumps(old)})
    from baskets.app import create_app

    client = create_app().test_client()
    client.post("/baskets/c-90412/items", json={"sku": "tea-assam", "unit_price": 640, "quantity": 2})
    client.get("/baskets/c-90412/total")
    client.get("/baskets/c-77120/total")
