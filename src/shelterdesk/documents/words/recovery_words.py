"""What stands on a recovery page, in Lao and in English.

Both languages are on every page, whatever the language of the screen: who finds an envelope open
must understand at once. The texts are therefore constants here and not catalogue entries. They name
neither the house nor its work. In the Lao texts `|` stands for U+200B, a place to break the line.
"""

from dataclasses import dataclass
from datetime import date

from shelterdesk.core.calendar.dates import ENGLISH_MONTHS, LAO_MONTHS


@dataclass(frozen=True)
class PageAdvice:
    """One thing to know about the page: a heading and a few plain sentences."""

    heading: str
    text: str


@dataclass(frozen=True)
class Wording:
    """Everything that a recovery page says in one language."""

    title: str
    subtitle: str
    set_number: str
    page_number: str
    of_list: str
    notices: tuple[PageAdvice, ...]
    use: tuple[str, ...]
    use_heading: str
    kept_by: str
    kept_at: str
    kept_since: str
    signature: str
    made_on: str
    months: tuple[str, ...]

    def day(self, day: date) -> str:
        """Return `day` in words, for the foot of the page."""
        return f"{self.made_on} {day.day} {self.months[day.month - 1]} {day.year}"


def _lao(text: str) -> str:
    return text.replace("|", "\u200b")


LAO = Wording(
    title="ໃບກູ້ຄືນ",
    subtitle=_lao("ໃຊ້|ເປີດ|ຂໍ້ມູນ|ເມື່ອ|ລືມ|ລະຫັດ|ຜ່ານ"),
    set_number="ຊຸດທີ",
    page_number="ໃບທີ",
    of_list="ສີ່ຄຳຂອງລາຍຊື່",
    notices=(
        PageAdvice(
            "ນີ້ແມ່ນຫຍັງ",
            _lao(
                "ນີ້|ແມ່ນ|ໃບ|ໜຶ່ງ|ໃນ|ສາມ|ໃບ. ສອງ|ໃບ|ໃດ|ກໍໄດ້|ໃນ|ສາມ|ໃບ ເປີດ|ຂໍ້ມູນ|ທັງໝົດໄດ້. ໃບ|ດຽວ|ເປີດ|ຫຍັງ|ບໍ່ໄດ້."
            ),
        ),
        PageAdvice(
            "ເກັບແຍກກັນ",
            _lao("ແຕ່|ລະ|ໃບ|ໃຫ້|ຄົນ|ລະ|ຄົນ|ຮັກສາ ຢູ່|ຄົນ|ລະ|ບ່ອນ ໃນ|ຊອງ|ທີ່|ຜະນຶກ|ແລ້ວ. ຢ່າໃຫ້|ສອງ|ໃບ|ຢູ່|ນຳ|ກັນ."),
        ),
        PageAdvice(
            "ເກັບເປັນຄວາມລັບ",
            _lao(
                "ຫ້າມ|ຖ່າຍ|ຮູບ ຫຼື ສຳເນົາ|ໃບ|ນີ້. ຫ້າມ|ອ່ານ|ໃຫ້|ຜູ້|ອື່ນ|ຟັງ. "
                "ຫ້າມ|ພິມ|ຄຳ|ເຫຼົ່າ|ນີ້|ໃສ່|ບ່ອນ|ອື່ນ ນອກ|ຈາກ|ໃນ ໂປຣແກຣມ."
            ),
        ),
        PageAdvice(
            "ຖ້າໃບນີ້ຫາຍ ຫຼື ຊອງຖືກເປີດ",
            _lao(
                "ໃຫ້|ບອກ|ຜູ້|ອຳນວຍການ|ພາຍ|ໃນ|ມື້|ນັ້ນ ເພື່ອ|ເຮັດ|ຊຸດ|ໃໝ່. "
                "ຮັກສາ|ໃບ|ເກົ່າ|ໄວ້ ຈົນ|ກວ່າ ໂປຣແກຣມ ບອກ|ວ່າ|ທຳລາຍ|ໄດ້."
            ),
        ),
    ),
    use_heading="ວິທີໃຊ້",
    use=(
        _lao(
            "ເອົາ|ສອງ|ໃບ|ທີ່|ມີ|ເລກ|ຊຸດ|ດຽວ|ກັນ|ມາ. ເປີດ ໂປຣແກຣມ, ເລືອກ|ໃບ|ກູ້|ຄືນ, "
            "ແລ້ວ|ພິມ 33 ຄຳ|ຂອງ|ແຕ່|ລະ|ໃບ|ຕາມ|ລຳດັບ. ພິມ|ເລກ|ສີ່|ຕົວ|ແທນ|ຄຳ|ກໍໄດ້."
        ),
        _lao("ຕັ້ງ|ລະຫັດ|ຜ່ານ|ໃໝ່. ແລ້ວ|ເອົາ|ແຕ່|ລະ|ໃບ|ໃສ່|ຊອງ|ໃໝ່ ຜະນຶກ ແລະ ສົ່ງ|ຄືນ|ຜູ້|ຮັກສາ."),
    ),
    kept_by="ຜູ້ຮັກສາ",
    kept_at="ບ່ອນເກັບ",
    kept_since="ວັນທີ",
    signature="ລາຍເຊັນ",
    made_on="ພິມວັນທີ",
    months=LAO_MONTHS,
)

ENGLISH = Wording(
    title="Recovery page",
    subtitle="Opens the records when a passphrase is lost",
    set_number="Set",
    page_number="Page",
    of_list="Four words of the list",
    notices=(
        PageAdvice(
            "What this is",
            "This is one of three pages. Any two of the three open all the records. One page "
            "alone opens nothing.",
        ),
        PageAdvice(
            "Keep the pages apart",
            "Each page is kept by a different person, in a different place, in a sealed "
            "envelope. Never leave two together.",
        ),
        PageAdvice(
            "Keep it secret",
            "Never photograph, copy or read it out. Type the words into the program "
            "and nowhere else.",
        ),
        PageAdvice(
            "If it is lost or the envelope was opened",
            "Tell the director the same day and make a new set. Destroy old pages only when "
            "the program says so.",
        ),
    ),
    use_heading="How to use it",
    use=(
        (
            "Bring two pages of the same set. In the program choose recovery pages and type "
            "the 33 words of each in order, or the four-digit numbers instead."
        ),
        "Choose a new passphrase. Seal each page in a new envelope and give it back.",
    ),
    kept_by="Kept by",
    kept_at="Kept at",
    kept_since="Date",
    signature="Signature",
    made_on="Printed",
    months=ENGLISH_MONTHS,
)
