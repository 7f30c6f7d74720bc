"""The box: who is named reads nothing of it, whatever she holds, and nobody else sees who wrote."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from shelterdesk.core.errors import DamagedFile, NotAllowed
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.records.keeping.vault_room import SealedLetter
from shelterdesk.services.desk import Desk
from shelterdesk.services.incident.box import BoxLetter, NoReaders
from shelterdesk.services.incident.box_count import count_box
from shelterdesk.services.incident.incidents import ForTheBox
from shelterdesk.services.keeping.backups import brought_back
from shelterdesk.store.backup.opened_backup import open_by_pages
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.keyholders.keyholding import change_passphrase
from shelterdesk.store.keyholders.proposals import RouteNotHerOwn, RouteTooShort
from shelterdesk.store.keyring.letters import STEP, open_letter, place_of
from shelterdesk.store.keyring.recovery import combined
from tests.factories import CHEAP, Shelter, add_person
from tests.store.backing_up import back_up

WORDS = "She shouts at us every night and takes our telephones."
OWN = "seven plain words of my own choosing here"


class Sitting:
    """One shelter: a director, a second one, a counsellor, a house mother, each with her pair."""

    def __init__(self, shelter: Shelter) -> None:
        self.shelter, self.desk = shelter, Desk(shelter.vault)
        self.director = self.desk.name
        self.words: dict[str, str] = {}
        for name, role in (
            ("Second", Role.DIRECTOR),
            ("Kham", Role.COUNSELLOR),
            ("Pa", Role.HOUSE_MOTHER),
            ("New", Role.COUNSELLOR),
        ):
            self.words[name] = add_person(shelter.vault, name, role)
        for name in ("Second", "Kham", "Pa"):
            self.sit(name)
            change_passphrase(self.desk.seat.vault, self.words[name], f"{OWN} {name}", CHEAP)
            self.words[name] = f"{OWN} {name}"
        self.sit(self.director)

    def sit(self, name: str) -> Desk:
        self.desk.lock()
        given = (self.words[name],) if name in self.words else ()
        self.desk = Desk(self.shelter.unlock(name, *given))
        return self.desk

    def id_of(self, name: str) -> str:
        return self.desk.seat.vault.keyring.person(name).id

    def route(self, *names: str) -> None:
        desk = self.sit(self.director)
        ids = [self.id_of(name) for name in names]
        for_what = desk.keyholders.route_for_what(ids)
        given = desk.staff.second_signature("Kham", self.words["Kham"], for_what)
        desk.keyholders.set_route(ids, given)

    def letter(self, *named: str, words: str = WORDS) -> BoxLetter:
        ids = tuple(self.id_of(name) for name in named)
        return BoxLetter(about="staff", words=words, named=ids, speaks="Dok", wish="She stops.")

    def rows(self) -> dict[str, bytes]:
        with self.desk.seat.vault.database.reading() as session:
            return {row.id: row.sealed for row in session.scalars(select(SealedLetter))}


@pytest.fixture
def house(shelter: Shelter) -> Iterator[Sitting]:
    sitting = Sitting(shelter)
    yield sitting
    sitting.desk.lock()


def read(desk: Desk) -> list[str]:
    return [one.letter.words for one in desk.box.letters()]


def test_two_directors_say_who_reads_it_and_it_is_signed(house: Sitting) -> None:
    with pytest.raises(NoReaders):
        house.desk.box.put_in(house.letter())
    with pytest.raises(RouteTooShort):
        house.desk.keyholders.route_for_what([house.id_of("Kham")])
    house.route("Second", "Kham")
    assert house.desk.box.readers() == ["Second", "Kham"]
    chain = house.desk.seat.vault.keyring.chain
    assert chain is not None
    assert set(chain.newest.box) == {house.id_of("Second"), house.id_of("Kham")}
    again = house.sit(house.director)  # as it is read from the file
    assert again.box.readers() == ["Second", "Kham"]


def test_whose_passphrase_another_has_chosen_does_not_read_it(house: Sitting) -> None:
    with pytest.raises(RouteNotHerOwn):
        house.desk.keyholders.route_for_what([house.id_of("New"), house.id_of("Kham")])


def test_a_girl_accuses_the_house_mother_and_her_counsellor_reads_it(house: Sitting) -> None:
    house.route("Second", "Kham")
    mother = house.sit("Pa")
    assert mother.box.put_in(house.letter("Pa"))
    assert mother.box.readers([house.id_of("Kham")]) == ["Second"]
    with pytest.raises(NotAllowed):
        mother.box.letters()
    assert mother.box.day_lines(mother.today()) == []
    counsellor = house.sit("Kham")
    [found] = counsellor.box.letters()
    assert (found.letter.words, found.letter.speaks) == (WORDS, "Dok")
    [line] = counsellor.box.day_lines(counsellor.today())
    assert line.when == counsellor.today() + timedelta(days=3)
    answer = BoxLetter(about="", words="I spoke with her at noon.", wish="A new rule.")
    counsellor.box.answer(found.letter.id, answer)
    [answered] = counsellor.box.letters()
    assert answered.answer is not None
    assert answered.answer.words == "I spoke with her at noon."
    assert counsellor.box.day_lines(counsellor.today()) == []
    second = house.sit("Second")
    assert [one.answer is not None for one in second.box.letters()] == [True]


def everything(desk: Desk) -> bytes:
    """Return all that lies in the opened records, table by table."""
    found = []
    with desk.seat.vault.database.reading() as session:
        names = session.execute(text("SELECT name FROM sqlite_schema WHERE type = 'table'"))
        for (name,) in names.all():
            rows = session.execute(text(f'SELECT * FROM "{name}"')).all()
            found += [repr(tuple(row)) for row in rows]
    return "\n".join(found).encode()


def test_the_director_who_is_named_finds_nothing_with_all_that_she_holds(house: Sitting) -> None:
    house.route("Second", "Kham")
    house.sit("Pa").box.put_in(house.letter("Second"))
    accused = house.sit("Second")
    assert accused.box.reads()
    assert accused.box.letters() == []
    assert accused.box.day_lines(accused.today()) == []
    assert [line.page for line in accused.home.my_day() if line.page == "letters"] == []
    assert accused.search.find("telephones") == accused.search.find("shouts") == []
    assert accused.drafts.mine() == []
    vault = accused.seat.vault
    [(letter_id, sealed)] = house.rows().items()
    held = [vault.keys.private_key, *vault.keys.secrets.values()]
    where = place_of(vault.keyring.store_id, letter_id)
    for key in held:
        assert open_letter(key[:32], sealed, where) is None
    whole = everything(accused)
    for told in (WORDS, "telephones", "Dok", "She stops."):
        assert told.encode() not in whole
    with vault.database.reading() as session:
        lines = session.scalars(select(AuditEvent)).all()
    assert not [e for e in lines if letter_id in json.dumps([e.record_id, e.fields, e.kind])]
    assert not [e for e in lines if "letter" in e.action and e.action != "letters in the box"]
    for name in ("store.db", "store.db-wal", "keyring.json"):
        file = vault.folder / name
        if file.exists():
            assert WORDS.encode() not in file.read_bytes()


def test_whoever_is_named_has_a_slot_that_looks_like_the_others(house: Sitting) -> None:
    house.route("Second", "Kham")
    mother = house.sit("Pa")
    mother.box.put_in(house.letter("Second"))
    mother.box.put_in(house.letter())
    mother.box.put_in(house.letter(words="x" * 3_000))
    mother.box.put_in(house.letter(words="y" * 5_000))
    sizes = sorted(len(sealed) for sealed in house.rows().values())
    assert [size - sizes[0] for size in sizes] == [0, 0, 0, STEP]
    assert {sealed[1] for sealed in house.rows().values()} == {3}  # two of the route, the pages
    assert all(len(one) == 32 for one in house.rows())


def test_when_everybody_is_named_only_the_pages_open_it(house: Sitting) -> None:
    house.route("Second", "Kham")
    mother = house.sit("Pa")
    letter = house.letter("Second", "Kham")
    assert not mother.box.put_in(letter)
    assert mother.box.on_paper(letter).startswith(b"%PDF")
    for name in ("Second", "Kham", house.director):
        desk = house.sit(name)
        assert not desk.box.reads() or read(desk) == []
    pages = house.shelter.pages
    secret = combined(pages.pages[:2], pages.set_number)
    [(letter_id, sealed)] = house.rows().items()
    store = house.desk.seat.vault.keyring.store_id
    opened = open_letter(secret.private_key, sealed, place_of(store, letter_id))
    assert opened is not None
    assert json.loads(opened)["words"] == WORDS


def test_a_letter_that_was_changed_or_moved_opens_to_nobody(house: Sitting) -> None:
    house.route("Second", "Kham")
    house.sit("Pa").box.put_in(house.letter())
    counsellor = house.sit("Kham")
    [(letter_id, sealed)] = house.rows().items()
    store, key = counsellor.seat.vault.keyring.store_id, counsellor.seat.vault.keys.private_key
    assert open_letter(key, sealed, place_of(store, "0" * 32)) is None
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    with pytest.raises(DamagedFile):
        open_letter(key, changed, place_of(store, letter_id))
    with counsellor.seat.vault.database.writing() as session:
        session.get_one(SealedLetter, letter_id).sealed = changed
    assert counsellor.box.letters() == []


def test_who_joins_reads_from_then_on_and_new_keys_leave_letters_alone(house: Sitting) -> None:
    house.route("Second", "Kham")
    house.sit("Pa").box.put_in(house.letter(words="first"))
    house.route("Second", "Pa")
    house.sit("Kham").box.put_in(house.letter(words="second"))
    assert read(house.sit("Pa")) == ["second"]
    before = house.rows()
    director = house.sit(house.director)
    for_what = director.keyholders.keys_for_what()
    given = director.staff.second_signature("Kham", house.words["Kham"], for_what)
    director.keyholders.renew_keys(Progress(), given)
    assert house.rows() == before
    assert sorted(read(house.sit("Second"))) == ["first", "second"]


def test_who_draws_a_new_pair_takes_her_letters_along_and_all_letters_change(
    house: Sitting,
) -> None:
    house.route("Second", "Kham")
    mother = house.sit("Pa")
    mother.box.put_in(house.letter(words="for both"))
    mother.box.put_in(house.letter("Kham", words="not for Kham"))
    director = house.sit(house.director)
    for_what = director.keyholders.reset_for_what("Second")
    given = director.staff.second_signature("Kham", house.words["Kham"], for_what)
    words = director.keyholders.reset("Second", given)
    house.words["Second"] = words  # her key is lost, and with it what she read until now
    assert read(house.sit("Second")) == []
    assert read(house.sit("Kham")) == ["for both"]
    mother = house.sit("Pa")
    mother.box.put_in(house.letter(words="after"))
    before = house.rows()
    second = house.sit("Second")
    assert read(second) == ["after"]
    change_passphrase(second.seat.vault, words, f"{OWN} again", CHEAP)
    house.words["Second"] = f"{OWN} again"
    assert read(house.sit("Second")) == ["after"]
    assert sorted(read(house.sit("Kham"))) == ["after", "for both"]
    changed = [one for one, sealed in house.rows().items() if sealed != before[one]]
    assert len(changed) >= 1


def test_letters_are_counted_a_day_later_and_one_a_week_is_for_nobody(house: Sitting) -> None:
    house.route("Second", "Kham")
    vault = house.desk.seat.vault
    count_box(vault)
    assert len(house.rows()) == 1  # the empty one of the first week
    house.desk.box.put_in(house.letter())
    house.desk.box.put_in(house.letter())
    count_box(vault)
    assert _counts(house) == []
    house.shelter.clock.pass_days(1)
    desk = house.sit("Kham")
    count_box(desk.seat.vault)
    count_box(desk.seat.vault)
    assert _counts(house) == ['["3"]']
    assert len(house.rows()) == 3
    house.shelter.clock.pass_days(7)
    count_box(house.sit("Kham").seat.vault)
    assert len(house.rows()) == 4
    assert len(read(house.desk)) == 2  # the empty ones open to nobody


def test_a_letter_that_is_deleted_past_the_program_is_told_to_those_who_read_the_box(
    house: Sitting,
) -> None:
    house.route("Second", "Kham")
    house.desk.box.put_in(house.letter())
    for _night in range(2):
        house.shelter.clock.pass_days(1)
        count_box(house.sit("Kham").seat.vault)
    there = len(house.rows())
    vault = house.sit("Pa").seat.vault
    with vault.database.writing() as session:  # she deletes it, and what she knows of the count
        session.execute(text("DELETE FROM sealed_letter"))
        session.execute(text("DELETE FROM store_fact WHERE name = 'box counted'"))
    house.shelter.clock.pass_days(1)
    desk = house.sit("Kham")
    count_box(desk.seat.vault)
    [line] = desk.box.day_lines(desk.today())
    assert (line.is_danger, line.facts) == (True, {"count": there})
    assert house.sit("Pa").box.day_lines(desk.today()) == []
    house.shelter.clock.pass_days(40)
    desk = house.sit("Kham")
    count_box(desk.seat.vault)
    assert desk.box.day_lines(desk.today()) == []  # told once, for a month


def test_an_answer_is_one_only_where_its_writer_has_read_the_letter(house: Sitting) -> None:
    house.route("Second", "Kham")
    house.sit("Pa").box.put_in(house.letter("Pa"))
    [letter_id] = [one.letter.id for one in house.sit("Kham").box.letters()]
    accused = house.sit("Pa")
    for proof in ("", "0" * 32):
        forged = BoxLetter(about="staff", words="All is well.", answers=letter_id, proof=proof)
        accused.box.put_in(forged)
    found = house.sit("Kham").box.letters()
    assert [one.answer for one in found] == [None] * 3
    house.desk.box.answer(letter_id, house.letter(words="I spoke with her."))
    house.shelter.clock.pass_days(1)
    house.desk.box.answer(letter_id, house.letter(words="I spoke with her again."))
    [asked] = [one for one in house.desk.box.letters() if one.letter.id == letter_id]
    assert asked.answer is not None
    assert asked.answer.words == "I spoke with her again."


def _counts(house: Sitting) -> list[str]:
    wanted = select(AuditEvent.fields).where(AuditEvent.action == "letters in the box")
    with house.desk.seat.vault.database.reading() as session:
        return list(session.scalars(wanted))


def test_what_is_said_against_staff_is_no_incident(house: Sitting) -> None:
    said = {"kind": "violence_by_staff_allegation", "words": WORDS}
    with pytest.raises(ForTheBox):
        house.desk.incidents.report(said)
    made = house.desk.incidents.report({"kind": "other", "words": "x"})
    with pytest.raises(ForTheBox):
        house.desk.incidents.change(made.id, {"kind": said["kind"]})


def test_the_check_passes_over_the_box(house: Sitting) -> None:
    house.route("Second", "Kham")
    house.sit("Pa").box.put_in(house.letter())
    desk = house.sit(house.director)
    desk.checks.run(Progress())
    assert len(house.rows()) == 1


def test_letters_come_back_from_a_backup_and_open_to_the_same_people(
    house: Sitting, tmp_path: Path
) -> None:
    house.route("Second", "Kham")
    mother = house.sit("Pa")
    mother.box.put_in(house.letter(words="for both"))
    mother.box.put_in(house.letter("Kham", words="not for Kham"))
    house.sit(house.director)
    before, stick = house.rows(), tmp_path / "stick"
    stick.mkdir()
    made = back_up(house.shelter, stick)
    house.desk.lock()
    place = DataFolder(tmp_path / "new computer").open()
    brought_back(place, open_by_pages(made.generation, house.shelter.two_pages()), Progress())
    house.shelter.place = place
    house.sit(house.director)
    assert house.rows() == before
    assert house.desk.box.readers() == ["Second", "Kham"]
    assert sorted(read(house.sit("Second"))) == ["for both", "not for Kham"]
    assert read(house.sit("Kham")) == ["for both"]
