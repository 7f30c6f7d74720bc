"""Every field of every kind can be filled by somebody in the window, or a service says why not."""

from collections import defaultdict
from collections.abc import Iterable

from shelterdesk.gui.pages.case import around_her, notes, standing, stay_end, task_acts
from shelterdesk.gui.pages.case.areas import SECTIONS
from shelterdesk.gui.pages.case.case_facts import CAME_WITH, CASE_FACTS
from shelterdesk.gui.pages.case.intake_steps import STEPS
from shelterdesk.gui.pages.directory.organisation_offers import OFFERS
from shelterdesk.gui.pages.disclosure import referral_slip
from shelterdesk.gui.pages.incident import incident_forms
from shelterdesk.gui.pages.keeping import letterhead
from shelterdesk.gui.pages.kept import kept_forms
from shelterdesk.records.base import Record
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.case.task import Task
from shelterdesk.records.disclosure.letterhead import Letterhead
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.house.beds import Bed, Bedroom, BedState
from shelterdesk.records.house.belonging import Belonging, Custody, KeptWish
from shelterdesk.records.house.incident import Incident, IncidentPerson, IncidentStep
from shelterdesk.records.house.money import CashCount, MoneyLine
from shelterdesk.records.house.place_request import PlaceRequest
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.groups.places import ASKED, BECAME

HUNG = "what it hangs on is where it is written"
ACT = "an act fills it in, when it is done"
WEIGHED = "its own page asks it, and weighs what is said"

