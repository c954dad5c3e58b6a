import hmac


def is_ours(given, kept):
    """Compared in a time that says nothing of where they differ."""
    return hmac.compare_digest(given, kept)


def accepted(delivery, settings):
    return is_ours(delivery["token"], settings["hook_token"])
