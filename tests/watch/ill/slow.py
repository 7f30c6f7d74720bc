"""A test that is slow, as on a computer with much else to do: it uses a tenth of a processor."""

import time


def test_slow() -> None:
    end = time.monotonic() + 6
    while time.monotonic() < end:
        begun = time.process_time()
        while time.process_time() - begun < 0.02:
            pass
        time.sleep(0.18)
