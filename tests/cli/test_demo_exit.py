"""The demo's exit code: 0 only when all of it happened, 1 with the reason in report.json otherwise.

The hand in the window is left out here: what stands in its place leaves behind what a walk leaves,
on a real encrypted shelter and a real stick, and breaks something. Everything after it is real: the
other processes that verify and restore, and the look into what came back.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import shelterdesk.gui.walk.start as window
from shelterdesk.cli import main
from shelterdesk.cli.demo import FEWEST_PICTURES, LETTERS
from shelterdesk.core.case_codes import new_code
from shelterdesk.core.i18n import use_language
from shelterdesk.core.references import new_reference
from shelterdesk.core.work import Progress
from shelterdesk.gui.walk.main_job import Walked
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.demo.staff import DIRECTOR, PASSPHRASE
from shelterdesk.services.desk import held, start_new, unlock
from tests.factories import CHEAP

PICTURES = [f"{number:02}-page-lo.png" for number in range(1, FEWEST_PICTURES + 1)]
REFERENCE = new_reference(2026)

Break = Callable[[Path, Walked], object]


def nothing(_out: Path, _walked: Walked) -> None:
    """Leave everything as it is."""


@dataclass
class Hand:
    """Does what a walk leaves behind, and breaks what a test wants broken."""

    state: str = "accepted"
    broken: Break = nothing
    walked: Walked = field(default_factory=Walked)

    def walk(self, out: Path, *_people: object) -> Walked:
        """Refer somebody and make a backup, as the window would."""
        with held(out / "shelter") as place:
            desk = unlock(place, DIRECTOR, PASSPHRASE)
            case, to = Case(code=new_code()), Organisation(name="Legal aid")
            asked = Referral(case_id=case.id, organisation_id=to.id, state=self.state)
            asked.reference = REFERENCE
            with desk.seat.vault.database.writing() as session:
                session.add_all([case, to, asked])
            made = desk.backups.back_up(out / "stick", Progress())
            desk.lock()
        (out / "screenshots").mkdir(exist_ok=True)
        for name in LETTERS:
            (out / name).write_bytes(b"%PDF-1.4")
        generation = str(made.generation.relative_to(out))
        self.walked.facts |= {"generation": generation, "reference": REFERENCE, "case": case.code}
        self.walked.pictures += PICTURES
        self.broken(out, self.walked)
        return self.walked


Demo = Callable[[Hand], tuple[int, dict[str, Any]]]
"""Runs the command with a hand; gives its exit code and its report."""


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The folder of a demo whose shelter and recovery pages are there already."""
    place_of = tmp_path / "out"
    (place_of / "paper").mkdir(parents=True)
    with held(place_of / "shelter") as place:
        (place.root / "ballast").touch()
        desk, pages = start_new(place, DIRECTOR, PASSPHRASE, CHEAP)
        desk.mark_as_demo()
        desk.keyholders.confirm_pages(pages.pages[:2])
        desk.lock()
    words = "\n\n".join(" ".join(page) for page in pages.pages[1:])
    (place_of / "paper" / "two-pages.txt").write_text(words)
    return place_of


@pytest.fixture
def demo(out: Path, monkeypatch: pytest.MonkeyPatch) -> Demo:
    """Run the command with a hand; returns its exit code and its report."""

    def run(hand: Hand) -> tuple[int, dict[str, Any]]:
        monkeypatch.setattr(window, "walk", hand.walk)
        code = main(["--language", "en", "demo", "--headless", "--out", str(out)])
        use_language("en")
        return code, json.loads((out / "report.json").read_text(encoding="utf-8"))

    return run


@pytest.mark.slow
def test_when_all_of_it_happened_the_demo_ends_with_0(demo: Demo) -> None:
    """The control: whatever ends with 1 below ends so for what was broken."""
    code, report = demo(Hand())
    assert (code, report["problem"]) == (0, "")
    assert (report["verify"], report["restore"]) == (0, 0)
    assert (report["restored_referral"], report["restored_cases"]) == ("accepted", 1)
    assert report["audit_lines"] > 3


