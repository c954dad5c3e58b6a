def shard(token):
    """Which counter a token's calls are added to."""
    return ord(token[0]) % 8


def counted(call):
    return {"shard": shard(call["api_token"]), "caller": call["contact"]}
