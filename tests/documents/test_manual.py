"""The help on paper: all of it, in order, with the pictures of its language."""

from datetime import date

import pytest

from shelterdesk.core.help.topics import help_topics
from shelterdesk.core.i18n import LANGUAGES
from shelterdesk.documents.manual import manual
from tests.documents.read_back import by_pdfium, pdf_opened

DAY = date(2026, 11, 29)


def solid(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_printed_in_order(language: str) -> None:
    text, at = solid(by_pdfium(manual(language, DAY))), 0
    for topic in help_topics(language):
        for said in (topic.title, topic.opening, *(p.heading for p in topic.parts)):
            at = text.index(solid(said), at)
        for part in topic.parts:
            assert [s for s in part.sentences() if solid(s) not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_printed_once(language: str) -> None:
    used = [p.picture for topic in help_topics(language) for p in topic.parts if p.picture]
    made = manual(language, DAY)
    document, lying = pdf_opened(made)
    assert document.pageCount() >= 4
    document.close()
    lying.close()
    assert made.count(b"/Subtype /Image") == len(set(used))