def a_bit(out: Path, pattern: str) -> None:
    """Turn one bit of a file on the stick."""
    [file, *_] = sorted((out / "stick").rglob(pattern))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 4
    file.write_bytes(content)


@pytest.mark.slow
@pytest.mark.parametrize("pattern", ["db.sdb.001", "manifest.sdm"])
def test_a_stick_that_broke_after_the_backup_ends_it_with_1(demo: Demo, pattern: str) -> None:
    code, report = demo(Hand(broken=lambda out, _walked: a_bit(out, pattern)))
    assert code == 1
    assert report["problem"] != ""
    assert (report["verify"], report["restore"]) != (0, 0)
    assert "restored_referral" not in report


@pytest.mark.slow
def test_a_backup_that_restores_but_does_not_verify_ends_it_with_1(demo: Demo) -> None:
    """A torn paper on the stick costs no record; but every byte was said to be checked."""
    code, report = demo(Hand(broken=lambda out, _walked: a_bit(out, "2*/README-RESTORE.txt")))
    assert (code, report["verify"], report["restore"]) == (1, 1, 0)
    assert "README-RESTORE.txt" in report["problem"]


@pytest.mark.slow
def test_a_stick_that_is_gone_ends_it_with_1(demo: Demo) -> None:
    code, report = demo(Hand(broken=lambda out, _walked: (out / "stick").rename(out / "away")))
    assert code == 1
    assert report["problem"] != ""


def test_a_fault_of_the_programs_own_ends_it_with_1(demo: Demo) -> None:
    def report_of_a_fault(out: Path, _walked: Walked) -> None:
        logs = out / "shelter" / "logs"
        logs.mkdir(exist_ok=True)
        (logs / "report-2026-11-03T10-00-00Z.txt").write_text("ModuleNotFoundError")

    code, report = demo(Hand(broken=report_of_a_fault))
    assert code == 1
    assert "report-2026-11-03T10-00-00Z.txt" in report["problem"]


@pytest.mark.slow
def test_a_referral_that_comes_back_otherwise_ends_it_with_1(demo: Demo) -> None:
    code, report = demo(Hand(state="delivered"))
    assert (code, report["restored_referral"]) == (1, "delivered")
    assert report["problem"] != ""


def without_letter(out: Path, _walked: Walked) -> None:
    (out / LETTERS[0]).unlink()


def without_a_picture(_out: Path, walked: Walked) -> None:
    walked.pictures.pop()


def stopped(_out: Path, walked: Walked) -> None:
    walked.problem = "The letter was delivered: nobody can see main"


@pytest.mark.parametrize("broken", [without_letter, without_a_picture, stopped])
def test_a_walk_that_did_not_come_to_its_end_ends_it_with_1(demo: Demo, broken: Break) -> None:
    code, report = demo(Hand(broken=broken))
    assert code == 1
    assert report["problem"] != ""
    assert "verify" not in report


@pytest.mark.parametrize("lead_to", ["precious", "folder"])
def test_links_in_the_folder_of_a_demo_lead_it_nowhere(
    demo: Demo, out: Path, tmp_path: Path, lead_to: str
) -> None:
    (tmp_path / "precious").write_text("of another program")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "letter").write_text("of another program")
    for name in (*LETTERS, "restored", "screenshots", "report.json"):
        (out / name).symlink_to(tmp_path / lead_to)

    def links_the_report(place: Path, _walked: Walked) -> None:
        (place / LETTERS[0]).unlink()
        (place / "report.json").symlink_to(tmp_path / "precious")

    code, report = demo(Hand(broken=links_the_report))
    assert (code, report["problem"] != "") == (1, True)
    assert not (out / "report.json").is_symlink()
    assert (tmp_path / "precious").read_text() == "of another program"
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["letter"]


def test_a_folder_of_the_demo_that_is_a_link_is_refused(out: Path, tmp_path: Path) -> None:
    (out / "paper").rename(tmp_path / "papers of another")
    (out / "paper").symlink_to(tmp_path / "papers of another")
    assert main(["--language", "en", "demo", "--headless", "--out", str(out)]) == 1
    use_language("en")
    assert [path.name for path in (tmp_path / "papers of another").iterdir()] == ["two-pages.txt"]