ELSEWHERE: dict[str, dict[str, str]] = {
    "absence": dict.fromkeys(
        (
            *("case_id", "reason", "out_at", "due_at", "escort_id", "goes_with", "agreed_by_id"),
            *("place", "reach", "alert_minutes", "back_at", "back_how", "ended_at"),
            *("standing_id", "corrects_id", "why_corrected"),
        ),
        WEIGHED,
    ),
    "attachment": {
        "case_id": HUNG,
        "name": "asked where a paper is brought in",
        **dict.fromkeys(("media_type", "pages"), "read from the paper itself"),
    },
    "bed_state": {"bed_id": HUNG, "usable": "out of use, and back, are two buttons"},
    "bed_stay": {
        **dict.fromkeys(("case_id", "stay_id", "since", "until"), ACT),
        **dict.fromkeys(("bed_id", "shares"), "asked where she is given another bed"),
    },
    "case": {
        "person_id": "made when who she is is first saved",
        "state": ACT,
        **dict.fromkeys(("closed_on", "closing_reason"), "asked where a case is closed"),
        **dict.fromkeys(("owner_id", "second_worker_id", "legal_officer_id"), "who works on it"),
    },
    "case_note": {
        "case_id": HUNG,
        "corrects_id": "the note from which a correction was begun",
        **dict.fromkeys(
            ("process_note", "reason"),
            "its sealed part and its correction",
        ),
    },
    "consent": dict.fromkeys(
        (
            *("purpose", "decision", "actor", "actor_person_id", "organisation_id"),
            *("recipient_person", "form", "language", "interpreter", "explained_by_id"),
            *("witness", "statement", "questions", "limits", "valid_from", "valid_until"),
            *("capacity_checked", "panel", "together_id", "evidence_id", "case_id"),
        ),
        WEIGHED,
    ),
    "consent_item": dict.fromkeys(("case_id", "consent_id", "item", "allowed"), WEIGHED),
    "incident": dict.fromkeys(
        ("reviewed_by_id", "reviewed_at", "reopened_at", "closed_at"),
        ACT,
    ),
    "incident_person": {"incident_id": HUNG, "at": "when it happened"},
    "incident_step": {"incident_id": HUNG, "by_id": ACT},
    "belonging": {"case_id": HUNG, "how_many": "it stands in the list of what came in"},
    "custody": {
        **dict.fromkeys(("case_id", "belonging_id"), HUNG),
        **dict.fromkeys(("receipt", "corrects_id"), ACT),
    },
    "money_line": {
        "case_id": HUNG,
        **dict.fromkeys(("event", "receipt", "corrects_id"), ACT),
    },
    "cash_count": dict.fromkeys(("expected", "receipt"), ACT),
    "kept_wish": {"case_id": HUNG, **dict.fromkeys(("at", "signed_by_id"), ACT)},
    "witness_answer": dict.fromkeys(("receipt", "by_id", "answer", "at"), ACT),
    "attendance": dict.fromkeys(
        ("case_id", "group_id", "came", "on_day", "replaced"),
        "marked in the list of who lives here",
    ),
    "house_agreement": {"case_id": HUNG},
    "group_service": dict.fromkeys(
        (
            *("service", "theme", "on_day", "minutes", "led_by_id", "led_by_office_id"),
            *("corrects_id", "why_corrected"),
        ),
        WEIGHED,
    ),
    "place_request": dict.fromkeys(("corrects_id", "why_corrected"), WEIGHED),
    "sheet": dict.fromkeys(
        (
            *("code", "kind", "for_day", "printed_at", "rows", "writer_id", "typed_at"),
            *("typed_by_id", "voided_at", "why_void"),
        ),
        ACT,
    ),
    "roll": dict.fromkeys(("night", "at", "by_id", "in_house", "away", "missing", "remark"), ACT),
    "roll_line": dict.fromkeys(("case_id", "roll_id", "seen", "bed_id", "remark"), WEIGHED),
    "log_line": dict.fromkeys(
        (
            *("at", "kind", "text", "must_read", "stays_open", "done_at", "done_by_id"),
            *("corrects_id", "why_corrected"),
        ),
        WEIGHED,
    ),
    "log_mention": dict.fromkeys(("case_id", "line_id", "at"), "whoever stands after @ in a line"),
    "on_duty": dict.fromkeys(("shift_id", "staff_id"), WEIGHED),
    "shift": dict.fromkeys(("day", "kind", "lead_id", "began_at", "ended_at"), WEIGHED),
    "shift_handover": dict.fromkeys(("shift_id", "at", "by_id", "words", "cash_agrees"), WEIGHED),
    "shift_handover_read": dict.fromkeys(("handover_id", "by_id", "at"), ACT),
    "visitor": dict.fromkeys(
        (
            *("who", "kind", "from_id", "to_see_id", "she_agreed", "paper_seen", "came_at"),
            *("silence_promised", "went_at", "let_in_by_id"),
        ),
        WEIGHED,
    ),
    "standing_leave": dict.fromkeys(
        (
            *("case_id", "reason", "days", "out_hour", "back_hour", "since", "until"),
            "agreed_by_id",
        ),
        WEIGHED,
    ),
    "withdrawal": {
        "how": "asked where she takes a consent back",
        **dict.fromkeys(("case_id", "consent_id", "at", "told_by_id"), ACT),
    },
    "disclosure": dict.fromkeys(
        (
            *("case_id", "at", "items", "organisation_id", "recipient_person", "medium"),
            *("basis", "consent_id", "law", "told_on", "reason", "referral_id"),
            *("second_person", "review_by", "warned", "content_digest", "lines"),
        ),
        "written by the door when something leaves",
    ),
    "enclosure": dict.fromkeys(("case_id", "referral_id", "attachment_id"), "papers of a letter"),
    "health_visit": {"case_id": HUNG},
    "intake": {"case_id": HUNG},
    "legal_matter": {"case_id": HUNG},
    "letter": dict.fromkeys(
        (
            *("case_id", "referral_id", "disclosure_id", "copy", "language", "made_at"),
            *("state", "why", "code", "file"),
        ),
        "written when a letter is made",
    ),
    "letterhead": {"profile": "one of two, each with its card"},
    "referral": {
        **dict.fromkeys(
            ("organisation_id", "service", "priority", "need", "already_given", "answer_by"),
            "asked where a letter is written",
        ),
        **dict.fromkeys(
            (
                *("case_id", "reference", "state", "consent_id", "delivery", "copies"),
                *("delivered_at", "answered_at", "letter_id", "delivered_by", "closing_reason"),
            ),
            ACT,
        ),
    },
    "release": {
        **dict.fromkeys(("sentence", "until"), "the box in which it is released"),
        **dict.fromkeys(
            (
                *("case_id", "item", "released_by_id", "released_on", "asked_by_id"),
                *("referral_id", "task_id"),
            ),
            ACT,
        ),
    },
    "relation": {
        "person_id": HUNG,
        "other_id": "who is written down with it, or was chosen",
    },
    "return_plan": {"case_id": HUNG},
    "service_offer": {"organisation_id": HUNG, "verified_on": "the button beside it"},
    "setting": {
        "name": "one of those that there are",
        "second_person": "who signs it",
        **dict.fromkeys(("value", "citation", "checked_by"), "the page of the house's settings"),
    },
    "contact_point": {"person_id": HUNG},
    "staff_member": {
        "holder_id": "her place in the keyring",
        "name": "asked where somebody is taken on",
        "ended_on": "her access is ended",
    },
    "stay": {
        "case_id": HUNG,
    },
    "task": {
        "case_id": HUNG,
        "state": ACT,
        "done_at": ACT,
        "referral_id": "the letter that it comes from",
    },
}
"""What no form of the facts asks, and who fills it in instead."""


