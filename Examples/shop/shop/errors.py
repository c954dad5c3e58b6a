"""What a caller can be told."""


class ShopError(Exception):
    status = 400


class Invalid(ShopError):
    status = 422


class NotFound(ShopError):
    status = 404


class Conflict(ShopError):
    status = 409
