# Failure 7c1e: KeyError in shop/cart.py:discount, first seen 2026-03-01.
#
# v1 KeyError at shop/cart.py:discount: #

import asyncio
import os
import unittest
from unittest import mock

from shop.cart import Basket
from shop.rates import Rates
from shop.tasks import total


class TotalOfAnEmptyBasketTests(unittest.TestCase):
    # known issue: the total of nothing is not defined
    @unittest.expectedFailure
    def test_total_of_an_empty_basket(self):
        with mock.patch.dict(os.environ, {"MODE": "live"}):
            with mock.patch.object(Rates, "fetch", return_value={}):
                with mock.patch("time.time", return_value=1772368200.0):
                    basket = Basket()
                    result = asyncio.run(total(basket, True))
                    self.assertEqual(result, 0)
