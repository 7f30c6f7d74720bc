"""What goes into the full-text index, and how a question is put to it.

Lao, Thai, Khmer, Burmese and Chinese are written without blanks between words, so SQLite's own
tokenizers find a tenth of their words. Here each of their characters becomes a word of its own,
and what is searched becomes a phrase of such words: a part as short as one letter is found. The
table is declared with the tokenizer `TOKENIZER`, which must keep vowel signs as part of the text.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from shelterdesk.core.lao.letters import normalised

TOKENIZER: Final = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
"""For `CREATE VIRTUAL TABLE … USING fts5(…, tokenize = "…")`."""

MOST_WORDS: Final = 32
"""Words of a question that are looked for; FTS5 refuses very long ones, people never type them."""

_APART: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f"
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
)
"""Scripts without blanks: Thai, Lao, Burmese, Khmer, Burmese extensions; kana and Han."""


@lru_cache(maxsize=4096)
def _piece(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] not in "LN" and category not in ("Co", "Mn", "Mc"):
        return " "
    return f" {character} " if _APART.match(character) else character


def index_text(text: str) -> str:
    """Return `text` for the index: normalised, blanks around every Lao, Thai, … character.

    Only letters, marks and digits are left, so the result holds no sign that FTS5 could take
    for an operator.
    """
    return " ".join("".join(map(_piece, normalised(text))).split())


def _phrase(word: str, last: bool) -> str:
    """Return a word in quotes; the last one may go on where its script sets words apart."""
    goes_on = last and not _APART.match(word[-1])
    return f'"{word}"*' if goes_on else f'"{word}"'


def match_query(text: str) -> str:
    """Return the FTS5 MATCH expression for what was typed, "" when there is nothing to look for.

    Every word typed must be found. The last one may be the beginning of a longer word, since
    results are shown while it is being typed.
    """
    words = [word for typed in normalised(text).split() if (word := index_text(typed))]
    words = words[:MOST_WORDS]
    return " ".join(_phrase(word, place == len(words)) for place, word in enumerate(words, 1))
