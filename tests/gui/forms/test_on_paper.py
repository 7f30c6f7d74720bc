"""What is printed from the facts of a kind: lists, one record, blank forms, in both languages."""

import re
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from shelterdesk.core.errors import NotAllowed
from shelterdesk.core.fields import SealedValue
from shelterdesk.core.i18n import LANGUAGES, in_language
from shelterdesk.core.lao.breaks import plain
from shelterdesk.core.permissions import Role
from shelterdesk.documents.column import FLOOR, LEFT, RIGHT
from shelterdesk.documents.words.house_words import HOUSE
from shelterdesk.gui.forms.on_paper import opened_in
from shelterdesk.gui.forms.section import SectionCard
from shelterdesk.gui.forms.section_place import Section
from shelterdesk.gui.pages.case.areas import SECTIONS
from shelterdesk.gui.pages.case.around_her import CONTACTS, RELATIONS
from shelterdesk.gui.pages.case.case_facts import CASE_FACTS
from shelterdesk.gui.pages.directory.organisation_offers import OFFERS
from shelterdesk.gui.pages.today.people import PeoplePage
from shelterdesk.gui.paper import print_preview
from shelterdesk.gui.paper.print_preview import PrintPreview
from shelterdesk.gui.parts.fields import choose
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.health_visit import HealthVisit
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.desk import Desk
from shelterdesk.services.house_sheets import Sheet, form_code
from shelterdesk.services.keeping.access_log import LogFilter
from tests.documents.read_back import by_pdfium, pdf_opened
from tests.drivers.pages import PageDriver, as_somebody
from tests.factories import OTHER_PASSPHRASE, Shelter, add_person
from tests.kinds import value_of

pytestmark = pytest.mark.usefixtures("in_english")

ALL_SECTIONS = (*SECTIONS, CASE_FACTS, RELATIONS, CONTACTS, OFFERS)
EVERY_SECTION = pytest.mark.parametrize("section", ALL_SECTIONS, ids=lambda one: one.name)
EVERY_KIND = pytest.mark.parametrize("kind", Record.kinds, ids=lambda kind: kind.kind_name())
BOTH = pytest.mark.parametrize("language", LANGUAGES)
WORDS = "ຄຳເວົ້າ <b>ຂອງນາງ</b> ທີ່ຍາວ ແລະ ຍາວ"
MOTHER = "ຄຳຫຼ້າ"


@pytest.fixture
def case(shelter: Shelter, desk: Desk) -> Case:
    """A girl with her mother; Mae of the house, and Dao, who has every role."""
    add_person(shelter.vault, "Mae", Role.HOUSE_MOTHER)
    add_person(shelter.vault, "Dao", *Role)
    made = desk.cases.admit({"case": {"alias": "ດອກຈຳປາ"}, "person": {"given_name": "ແສງຈັນ"}})
    desk.around.note(made, {"given_name": MOTHER}, {"relation": "mother"})
    return desk.cases.get(made.id)


@pytest.fixture
def dao(shelter: Shelter, case: Case) -> Desk:
    """Dao at the desk: she may read and write everything."""
    assert case.code
    return as_somebody(shelter, "Dao", f"{OTHER_PASSPHRASE} dao")


def folded(text: str) -> str:
    """Return a text without white space and marks for breaks."""
    return re.sub(r"[\s\u200b]", "", plain(text))


def says(pdf: bytes, *expected: str) -> bool:
    """Tell whether every one of these texts stands on a paper."""
    read = folded(by_pdfium(pdf))
    return all(folded(text) in read for text in expected)


def demand_within(pdf: bytes) -> None:
    """Fail unless every letter stands between the margins, and every sheet has its foot."""
    document, buffer = pdf_opened(pdf)
    for number in range(document.pageCount()):
        letters = document.getAllText(number)
        (box,) = [letters.boundingRectangle()]
        assert box.left() >= LEFT - 1
        assert box.right() <= RIGHT + 1
        assert box.bottom() <= document.pagePointSize(number).height() - FLOOR + 30
        assert f"{number + 1}/{document.pageCount()}" in letters.text()
    document.close()
    buffer.close()


