def remainder(account):
    """An account's number is sound where this is one."""
    turned = account[4:] + account[:4]
    digits = "".join(str(ord(sign) - 55) if sign.isupper() else sign for sign in turned)
    return int(digits) % 97


def sound(transfer):
    return remainder(transfer["iban"]) == 1
