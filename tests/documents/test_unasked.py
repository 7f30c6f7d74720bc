"""What belongs to something she let out is not told without it; the slips tell nothing at all."""

from dataclasses import replace

import pytest

from shelterdesk.core.disclosed import Recipient
from shelterdesk.documents.referral_letter import referral_letter
from tests.documents.papers import LANGUAGES, OFFICES, disclosed, facts
from tests.documents.read_back import by_poppler, solid

BOTH = pytest.mark.parametrize("language", LANGUAGES)
REQUESTS = ("her_wish", "service_given", "interview_conditions", "deadline")
"""Items that stand in the same part of a letter as what is asked for."""


def sheet(pdf: bytes, number: int) -> str:
    """Return the text of one sheet without blanks."""
    return solid(by_poppler(pdf).split("\f")[number])


@BOTH
@pytest.mark.parametrize("item", REQUESTS)
def test_the_service_is_not_told_by_what_stands_beside_it(item: str, language: str) -> None:
    said = facts(language)
    beside = referral_letter(disclosed(("case_code", item), language), OFFICES[language], said)
    assert solid(said.service) not in sheet(beside, 0)
    asked = disclosed(("case_code", "need_requested", item), language)
    assert solid(said.service) in sheet(referral_letter(asked, OFFICES[language], said), 0)


@BOTH
def test_a_slip_does_not_say_who_was_asked(language: str) -> None:
    """A slip that is found on the way back tells of no clinic, no court and nobody there."""
    clinic = Recipient("1", "Quillfeather clinic", "Dr Zebulon")
    let_out = replace(disclosed(("case_code", "need_requested"), language), recipient=clinic)
    said = facts(language, contact_person="Dr Zebulon", unit="Ward Xanthe")
    pdf = referral_letter(let_out, OFFICES[language], said)
    assert "Quillfeather" in sheet(pdf, 0)
    for name in ("Quillfeather", "Zebulon", "Xanthe", said.service):
        assert solid(name) not in sheet(pdf, 1)