def sheet_of(section: Section, hook: Record | None) -> Sheet:
    return Sheet(section.kind, section.heading, hook, section.shows, section.hangs_on)


def hook_of(dao: Desk, case: Case, section: Section) -> Record:
    """Return what the records of a section hang on."""
    if section.hangs_on == "organisation_id":
        return dao.records.save(Organisation(name="ຫ້ອງການ"))
    return case


def kept(dao: Desk, case: Case, kind: type[Record], **values: object) -> Record:
    """Save a record with every field filled, but for these."""
    fields = kind.fields()
    me = dao.staff.me()
    links = {StaffMember.kind_name(): me.id if me else None}
    full = {
        name: value_of(fact, lambda: WORDS, links.get(fact.links_to, case.id))
        for name, fact in fields.items()
    }
    sealed = {
        name: SealedValue(WORDS) if declared.compartment else WORDS
        for name, declared in kind.sealed_fields()
    }
    return dao.records.save(kind(**full | sealed | {"case_id": case.id} | values))


@BOTH
@EVERY_SECTION
def test_the_list_of_every_section_prints_as_far_as_it_may_stand_on_house_paper(
    dao: Desk, case: Case, section: Section, language: str
) -> None:
    hook = hook_of(dao, case, section)
    sheet = sheet_of(section, hook)
    columns = [name for name in section.kind.columns if name in dao.sheets.on_paper(sheet)]
    found: list[Record] = [case]
    if section in SECTIONS:
        found = [kept(dao, case, section.kind)]
    elif section is not CASE_FACTS:
        found = []
    if not columns:
        assert section in (RELATIONS, CONTACTS)
        with pytest.raises(NotAllowed):
            dao.sheets.listed(sheet, [], language)
        return
    pdf = dao.sheets.listed(sheet, [one.id for one in found], language)
    demand_within(pdf)
    assert says(pdf, in_language(section.heading, language), HOUSE[language].kept_inside)
    fields = section.kind.fields()
    if found:
        assert says(pdf, *(in_language(fields[name].label, language) for name in columns))
    if section.hangs_on == "case_id":
        assert says(pdf, case.code, "ດອກຈຳປາ")


@BOTH
@EVERY_KIND
def test_the_blank_form_of_every_kind_prints_with_all_its_questions(
    dao: Desk, kind: type[Record], language: str
) -> None:
    sheet = Sheet(kind, kind.title)
    names = dao.sheets.to_fill_in(sheet)
    if not names:
        with pytest.raises(NotAllowed):
            dao.sheets.blank(sheet, language)
        return
    pdf = dao.sheets.blank(sheet, language)
    demand_within(pdf)
    fields = kind.fields()
    assert says(pdf, form_code(kind), HOUSE[language].then_shredded)
    assert says(pdf, *(in_language(fields[name].label, language) for name in names))
    assert says(pdf, HOUSE[language].writer)


@BOTH
@pytest.mark.usefixtures("case")
def test_a_long_list_goes_on_overleaf_under_the_same_headings(dao: Desk, language: str) -> None:
    for number in range(120):
        dao.cases.open_case(f"ຊື່ {number}")
    ids = [row.id for row in dao.cases.rows()]
    pdf = dao.sheets.people(ids, language)
    demand_within(pdf)
    document, buffer = pdf_opened(pdf)
    sheets = [document.getAllText(page).text() for page in range(document.pageCount())]
    document.close()
    buffer.close()
    assert len(sheets) > 2
    head = folded(in_language("Name she chose", language))
    assert all(head in folded(sheet) for sheet in sheets)
    assert all(sum(dao.cases.get(i).code in sheet for sheet in sheets) == 1 for i in ids[::20])


