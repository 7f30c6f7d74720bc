"""Letters and the papers beside them, made of hostile texts in a process that can be traced.

    python -m tests.privacy.letter_tour PLANTED

One paper of each kind is made first: that loads the modules and the fonts. Then two places are
asked for that are not there, one before and one after the papers that are full of payloads, so that
the trace shows what happened between. How many papers were made goes through the pipe.
"""

import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from shelterdesk.core import codes
from shelterdesk.core.disclosed import Disclosed, DisclosedItem, Recipient
from shelterdesk.documents.consent_sheet import consent_sheet
from shelterdesk.documents.her_page import her_page
from shelterdesk.documents.letterhead import PrintedHead, Sender
from shelterdesk.documents.referral_letter import referral_letter
from shelterdesk.documents.return_slip import return_slip
from shelterdesk.documents.withdrawal_notice import withdrawal_notice
from tests.documents.papers import (
    LANGUAGES,
    OFFICES,
    REFERENCE,
    disclosed,
    every_paper,
    facts,
    terms,
)
from tests.payloads import PAYLOADS, planted_in

BEGIN, END = "/the-letters-begin", "/the-letters-end"
ITEMS = ("legal_name", "need_requested", "her_wish", "safe_contact", "attachment_named")
"""One item for each part of a letter."""


def hostile(payload: str, language: str) -> Disclosed:
    """Return what leaves with the payload in every text of it."""
    labels = codes.labels("disclosure_item", language)
    items = tuple(DisclosedItem(code, labels[code], payload) for code in ITEMS)
    to = Recipient("1", payload, payload)
    return replace(disclosed((), language), items=items, recipient=to, agreed_in=payload)


def papers(payload: str, language: str) -> list[bytes]:
    """Return one paper of each kind with the payload wherever a text of somebody can stand."""
    let_out, office = (
        hostile(payload, language),
        PrintedHead(payload, "Office road 9", "021 555 000"),
    )
    usual = OFFICES[language]  # a notice has little room beside its slip
    sender, day = Sender(payload, payload), date(2026, 11, 3)
    texts = dict.fromkeys(("unit", "contact_person", "contact_phone", "accompanied_by"), payload)
    said = facts(language, sender=sender, **texts)
    own = replace(let_out, basis="own_file", recipient=Recipient())
    asked = dict.fromkeys(
        ("interpreter", "explained_by", "witness", "limits", "questions"), payload
    )
    plain = disclosed((), language)  # two letters: one sheet has no room for all of it
    return [
        referral_letter(replace(plain, items=let_out.items), usual, facts(language)),
        referral_letter(replace(let_out, items=()), office, said),
        consent_sheet(let_out, office, terms(language, **asked)),
        her_page(own, office, day, ""),
        withdrawal_notice(let_out.recipient, REFERENCE, usual, sender, day, language),
        return_slip(REFERENCE, office, day, language, ""),
    ]


def main() -> None:
    """Make everything once, then everything that is hostile."""
    planted = Path(sys.argv[1])
    texts = [planted_in(payload, planted) for payload in PAYLOADS]
    for language in LANGUAGES:
        every_paper(language)
        papers(" ".join(texts[-6:])[:40], language)
    made = 0
    os.access(BEGIN, os.F_OK)
    for language in LANGUAGES:
        for text in texts:
            made += len([pdf for pdf in papers(text, language) if pdf.startswith(b"%PDF")])
    os.access(END, os.F_OK)
    sys.stdout.write(f"made {made}\n")


if __name__ == "__main__":
    main()
