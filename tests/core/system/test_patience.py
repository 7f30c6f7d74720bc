"""A file that another program holds for a moment: tried again on Windows, and told at last."""

import pytest

from shelterdesk.core.system.patience import HELD, PAUSES, patiently


def held(number: int) -> OSError:
    """Return what Python raises on Windows; elsewhere the number is put in by hand."""
    fault = PermissionError(13, "held")
    setattr(fault, "winerror", number)  # noqa: B010 - only Windows declares it
    return fault


class Scanner:
    """Holds a file for so many tries."""

    def __init__(self, tries: int, number: int) -> None:
        self.left, self.number = tries, number

    def __call__(self) -> str:
        if self.left:
            self.left -= 1
            raise held(self.number)
        return "done"


@pytest.mark.parametrize("number", sorted(HELD))
def test_it_is_tried_again_until_the_file_is_free(number: int) -> None:
    slept: list[float] = []
    assert patiently(Scanner(3, number), slept.append) == "done"
    assert slept == list(PAUSES[:3])


def test_who_never_lets_go_is_told_of_in_the_end() -> None:
    slept: list[float] = []
    with pytest.raises(PermissionError):
        patiently(Scanner(99, 32), slept.append)
    assert slept == list(PAUSES)


@pytest.mark.parametrize("number", [2, 112, 1167])
def test_nothing_else_is_waited_for(number: int) -> None:
    slept: list[float] = []
    with pytest.raises(OSError, match="held"):
        patiently(Scanner(1, number), slept.append)
    assert slept == []


def test_a_fault_of_another_system_is_told_at_once() -> None:
    slept: list[float] = []

    def refused() -> None:
        raise PermissionError(13, "not yours")

    with pytest.raises(PermissionError):
        patiently(refused, slept.append)
    assert slept == []