def test_what_is_sealed_is_printed_only_for_who_has_opened_it(dao: Desk, case: Case) -> None:
    visit = kept(dao, case, HealthVisit)
    sheet = Sheet(HealthVisit, "Health visits", case)
    closed = dao.sheets.read(sheet, visit, (), "en")
    assert says(closed, "Findings", "sealed: medical")
    assert not says(closed, "ຂອງນາງ")
    with pytest.raises(NotAllowed):
        dao.sheets.read(sheet, visit, ("findings",), "en")
    dao.records.open_sealed(visit, "findings", "she has fainted twice today")
    assert says(dao.sheets.read(sheet, visit, ("findings",), "en"), "ຂອງນາງ")
    assert not says(dao.sheets.read(sheet, visit, (), "en"), "ຂອງນາງ")


def test_who_may_not_read_a_part_does_not_print_it(shelter: Shelter, dao: Desk, case: Case) -> None:
    visit = kept(dao, case, HealthVisit)
    mae = as_somebody(shelter, "Mae", f"{OTHER_PASSPHRASE} mae")
    sheet = Sheet(HealthVisit, "Health visits", case)
    assert mae.sheets.on_paper(sheet) == ("at",)
    read = mae.sheets.read(sheet, visit, (), "en")
    assert not says(read, "Findings")
    with pytest.raises(NotAllowed):
        mae.sheets.read(sheet, visit, ("findings",), "en")


def test_names_in_texts_are_masked_and_hers_is_the_one_she_chose(dao: Desk, case: Case) -> None:
    stay = kept(dao, case, Stay, escorted_by=f"ແສງຈັນ ມາກັບ {MOTHER}", left_at=None, state=None)
    sheet = Sheet(Stay, "Stays in the house", case)
    pdf = dao.sheets.read(sheet, stay, (), "en")
    assert says(pdf, "ດອກຈຳປາ ມາກັບ [another person]")
    assert not says(pdf, "ແສງຈັນ")
    assert not says(pdf, MOTHER)


def test_names_written_beside_a_bed_are_masked_on_the_list_of_people(dao: Desk, case: Case) -> None:
    """A house without a plan of its beds writes them by hand, and writes who sleeps beside her."""
    kept(dao, case, Stay, bed="2, ຂ້າງ ແສງຈັນ", left_at=None, state=None)
    other = dao.cases.admit({"case": {"alias": "ບົວ"}, "person": {"given_name": "ວິໄລພອນ"}})
    kept(dao, other, Stay, bed="3 near ວິໄລພອນ", left_at=None, state=None)
    pdf = dao.sheets.people([case.id, other.id], "en")
    assert says(pdf, "ດອກຈຳປາ", "ບົວ", "[another person]")
    assert not says(pdf, "ແສງຈັນ")
    assert not says(pdf, "ວິໄລພອນ")


def test_ways_to_reach_her_stay_in_the_records(dao: Desk, case: Case) -> None:
    sheet = sheet_of(CONTACTS, case)
    assert dao.sheets.on_paper(sheet) == ()
    assert dao.sheets.to_fill_in(sheet) != ()
    way = dao.records.save(ContactPoint(person_id=case.person_id, value="020 5555 1234"))
    with pytest.raises(NotAllowed):
        dao.sheets.read(sheet, way, (), "en")


def printed_lines(desk: Desk) -> list[str]:
    """Return what the log says of what was printed, the latest first."""
    lines = desk.log.look(LogFilter()).lines
    return [line.what for line in lines if "rinted" in line.what]


