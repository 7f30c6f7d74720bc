"""What counts as a sentence, where a reason has to be one."""

from typing import Final

SENTENCE: Final = 15
"""Letters that a reason has at the least."""


def is_sentence(text: str) -> bool:
    """Tell whether a reason says something: fifteen letters, blanks not counted."""
    return len("".join(text.split())) >= SENTENCE
