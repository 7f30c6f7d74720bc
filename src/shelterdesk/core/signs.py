"""Signs that nobody sees: what they may do in a text here, and what is dropped or refused.

A sign that turns the direction of writing makes a name read as another on the screen and on paper;
one that is not seen makes two names of one; half an emoji cannot be written to the disk at all.
None of them is ever needed in a record, but three that some scripts and emoji are written with:

- U+200B, a break between two words, only inside scripts without spaces (Lao, Thai, Khmer, Burmese):
  some people type Lao so, and lines break there. The search and the guards leave it out.
- U+200D and U+200C, joiner and non-joiner, inside one emoji, or inside one word of a script whose
  letters join (Khmer, Burmese, Devanagari, Arabic and their neighbours).

Line break and tab stay; the other breaks of a line become one of the usual kind.
"""

import re
from typing import Final

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_

_LINE_BREAK: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

_NEVER: Final = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # seen by nobody, or only at times
    "\u200e\u200f\u202a-\u202e\u2060-\u206f"  # direction, joining, invisible operators
    "\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # halves of letters, and what is no letter
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
    "]"
)

_SPACELESS: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\uaa7f"
_JOINING: Final = _SPACELESS + "\u0600-\u06ff\u0750-\u077f\u08a0-\u0dff"
_EMOJI: Final = "\u200d\u203c-\u3299\ufe0f\U0001f000-\U0001faff"

_LOOSE: Final = re.compile(
    f"(?<![{_SPACELESS}])\u200b|\u200b(?![{_SPACELESS}])"
    f"|(?<![{_JOINING}{_EMOJI}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINING}{_EMOJI}])"
)
_REPEATED: Final = re.compile("([\u200b-\u200d])[\u200b-\u200d]+")


UNSEEN: Final = N_(
    "This text holds signs that cannot be seen or that turn its direction. Type it once more, "
    "without them."
)


class HiddenSigns(DeskError):
    """A text holds signs that nobody sees, or half a letter."""

    sentence = UNSEEN


def without_loose(text: str) -> str:
    """Return a text without the signs that are never needed; joiners stay wherever they are."""
    if text.isascii() and text.isprintable():
        return text
    return _NEVER.sub("", _LINE_BREAK.sub("\n", text))


def without_signs(text: str) -> str:
    """Return a text without the signs that nobody sees and that have no work to do in it."""
    kept = without_loose(text)
    if kept.isascii():
        return kept
    return _LOOSE.sub("", _REPEATED.sub(r"\1", kept))


def has_signs(text: str) -> bool:
    """Tell whether a text holds what `without_signs` takes out or makes usual."""
    return without_signs(text) != text