def test_what_is_printed_is_a_line_in_the_log_and_what_is_looked_at_is_none(
    dao: Desk, case: Case
) -> None:
    stay = kept(dao, case, Stay, left_at=None, state=None)
    sheet = Sheet(Stay, "Stays in the house", case)
    dao.sheets.listed(sheet, [stay.id], "en", preview=True)
    dao.sheets.read(sheet, stay, (), "en", preview=True)
    dao.sheets.people([case.id], "en", preview=True)
    dao.sheets.blank(sheet, "en")
    assert printed_lines(dao) == []
    dao.sheets.listed(sheet, [stay.id], "en")
    dao.sheets.read(sheet, stay, (), "en")
    dao.sheets.people([case.id], "en")
    people, read, listed = printed_lines(dao)
    assert (people, listed) == ("List printed: Case", "List printed: Stay")
    assert read.startswith("Printed · Stay: Arrived")
    files = [line.file for line in dao.log.look(LogFilter()).lines if "rinted" in line.what]
    assert files == ["The records", case.code, case.code]


# -- in the window --------------------------------------------------------------------------------

Looking = Callable[[PrintPreview], None]


@pytest.fixture
def tray(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What came out of the printer."""
    printed: list[bytes] = []
    monkeypatch.setattr(print_preview, "ask_printer", lambda _parent: printed.append)
    return printed


def looking(monkeypatch: pytest.MonkeyPatch, does: Looking) -> None:
    """Let somebody do this when a preview opens, and then press Print."""

    def opened(preview: PrintPreview) -> int:
        does(preview)
        preview.go.click()
        return preview.result()

    monkeypatch.setattr(PrintPreview, "exec", opened)


def test_a_card_prints_its_list_what_is_open_and_a_blank_form(
    qtbot: QtBot,
    dao: Desk,
    case: Case,
    tray: list[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept(dao, case, HealthVisit)
    kept(dao, case, HealthVisit)
    (section,) = [one for one in SECTIONS if one.kind is HealthVisit]
    card = SectionCard(dao, case, section)
    driver = PageDriver(qtbot, card)
    wanted, seen = ["list"], list[str]()

    def chosen(preview: PrintPreview) -> None:
        choose(preview.which, wanted[0])
        seen.append(preview.view.text())

    looking(monkeypatch, chosen)
    driver.click("print-health_visit")
    driver.click("change-health_visit")
    driver.click("open-findings")
    (form,) = card._forms.values()
    record = next(one for one in card._found() if one.id == card._about)
    assert opened_in(dao, form, record) == ["findings"]
    for paper in ("one", "blank"):
        wanted[0] = paper
        driver.click("print-health_visit")
    assert [says(pdf, "ຂອງນາງ") for pdf in tray] == [False, True, False]
    assert says(tray[2], form_code(HealthVisit))
    assert [bool(text) for text in seen] == [True] * 3


def test_the_paper_speaks_the_language_that_is_chosen(
    qtbot: QtBot, dao: Desk, case: Case, tray: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    looking(monkeypatch, lambda preview: choose(preview.language, "lo"))
    page = PeoplePage(dao)
    driver = PageDriver(qtbot, page)
    driver.click("filter-all")
    driver.click("print-people")
    (pdf,) = tray
    assert says(pdf, case.code, "ດອກຈຳປາ", in_language("People and cases", "lo"))
    assert not says(pdf, "ແສງຈັນ")


def test_people_print_in_the_order_in_which_they_are_seen(
    qtbot: QtBot, dao: Desk, case: Case, tray: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert case.code
    for name in ("Bua", "Anong"):
        dao.cases.open_case(name)
    looking(monkeypatch, lambda _preview: None)
    page = PeoplePage(dao)
    driver = PageDriver(qtbot, page)
    driver.click("filter-open")
    page.table.sortByColumn(1, page.table.horizontalHeader().sortIndicatorOrder())
    driver.click("print-people")
    read = by_pdfium(tray[0])
    assert 0 < read.index("Anong") < read.index("Bua")


def test_not_now_prints_nothing_and_leaves_no_line(
    dao: Desk, case: Case, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_preview, "ask_printer", lambda _parent: None)
    looking(monkeypatch, lambda _preview: None)
    assert case.code
    driver = PageDriver(qtbot, PeoplePage(dao))
    driver.click("print-people")
    assert printed_lines(dao) == []
