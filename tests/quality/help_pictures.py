"""The pictures of the help: taken by the demo's own walk, in each language, and made small.

    python -m tests.quality.help_pictures

walks through the main job on an invented shelter, stands still at the stages that the help shows,
and writes `resources/help/pictures/NAME-LANGUAGE.png`. To be run when one of these pages has
changed its looks; whoever runs it looks at what came out.
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image
from typing_extensions import override

from shelterdesk.cli.demo import own_faults
from shelterdesk.core.calendar.clock import house_day, system_clock
from shelterdesk.core.help.topics import picture_file
from shelterdesk.core.i18n import LANGUAGES
from shelterdesk.gui.walk.main_job import MainJob
from shelterdesk.gui.walk.start import DemoPerson, walk
from shelterdesk.services.demo.demo import make_demo
from shelterdesk.services.demo.staff import COUNSELLOR, DIRECTOR, who_opens_it
from shelterdesk.services.desk import held

STAGES: Final = {
    "my-day-lo": "my-day",
    "admission-lo": "admission",
    "family-lo": "family",
    "case-en": "case",
    "consent-lo": "consent",
    "what-leaves-en": "what-leaves",
    "referral-en": "referral",
}
"""Picture of the walk -> name of the picture in the help."""

_WIDTH: Final = 960
_COLOURS: Final = 48
_SEED: Final = 7


class Photographer(MainJob):
    """Goes the same way, and takes each stage that the help shows in every language."""

    @override
    def picture(self, name: str) -> None:
        if name in STAGES:
            self._take(STAGES[name], name.rpartition("-")[2])

    @override
    def back_up(self) -> None:
        """Look at the page only: what it says of a stick is of this computer."""
        self.hand.click("lock")
        self.hand.part("passphrase")
        self._sit_down(self.director)
        self.hand.click("nav_backup")
        self._take("backup", "lo")

    def _take(self, name: str, before: str) -> None:
        for language in (*(other for other in LANGUAGES if other != before), before):
            self.speak(language)
            self.hand.rest()
            place = self.hand.window.workplace
            assert place is not None
            taken = self.out / "taken.png"
            place.grab().save(str(taken))
            _make_small(taken, picture_file(name, language))


def _make_small(taken: Path, kept: Path) -> None:
    """Keep a picture in few colours and no wider than the help shows it."""
    kept.parent.mkdir(exist_ok=True)
    with Image.open(taken) as picture:
        high = round(picture.height * _WIDTH / picture.width)
        small = picture.convert("RGB").resize((_WIDTH, high), Image.Resampling.LANCZOS)
        few = small.quantize(_COLOURS, dither=Image.Dither.NONE)
        few.save(kept, optimize=True)


def main() -> None:
    """Make every picture anew."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        with held(out / "shelter") as place:
            make_demo(place, _SEED, house_day(system_clock())).desk.lock()
        words = dict(who_opens_it())
        counsellor, director = (DemoPerson(n, words[n]) for n in (COUNSELLOR, DIRECTOR))
        walked = walk(out, counsellor, director, lambda text, _ms: print(text), Photographer)
        faults = [report.read_text(encoding="utf-8") for report in own_faults(out)]
    if walked.problem or faults:
        sys.exit("\n".join((walked.problem, *faults)))


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
