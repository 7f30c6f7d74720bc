"""A long test beside the one that ends its worker."""

import time


def test_long() -> None:
    time.sleep(600)
