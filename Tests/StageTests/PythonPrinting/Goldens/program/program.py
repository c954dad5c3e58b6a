import os

os.environ["MODE"] = 'li"ve'

from unittest import mock

import shop.rates
from shop.cart import total as count

mock.patch.object(shop.rates, "fetch", return_value=None).start()
mock.patch("time.time", return_value=5.0).start()
total = 1
__nevermore_result__ = list(count(total, count))
