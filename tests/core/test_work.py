"""Long work tells how far it is and ends where it is asked to."""

import pytest
from typing_extensions import override

from shelterdesk.core.errors import Cancelled
from shelterdesk.core.work import Progress


class Told(Progress):
    """Remembers what it was shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[tuple[str, int, int]] = []

    @override
    def show(self, doing: str, done: int, total: int) -> None:
        self.shown.append((doing, done, total))


def test_each_step_is_shown_under_what_was_begun_last() -> None:
    progress = Told()
    progress.begin("Copying")
    progress.step(1, 2)
    progress.begin("Checking")
    progress.step(5, 5)
    assert progress.shown == [
        ("Copying", 0, 1), ("Copying", 1, 2), ("Checking", 0, 1), ("Checking", 5, 5)
    ]  # fmt: skip


def test_after_stop_the_next_step_ends_the_work() -> None:
    progress = Told()
    progress.stop()
    with pytest.raises(Cancelled):
        progress.step(1, 2)
    with pytest.raises(Cancelled):
        progress.begin("More")
    assert progress.shown == []


def test_the_plain_one_shows_nothing_and_goes_on() -> None:
    progress = Progress()
    progress.begin("Copying")
    progress.step(1, 1)
    progress.stop()
    with pytest.raises(Cancelled):
        progress.step(1, 1)
