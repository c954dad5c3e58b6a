import json
import os

import redis

DAYS = 30

client = redis.Redis.from_url(os.environ.get("REDIS_URL", "redis://localhost:6379/0"), decode_responses=True)


def key_of(customer):
    return f"basket:{customer}"


def save(customer, basket):
    client.set(key_of(customer), json.dumps(basket), ex=DAYS * 24 * 3600)
