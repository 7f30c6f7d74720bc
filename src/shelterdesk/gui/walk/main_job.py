"""The main job, step by step: a girl of sixteen is admitted, asked, referred; a backup is made.

Two people take turns at the desk: the counsellor works on the case, and the director, who alone of
the two may do it, makes the backup.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel

from shelterdesk.core.i18n import N_
from shelterdesk.core.lao.breaks import plain
from shelterdesk.core.scripts import on_screen
from shelterdesk.gui.walk.hand import Hand, Key, WalkStopped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PREVIEW: Final = N_("The letter was seen as it will be printed")
"""The step that is a single click, from which the painted letter is waited for."""

ALIAS: Final = "ດອກຈານ"
GIVEN, FAMILY = "ຈັນສະໝອນ", "ພົມມະລາ"
MOTHER, UNCLE = "ຄຳແພງ", "ສົມພອນ"
_OFFICE: Final = ("ຫ້ອງການຊ່ວຍເຫຼືອທາງກົດໝາຍ ດອກຈຳປາ", "Champa Legal Aid")
"""As it is called on a Lao screen and on an English one."""
_NOTE: Final = "ນາງກິນເຂົ້າແລງໄດ້ ແລະ ຂໍນອນຫ້ອງດຽວກັບໝູ່. She asked to sleep with the light on."
_NEED: Final = "ຂໍທະນາຍຄວາມແມ່ຍິງ ໄປນຳໃນວັນໃຫ້ການ ແລະ ຄຳແນະນຳເລື່ອງເງິນເດືອນທີ່ຄ້າງ."
_WHY: Final = "ຫ້ອງການອ່ານພາສາລາວ: ພິມໃໝ່ເປັນພາສາລາວ"
_ANSWER: Final = "ຮັບແລ້ວ. ນັດພົບທະນາຍຄວາມ ອາທິດໜ້າ."
_WISH: Final = "ຢາກໄດ້ທະນາຍຄວາມ ແລະ ຢາກກັບໄປຫາແມ່ ແຕ່ບໍ່ໃຫ້ລຸງຮູ້."


@dataclass(frozen=True)
class DemoPerson:
    """Somebody who opens the records in the demo, with the passphrase that everybody may know."""

    name: str
    passphrase: str

    def __repr__(self) -> str:
        return "<Person>"


@dataclass
class Walked:
    """What came of the walk: each step with its milliseconds, and what was read off the screen."""

    steps: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)
    problem: str = ""


class MainJob:
    """Goes through the main job with one hand, and keeps a picture of every stage."""

    def __init__(self, hand: Hand, out: Path, counsellor: DemoPerson, director: DemoPerson) -> None:
        self.hand, self.out = hand, out
        self.counsellor, self.director = counsellor, director
        self.walked = Walked()

    def go(self, told: Callable[[str, int], None]) -> Walked:
        """Do every step and tell of each; what stops it is kept in words, with a picture."""
        for text, work in self._steps():
            began = time.perf_counter()
            try:
                work()
            except WalkStopped as stopped:
                self.walked.problem = f"{text}: {stopped}"
                self.picture("stopped")
                break
            milliseconds = round(1000 * (time.perf_counter() - began))
            self.walked.steps.append({"step": text, "ms": milliseconds})
            told(text, milliseconds)
        return self.walked

    def _steps(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        return (
            (N_("The counsellor unlocked the records"), self.unlock),
            (N_("A girl was admitted at night with a name to call her by"), self.admit),
            (N_("Who she is was written down in Lao"), self.name_her),
            (N_("Her mother was noted, and her uncle was barred"), self.note_family),
            (N_("She decided about herself"), self.let_her_decide),
            (N_("A note was written"), self.write_note),
            (N_("She and her mother agreed item by item"), self.agree),
            (N_("A referral was begun: what leaves beside what stays"), self.refer),
            (PREVIEW, self.preview),
            (N_("The letter was saved in English"), self.letter_in_english),
            (N_("It was made void, and saved in Lao"), self.letter_in_lao),
            (N_("The letter was delivered"), self.deliver),
            (N_("The return slip was typed in by its number"), self.answer),
            (N_("The director made a backup on the stick"), self.back_up),
        )

    def picture(self, name: str) -> None:
        """Keep the window as it is under the next number."""
        file = f"{len(self.walked.pictures) + 1:02}-{name}.png"
        self.hand.picture(self.out / "screenshots" / file)
        self.walked.pictures.append(file)

    def speak(self, language: str) -> None:
        """Choose the language of the screen at the foot of the window."""
        box = self.hand.part("language", QComboBox)
        if box.currentData() != language:
            self.hand.choose("language", language)

    # -- the counsellor -------------------------------------------------------------------------

    def unlock(self) -> None:
        """Choose her name, type the passphrase, press Enter."""
        self.speak("en")
        self.picture("door-en")
        self._sit_down(self.counsellor)
        self.picture("my-day-en")
        self.speak("lo")
        self.picture("my-day-lo")

    def _sit_down(self, who: DemoPerson) -> None:
        hand = self.hand
        hand.choose_text("name", who.name)
        hand.write("passphrase", who.passphrase)
        hand.press(Key.Key_Return)
        hand.part("navigation")
        hand.rest()

    def admit(self) -> None:
        """Take down at the door what is known: a name to call her by, and a bed."""
        hand = self.hand
        hand.click("main")
        hand.write("alias", ALIAS)
        hand.choose("came_from", "lwu_network")
        hand.choose_first("bed_id")
        hand.click("main")
        self._saved()
        self.picture("admission-lo")

    def name_her(self) -> None:
        """Come back to it in the morning: her name, her age as she tells it."""
        hand = self.hand
        hand.click("step-person")
        for name, text in (
            ("given_name", GIVEN),
            ("family_name", FAMILY),
            ("given_name_latin", "Chansamone"),
            ("family_name_latin", "Phommala"),
            ("birth_date", "16 ປີ"),
        ):
            hand.write(name, text)
        hand.click("main")
        self._saved()
        self.picture("who-she-is-lo")

    def note_family(self) -> None:
        """Add her mother, who decides with her, and the uncle who never may."""
        self.hand.click("step-family")
        self._add_relative(MOTHER, "mother", "is_guardian", "yes", "no")
        self._add_relative(UNCLE, "aunt_uncle", "is_guardian_no", "never", "suspected")
        self.hand.write("her_wishes", _WISH)
        self.hand.click("main")
        self._saved()
        self.picture("family-lo")

    def _add_relative(
        self, name: str, relation: str, guardian: str, contact: str, involved: str
    ) -> None:
        hand = self.hand
        hand.click("add-relation")
        hand.write("given_name", name)
        hand.choose("relation", relation)
        hand.click(guardian)
        hand.choose("safe_to_contact", contact)
        hand.choose("involved", involved)
        hand.click("main")
        hand.until(lambda: not hand.seen("relation-form"), "the relative was not saved")

    def let_her_decide(self) -> None:
        """Keep her answers about herself: yes to the stay, no to pictures."""
        hand = self.hand
        hand.click("step-decisions")
        for answer in ("photo_audio-refused", "research_media-refused"):
            hand.click(answer)
        self.picture("her-decisions-lo")
        hand.click("open-case")

    def write_note(self) -> None:
        """Write what happened in the first night."""
        hand = self.hand
        hand.click("note")
        hand.write("note-text", _NOTE)
        hand.click("main")
        self.speak("en")
        hand.show_tab("tabs", "plan")
        self.picture("case-en")

    def agree(self) -> None:
        """Ask her and her mother about every item for the legal aid office; keep both answers."""
        hand = self.hand
        self.speak("lo")
        hand.click("consent")
        hand.choose_text("organisation", on_screen(*_OFFICE))
        hand.choose("second_actor", "parent")
        hand.choose_text("guardian", MOTHER)
        hand.choose("guardian_decision", "given")
        for item, hers, mothers in (
            ("case_code", "yes", "yes"),
            ("need_requested", "yes", "yes"),
            ("legal_name", "yes", "yes"),
            ("age_years", "yes", "yes"),
            ("legal_matter", "yes", "no"),
            ("deadline", "yes", "yes"),
            ("safe_contact", "no", "no"),
        ):
            self._answer(f"item_{item}", hers)
            self._answer(f"guardian_{item}", mothers)
        self.picture("consent-lo")
        hand.choose("language_of", "lo")
        hand.choose("form", "verbal_witnessed")
        hand.write("witness", "Demo House")
        hand.click("capacity_checked")
        hand.click("given")
        hand.part("case-code")
        self.walked.facts["case"] = self._read("case-code")
        self.speak("en")
        hand.show_tab("tabs", "consent")
        self.picture("agreed-en")

    def _answer(self, pair: str, says: str) -> None:
        buttons: list[QAbstractButton] = self.hand.part(pair).findChildren(
            QAbstractButton, "answer"
        )
        wanted = next(made for made in buttons if made.property("says") == says)
        if not wanted.isChecked():
            self.hand.press_button(wanted)

    def refer(self) -> None:
        """Choose the service, whom to ask and in which words; then see what leaves."""
        hand = self.hand
        hand.click("refer")
        hand.choose("service", "legal_representation")
        hand.choose_text("recipient", on_screen(*_OFFICE))
        hand.write("need", _NEED)
        hand.click("urgency_urgent")
        self.picture("refer-en")
        hand.click("next")
        hand.click("tick_all")
        self.picture("what-leaves-en")

    def preview(self) -> None:
        """Click once more, and see the letter as it will be printed."""
        self.hand.click("next")
        self.hand.part("letter_language")

    def letter_in_english(self) -> None:
        """Look at the preview and save the letter, which gives it its number."""
        self._save_letter("en")
        self.walked.facts["reference"] = self._read("title")
        self.picture("referral-en")

    def letter_in_lao(self) -> None:
        """Make the copy void, because the office reads Lao, and the letter in Lao instead."""
        hand = self.hand
        self.speak("lo")
        hand.click("copy_void")
        hand.write("why", _WHY)
        hand.click("why_do")
        hand.click("go_on")
        hand.click("next")
        hand.click("tick_all")
        self.picture("what-leaves-lo")
        hand.click("next")
        self._save_letter("lo")

    def _save_letter(self, language: str) -> None:
        hand = self.hand
        hand.choose("letter_language", language)
        self.picture(f"preview-{language}")
        hand.click_then("save_pdf", lambda: hand.name_file(self.out / f"letter-{language}.pdf"))
        hand.part("now-title")
        hand.rest()

    def deliver(self) -> None:
        """Note that the letter is in their hands."""
        self.hand.click("main")
        self.hand.part("slip_answer")

    def answer(self) -> None:
        """Find the referral by the number on the slip, as it came back, and type the answer in."""
        hand = self.hand
        hand.click("nav_home")
        hand.write("slip_number", self.walked.facts["reference"].lower().removeprefix("sd-"))
        hand.click("slip_open")
        hand.choose("slip_answer", "accepted")
        hand.write("received_by", "ນາງ ມະນີວັນ")
        hand.write("answer", _ANSWER)
        hand.click("slip_save")
        self.picture("answered-lo")

    # -- the director ---------------------------------------------------------------------------

    def back_up(self) -> None:
        """Lock, let the director sit down, and make the backup on the stick."""
        hand = self.hand
        hand.click("lock")
        hand.part("passphrase")
        self._sit_down(self.director)
        self.speak("lo")
        hand.click("nav_backup")
        hand.click_then("main", lambda: hand.name_file(self.out / "stick"))
        hand.rest()
        self.picture("backup-lo")
        self.speak("en")
        made = sorted((self.out / "stick").glob("SD-BACKUP/*/2*"))
        if not made:
            raise WalkStopped(what=self._read("told"))
        self.walked.facts["generation"] = str(made[-1].relative_to(self.out))

    # -- read off the screen ----------------------------------------------------------------------

    def _saved(self) -> None:
        problem = self._read("problem") if self.hand.seen("problem") else ""
        if problem:
            raise WalkStopped(what=problem)

    def _read(self, name: str) -> str:
        return plain(self.hand.part(name, QLabel).text())
