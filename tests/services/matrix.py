"""What is asked of every method of every service: the right that it needs, and a call of it.

The right is written as in the design's table: an area, and R or W. `reopen` and `withdraw` need the
right to write and work in a closed case as well, as does whatever is noted of a paper that is out.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from shelterdesk.core.disclosed import Basis, Recipient
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.alike import Sought
from shelterdesk.services.consent.consents import SheWasTold
from shelterdesk.services.house_sheets import Sheet
from shelterdesk.services.keeping.access_log import LogFilter
from tests.services.matrix_days import DAY_LINES
from tests.services.matrix_directory import DIRECTORY
from tests.services.matrix_releases import RELEASES
from tests.services.settling import AN_ACT
from tests.services.seven import NAMES, STRANGER, AtDesk, Setting

Call = Callable[[AtDesk, Setting], object]
Plain = Callable[[AtDesk], object]

WHY = "nobody answered the telephone for a week"
REFUSED = {"purpose": "photo_audio", "decision": "refused", "actor": "self_adult"}


def stays(setting: Setting) -> Sheet:
    """Return the sheet of her stays."""
    return Sheet(type(setting.stay), "", setting.case)


IN_A_CASE: dict[str, tuple[str, Call]] = {
    "cases.admit": ("house:W", lambda at, s: at.desk.cases.admit({"stay": {"bed": "4"}}, s.case)),
    "cases.get": ("house:R", lambda at, s: at.desk.cases.get(s.case.id)),
    "cases.look_into": ("house:R", lambda at, s: at.desk.cases.look_into(s.case.id)),
    "cases.person_of": ("house:R", lambda at, s: at.desk.cases.person_of(s.case)),
    "cases.relations_of": ("identity:R", lambda at, s: at.desk.cases.relations_of(s.case)),
    "cases.timeline": ("house:R", lambda at, s: at.desk.cases.timeline(s.case)),
    "cases.write_note": ("case_work:W", lambda at, s: at.desk.cases.write_note(s.case, "new")),
    "cases.correct_note": (
        "case_work:W",
        lambda at, s: at.desk.cases.correct_note(s.note, "better", "wrong day"),
    ),
    "cases.notes_of": ("case_work:R", lambda at, s: at.desk.cases.notes_of(s.case)),
    "cases.in_notes": ("case_work:R", lambda at, s: at.desk.cases.in_notes(s.case, "slept")),
    "cases.open_process_note": (
        "testimony:R",
        lambda at, s: at.desk.cases.open_process_note(s.note),
    ),
    "cases.assign": (
        "case_work:W",
        lambda at, s: at.desk.cases.assign(s.case, second_worker_id=at.staff[NAMES[at.role]]),
    ),
    "cases.close": (
        "case_work:W",
        lambda at, s: at.desk.cases.close(s.case, "other", left={"exit_type": "other"}),
    ),
    "cases.reopen": ("case_work:reopen", lambda at, s: at.desk.cases.reopen(s.case, "came back")),
    "cases.save": ("case_work:W", lambda at, s: at.desk.cases.save(changed(s.note, text="other"))),
    "residence.stays_of": ("house:R", lambda at, s: at.desk.residence.stays_of(s.case)),
    "residence.children_of": ("house:R", lambda at, s: at.desk.residence.children_of(s.case)),
    "residence.admit": ("house:W", lambda at, s: at.desk.residence.admit(s.case)),
    "residence.leave": ("house:W", lambda at, s: at.desk.residence.leave(s.stay, "died")),
    "tasks.open_of": ("tasks:R", lambda at, s: at.desk.tasks.open_of(s.case)),
    "cases.may_take": ("house:R", lambda at, s: at.desk.cases.may_take(s.case)),
    "tasks.of_case": ("tasks:R", lambda at, s: at.desk.tasks.of_case(s.case)),
    "tasks.add": ("tasks:W", lambda at, s: at.desk.tasks.add("x", case=s.case)),
    "tasks.finish": ("tasks:W", lambda at, s: at.desk.tasks.finish(s.task)),
    "tasks.postpone": ("tasks:W", lambda at, s: at.desk.tasks.postpone(s.task, date(2027, 1, 1))),
    "tasks.hand_over": (
        "tasks:W",
        lambda at, s: at.desk.tasks.hand_over(s.task, at.staff[STRANGER]),
    ),
    "tasks.rank": ("tasks:W", lambda at, s: at.desk.tasks.rank(s.task, "urgent")),
    "tasks.drop": ("tasks:W", lambda at, s: at.desk.tasks.drop(s.task, "done by her")),
    "letters.doubts": ("consent:R", lambda at, s: at.desk.letters.doubts(s.referral)),
    "letters.consent_sheet": (
        "consent:R",
        lambda at, s: at.desk.letters.consent_sheet(s.consent),
    ),
    "letters.her_page": (
        "consent:withdraw",
        lambda at, s: at.desk.letters.her_page(s.case, ["alias"]),
    ),
    "letters.her_page_preview": (
        "consent:R",
        lambda at, s: at.desk.letters.her_page_preview(s.case, ["alias"]),
    ),
    "letters.her_ledger": ("consent:withdraw", lambda at, s: at.desk.letters.her_ledger(s.case)),
    "letters.her_ledger_preview": (
        "consent:R",
        lambda at, s: at.desk.letters.her_ledger_preview(s.case),
    ),
    "sheets.listed": ("house:R", lambda at, s: at.desk.sheets.listed(stays(s), [s.stay.id])),
    "sheets.read": ("house:R", lambda at, s: at.desk.sheets.read(stays(s), s.stay)),
    "sheets.on_paper": ("", lambda at, s: at.desk.sheets.on_paper(stays(s))),
    "sheets.to_fill_in": ("", lambda at, s: at.desk.sheets.to_fill_in(stays(s))),
    "records.was_opened": ("", lambda at, s: at.desk.records.was_opened(s.note, "process_note")),
    "letters.withdrawal_notice": (
        "consent:R",
        lambda at, s: at.desk.letters.withdrawal_notice(s.referral),
    ),
    "letters.return_slip": ("consent:R", lambda at, s: at.desk.letters.return_slip(s.referral)),
    "records.get": ("identity:R", lambda at, s: at.desk.records.get(type(s.contact), s.contact.id)),
    "records.save": (
        "identity:W",
        lambda at, s: at.desk.records.save(changed(s.contact, value="020 1")),
    ),
    "records.change": (
        "age:W",
        lambda at, s: at.desk.records.change(s.person, {"given_name": "Dao"}),
    ),
    "history.of_case": ("case_work:R", lambda at, s: at.desk.history.of_case(s.case, 1)),
    "history.of": ("case_work:R", lambda at, s: at.desk.history.of(s.note)),
    "records.open_sealed": (
        "testimony:R",
        lambda at, s: at.desk.records.open_sealed(s.note, "process_note"),
    ),
}

LONG = "a reason in a sentence"


AT_A_DESK: dict[str, tuple[str, Plain]] = {
    "cases.open_case": ("house:W", lambda at: at.desk.cases.open_case()),
    "cases.all_cases": ("house:R", lambda at: at.desk.cases.all_cases()),
    "cases.rows": ("house:R", lambda at: at.desk.cases.rows()),
    "residence.in_house": ("house:R", lambda at: at.desk.residence.in_house()),
    "tasks.mine": ("tasks:R", lambda at: at.desk.tasks.mine()),
    "tasks.open_tasks": ("tasks:R", lambda at: at.desk.tasks.open_tasks()),
    "staff.members": ("staff:R", lambda at: at.desk.staff.members()),
    "staff.me": ("staff:R", lambda at: at.desk.staff.me()),
    "staff.choices": ("staff:R", lambda at: at.desk.staff.choices()),
    "staff.onlookers": ("staff:R", lambda at: at.desk.staff.onlookers()),
    "staff.signers": ("staff:R", lambda at: at.desk.staff.signers(AN_ACT)),
    "staff.access": ("staff:R", lambda at: at.desk.staff.access()),
    "staff.roles_of": ("staff:R", lambda at: at.desk.staff.roles_of(stranger(at))),
    "staff.add": ("keys:W", lambda at: at.desk.staff.add("New", "short", [Role.NURSE])),
    "staff.change": ("staff:W", lambda at: at.desk.staff.change(stranger(at), {"phone": "1"})),
    "staff.end": ("keys:W", lambda at: at.desk.staff.end(myself(at))),
    "staff.reset": ("keys:W", lambda at: at.desk.staff.reset(myself(at))),
    "staff.change_own_passphrase": (
        "",
        lambda at: at.desk.staff.change_own_passphrase("wrong", "wrong"),
    ),
    "staff.second_signature": (
        "",
        lambda at: at.desk.staff.second_signature(STRANGER, "x", AN_ACT),
    ),
    "drafts.keep": ("", lambda at: at.desk.drafts.keep("page", {"text": "x"})),
    "drafts.mine": ("", lambda at: at.desk.drafts.mine()),
    "drafts.drop": ("", lambda at: at.desk.drafts.drop("page")),
    "home.my_day": ("", lambda at: at.desk.home.my_day()),
    "naming.choices": ("", lambda at: at.desk.naming.choices("organisation", Case(id="x"))),
    **DAY_LINES,
    "sheets.people": ("house:R", lambda at: at.desk.sheets.people([])),
    "sheets.doors": ("house:R", lambda at: at.desk.sheets.doors()),
    "sheets.blank": ("directory:W", lambda at: at.desk.sheets.blank(Sheet(Organisation, ""))),
    "alike.like": ("", lambda at: at.desk.alike.like(Sought(("champa",)))),
    "search.hit": ("", lambda at: at.desk.search.hit("case", "x")),
    "search.find": ("", lambda at: at.desk.search.find("champa")),
    "search.read_ahead": ("", lambda at: at.desk.search.read_ahead()),
    "search.changed": ("", lambda at: at.desk.search.changed("case", "x")),
    "letters.letterhead": ("staff:R", lambda at: at.desk.letters.letterhead("neutral")),
    "letters.set_letterhead": (
        "staff:W",
        lambda at: at.desk.letters.set_letterhead(
            "neutral", {"name": "Office", "address": "9", "phone": "021"}
        ),
    ),
    "keyholders.listed": ("staff:R", lambda at: at.desk.keyholders.listed()),
    "keyholders.add": ("keys:W", lambda at: at.desk.keyholders.add("New", "short", [Role.NURSE])),
    "keyholders.end": ("keys:W", lambda at: at.desk.keyholders.end("Nobody")),
    "keyholders.reset": ("keys:W", lambda at: at.desk.keyholders.reset("Nobody")),
    "keyholders.change_own": ("", lambda at: at.desk.keyholders.change_own("wrong", "wrong")),
    "keyholders.confirm_pages": ("keys:W", lambda at: at.desk.keyholders.confirm_pages([])),
    "keyholders.set_travel": ("keys:W", lambda at: at.desk.keyholders.set_travel("short")),
    "backups.back_up": (
        "backup:W",
        lambda at: at.desk.backups.back_up(at.vault.folder / "none", Progress()),
    ),
    "backups.last": ("", lambda at: at.desk.backups.last()),
    "backups.in_order": ("backup:R", lambda at: at.desk.backups.in_order([])),
    "backups.with_older_texts": ("backup:R", lambda at: at.desk.backups.with_older_texts()),
    "house_time.take_up": ("", lambda at: at.desk.house_time.take_up()),
    "house_time.minutes": ("", lambda at: at.desk.house_time.minutes()),
    "house_time.changed": ("", lambda at: at.desk.house_time.changed("setting", "x")),
    "backups.opened": ("backup:R", lambda at: at.desk.backups.opened(at.vault.folder / "none")),
    "witnessing.doubt": ("", lambda at: at.desk.witnessing.doubt()),
    "witnessing.for_what": ("", lambda at: at.desk.witnessing.for_what()),
    "witnessing.looked": ("keys:W", lambda at: at.desk.witnessing.looked(None)),
    "checks.look_over": ("", lambda at: at.desk.checks.look_over(Progress())),
    "checks.is_due": ("", lambda at: at.desk.checks.is_due()),
    "checks.run": ("", lambda at: at.desk.checks.run(Progress())),
    "log.people": ("log:R", lambda at: at.desk.log.people()),
    "log.code_of": ("log:R", lambda at: at.desk.log.code_of("x")),
    "log.file_named": ("log:R", lambda at: at.desk.log.file_named("x")),
    "log.look": ("log:R", lambda at: at.desk.log.look(LogFilter())),
    "log.reason": ("log:R", lambda at: at.desk.log.reason(1)),
    "log.earlier": ("log:R", lambda at: at.desk.log.earlier(at.desk.log.look(LogFilter()))),
    "records.readable": ("", lambda at: at.desk.records.readable(Person)),
    "records.writable": ("", lambda at: at.desk.records.writable(Person)),
    "records.of": ("", lambda at: at.desk.records.of(CaseNote)),
    "records.changeable": ("", lambda at: at.desk.records.changeable([CaseNote()])),
    "records.may_open": ("", lambda at: at.desk.records.may_open(CaseNote(), "process_note")),
    "records.newest": ("", lambda at: at.desk.records.newest(CaseNote, 1)),
}
LAST: dict[str, tuple[str, Plain]] = {
    "keyholders.renew_keys": ("keys:W", lambda at: at.desk.keyholders.renew_keys(Progress())),
    "keyholders.renew_pages": ("keys:W", lambda at: at.desk.keyholders.renew_pages()),
}
"""What changes the keys of the house: asked in a copy that is used for nothing else."""

INSIDE = {"records.seen", "records.keep", "records.put", "records.row", "records.tell"}
INSIDE |= {"records.open_names", "records.keep_weighed", "records.put_weighed"}
INSIDE |= {"papers.take_in"}
INSIDE |= {"disclosures.let_out", "disclosures.would_tell", "disclosures.told_and_kept"}
INSIDE |= {"disclosures.asked_of_her"}
INSIDE |= {"leave.to_hospital"}  # a trade writes it too: asked by role in living/test_leave
"""What takes a transaction, which only services have; it asks about each record itself."""

UNTOLD = SheWasTold()
PAPER: dict[str, tuple[str, Call]] = {
    "papers.kept_in": ("", lambda at, s: at.desk.papers.kept_in(s.case)),
    "papers.places": ("", lambda at, s: at.desk.papers.places(s.case)),
    "papers.taking_away": ("", lambda at, s: at.desk.papers.taking_away(s.paper)),
    "papers.add": ("case_work:W", lambda at, s: at.desk.papers.add(s.case, "x", 1, b"%PDF-1.4")),
    "papers.content": ("case_work:R", lambda at, s: at.desk.papers.content(s.paper)),
    "papers.take_away": ("case_work:W", lambda at, s: at.desk.papers.take_away(s.paper, None)),
    "referrals.tells": ("consent:R", lambda at, s: at.desk.referrals.tells(s.case, "Ana")),
    "referrals.enclosed": ("consent:R", lambda at, s: at.desk.referrals.enclosed(s.referral)),
    "referrals.enclose": ("consent:W", lambda at, s: at.desk.referrals.enclose(s.referral, [])),
    "consents.keep_sheet": (
        "case_work:W",
        lambda at, s: at.desk.consents.keep_sheet(s.consent, "x", 1, b"%PDF-1.4"),
    ),
    "consents.of_case": ("consent:R", lambda at, s: at.desk.consents.of_case(s.case)),
    "consents.questions": ("consent:R", lambda at, s: at.desk.consents.questions(s.case)),
    "consents.verdict": (
        "consent:R",
        lambda at, s: at.desk.consents.verdict(s.case, s.organisation.id),
    ),
    "consents.in_force": (
        "consent:R",
        lambda at, s: at.desk.consents.in_force(s.case, s.organisation.id),
    ),
    "consents.limits": ("consent:R", lambda at, s: at.desk.consents.limits(s.case, None, "x")),
    "consents.may_answer": ("consent:R", lambda at, s: at.desk.consents.may_answer(s.case)),
    "consents.decide_herself": (
        "consent:W",
        lambda at, s: at.desk.consents.decide_herself(
            s.case, "photo_audio", "refused", SheWasTold()
        ),
    ),
    "consents.is_child": ("consent:R", lambda at, s: at.desk.consents.is_child(s.case)),
    "consents.record": ("consent:W", lambda at, s: at.desk.consents.record(s.case, REFUSED, {})),
    "consents.record_together": (
        "consent:W",
        lambda at, s: at.desk.consents.record_together(s.case, [(REFUSED, {})]),
    ),
    "consents.withdraw": (
        "consent:withdraw",
        lambda at, s: at.desk.consents.withdraw(s.consent),
    ),
    "disclosures.lines": ("consent:R", lambda at, s: at.desk.disclosures.lines(s.case)),
    "disclosures.available": ("consent:R", lambda at, s: at.desk.disclosures.available(s.case)),
    "disclosures.of_case": ("consent:R", lambda at, s: at.desk.disclosures.of_case(s.case)),
    "disclosures.disclose": (
        "consent:W",
        lambda at, s: at.desk.disclosures.disclose(
            s.case, ["case_code"], Recipient(), Basis(), "letter"
        ),
    ),
    "referrals.start": (
        "consent:W",
        lambda at, s: at.desk.referrals.start(s.case, s.organisation.id, "", "", ""),
    ),
    "referrals.steps": ("consent:R", lambda at, s: at.desk.referrals.steps(s.referral)),
    "referrals.next_due": ("consent:R", lambda at, s: at.desk.referrals.next_due(s.case)),
    "referrals.asked_already": (
        "consent:R",
        lambda at, s: at.desk.referrals.asked_already(s.case, s.organisation.id, "shelter"),
    ),
    "referrals.of_case": ("consent:R", lambda at, s: at.desk.referrals.of_case(s.case)),
    "referrals.change": (
        "consent:W",
        lambda at, s: at.desk.referrals.change(s.referral, {"need": "x"}),
    ),
    "referrals.delivered": (
        "consent:withdraw",
        lambda at, s: at.desk.referrals.delivered(s.referral),
    ),
    "referrals.answered": (
        "consent:withdraw",
        lambda at, s: at.desk.referrals.answered(s.referral, "completed", {}),
    ),
    "referrals.no_answer": (
        "consent:withdraw",
        lambda at, s: at.desk.referrals.no_answer(s.referral, WHY),
    ),
    "referrals.discard": ("consent:W", lambda at, s: at.desk.referrals.discard(s.referral)),
    "referrals.take_up": ("consent:W", lambda at, s: at.desk.referrals.take_up(s.referral)),
    "referrals.recall": (
        "consent:withdraw",
        lambda at, s: at.desk.referrals.recall(s.referral, WHY),
    ),
    **RELEASES,
    "releases.of_case": ("house:R", lambda at, s: at.desk.releases.of_case(s.case)),
    "letters.recipient_of": ("consent:R", lambda at, s: at.desk.letters.recipient_of(s.referral)),
    "letters.for_what": ("consent:R", lambda at, s: at.desk.letters.for_what(s.referral, [])),
    "letters.again_for_what": (
        "consent:R",
        lambda at, s: at.desk.letters.again_for_what(s.letter),
    ),
    "referrals.carried_for_what": (
        "consent:R",
        lambda at, s: at.desk.referrals.carried_for_what(s.referral, "Keo"),
    ),
    "letters.sides": ("consent:R", lambda at, s: at.desk.letters.sides(s.referral, [])),
    "letters.preview": (
        "consent:R",
        lambda at, s: at.desk.letters.preview(s.referral, ["case_code"]),
    ),
    "letters.issue": ("consent:W", lambda at, s: at.desk.letters.issue(s.referral, ["case_code"])),
    "letters.reprint": ("consent:W", lambda at, s: at.desk.letters.reprint(s.letter, WHY)),
    "letters.of_referral": ("consent:R", lambda at, s: at.desk.letters.of_referral(s.referral)),
    "letters.pdf_of": ("case_work:R", lambda at, s: at.desk.letters.pdf_of(s.letter)),
    "letters.void": ("consent:withdraw", lambda at, s: at.desk.letters.void(s.letter, WHY)),
    "letters.shredded": ("consent:withdraw", lambda at, s: at.desk.letters.shredded(s.letter, WHY)),
}
"""Consents, and what leaves by them."""

PAPER_AT_A_DESK: dict[str, tuple[str, Plain]] = {
    "consents.usual_until": ("consent:R", lambda at: at.desk.consents.usual_until()),
    "referrals.answer_by": ("", lambda at: at.desk.referrals.answer_by("urgent")),
    "disclosures.demand_written": ("", lambda at: at.desk.disclosures.demand_written(Basis())),
    "disclosures.review_by": ("", lambda at: at.desk.disclosures.review_by()),
    "releases.usual_until": ("", lambda at: at.desk.releases.usual_until()),
    "consents.offered": ("consent:R", lambda at: at.desk.consents.offered(Organisation(name="x"))),
    "disclosures.for_what": (
        "consent:R",
        lambda at: at.desk.disclosures.for_what(Case(code="x"), [], Recipient(), Basis(), "letter"),
    ),
    "referrals.day_lines": ("consent:R", lambda at: at.desk.referrals.day_lines(at.desk.today())),
    "consents.day_lines": ("consent:R", lambda at: at.desk.consents.day_lines(at.desk.today())),
    "referrals.by_number": ("consent:R", lambda at: at.desk.referrals.by_number("SD-0")),
    "releases.items": ("", lambda at: at.desk.releases.items()),
    "releases.askable": ("", lambda at: at.desk.releases.askable()),
    "releases.asked_of_me": ("", lambda at: at.desk.releases.asked_of_me()),
    "consents.to_be_signed": (
        "consent:W",
        lambda at: at.desk.consents.to_be_signed(Case(code="x"), []),
    ),
    "consents.mark_reviewed": (
        "keys:W",  # a director's own work, in whosever case it is
        lambda at: at.desk.consents.mark_reviewed(Disclosure(case_id="x")),
    ),
    **DIRECTORY,
}


def changed(record: Any, **values: object) -> Any:
    """Return a record with other values, as a form hands it in."""
    for name, value in values.items():
        setattr(record, name, value)
    return record


def stranger(at: AtDesk) -> StaffMember:
    return at.desk.records.get(StaffMember, at.staff[STRANGER])


def myself(at: AtDesk) -> StaffMember:
    return at.desk.records.get(StaffMember, at.staff[NAMES[at.role]])
