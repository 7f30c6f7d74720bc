"""The wording that stands on every paper: what of it was shaped once is remembered for good.

Nothing of a person is ever in here: only the sentences of the program itself, before any value is
put into them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache

from shelterdesk.core.lao import breaks as lao_breaks
from shelterdesk.documents.words.consent_words import CONSENT
from shelterdesk.documents.words.letter_words import LETTER
from shelterdesk.documents.words.notice_words import NOTICE
from shelterdesk.documents.words.slip_words import SLIP
from shelterdesk.documents.words.wording import SHARED


def _texts(held: object) -> Iterator[str]:
    """Yield every sentence that lies anywhere in a table of words."""
    if isinstance(held, str):
        yield held
        return
    inside: Iterable[object] = ()
    if isinstance(held, Mapping):
        inside = held.values()
    elif isinstance(held, tuple | list | frozenset):
        inside = held
    elif is_dataclass(held):
        inside = (getattr(held, each.name) for each in fields(held))
    for each in inside:
        yield from _texts(each)


@cache
def _wording() -> tuple[frozenset[str], str]:
    """Return the sentences, and all of them as one text."""
    texts = frozenset(_texts((LETTER, SLIP, SHARED, CONSENT, NOTICE)))
    return texts, "\n".join(sorted(texts))


def is_fixed(piece: str) -> bool:
    """Tell whether a piece of a text stands in the wording as it is."""
    return piece in _wording()[1]


def marked(text: str) -> str:
    """Return a text with its break marks; a sentence of the wording is marked only once."""
    return _marked(text) if text in _wording()[0] else lao_breaks.breakable(text)


@cache
def _marked(sentence: str) -> str:
    return lao_breaks.breakable(sentence)