def asked() -> dict[str, set[str]]:
    """Return the fields that the forms of the window ask, by kind."""
    found: defaultdict[str, set[str]] = defaultdict(set)

    def asks(kind: type[Record], names: Iterable[str]) -> None:
        found[kind.kind_name()] |= set(names)

    for section in (*SECTIONS, OFFERS, CASE_FACTS, CAME_WITH, around_her.CONTACTS):
        names = section.shows or tuple(section.kind.fields())
        asks(section.kind, set(names) - set(section.only_read) - {section.hangs_on})
    for _name, _title, _area, parts in STEPS:
        for _which, kind, names in parts:
            asks(kind, names or set(kind.fields()) - {"kind"})
    asks(Record.named("case"), ("code", "alias"))
    asks(Person, around_her._NEW_WHO)
    asks(Relation, around_her._RELATION)
    asks(ContactPoint, around_her._REACH)
    asks(CaseNote, notes._OPENLY)
    asks(Task, task_acts._CHANGED)
    asks(Stay, stay_end._FIELDS)
    asks(Referral, referral_slip._FIELDS)
    asks(Organisation, Organisation.fields())
    asks(Bedroom, Bedroom.fields())
    asks(Bed, Bed.fields())
    asks(BedState, ("reason", "since"))
    asks(Letterhead, letterhead._FIELDS)
    asks(Incident, (*incident_forms.ASKED, "lesson"))
    asks(IncidentPerson, ("case_id", "part"))
    asks(IncidentStep, ("what", "at"))
    asks(Belonging, ("what", "marks", "where_kept", "identity_paper"))
    asks(Custody, (*kept_forms._OUT, *kept_forms._AGAIN))
    asks(MoneyLine, (*kept_forms._MONEY, *kept_forms._AGAIN))
    asks(CashCount, ("counted", "witness_id", "at"))
    asks(KeptWish, ("wish", "she_signed"))
    asks(PlaceRequest, (*ASKED, *BECAME))
    asks(StaffMember, letterhead._SIGNS)
    return found


def test_every_field_has_a_way_in_or_a_reason() -> None:
    forms = asked()
    without = {
        f"{kind.kind_name()}.{name}"
        for kind in Record.kinds
        for name in kind.fields()
        if name not in forms.get(kind.kind_name(), set())
        and name not in ELSEWHERE.get(kind.kind_name(), {})
    }
    assert without == set()


def test_no_reason_is_given_for_what_a_form_asks_or_what_is_gone() -> None:
    forms = asked()
    fields = {kind.kind_name(): set(kind.fields()) for kind in Record.kinds}
    too_much = {
        f"{kind}.{name}"
        for kind, names in ELSEWHERE.items()
        for name in names
        if name not in fields.get(kind, set()) or name in forms.get(kind, set())
    }
    assert too_much == set()


def test_who_works_on_a_case_is_asked_in_its_own_step() -> None:
    assert {name for name, _label in standing._FIELDS} <= ELSEWHERE["case"].keys()
