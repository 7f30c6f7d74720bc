"""What house paper says around the facts of a kind: lists, one record, forms to write by hand."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class HouseWords:
    """The words of house paper in one language."""

    printed: str
    kept_inside: str
    nothing: str
    open_questions: str
    sealed: str
    sealed_by_hand: str
    stays_open: str
    code: str
    day: str
    hour: str
    writer: str
    typed_in: str
    typed_by: str
    then_shredded: str
    initials: str


HOUSE: Final = {
    "lo": HouseWords(
        printed="ພິມ {day} ໂດຍ {name}",
        kept_inside="ໃຊ້ພາຍໃນ: ມີແຕ່ລະຫັດ ແລະ ຊື່ທີ່ເລືອກເອງ. ຫ້າມນຳອອກ; ໃຊ້ແລ້ວທຳລາຍ.",
        nothing="ຍັງບໍ່ມີລາຍການ.",
        open_questions="ຍັງບໍ່ໄດ້ຕື່ມ",
        sealed="ປິດຜະນຶກ: {part}",
        sealed_by_hand=("ຂໍ້ທີ່ປິດຜະນຶກ: ໃສ່ຊອງປິດໄວ້ ແລະ ມອບໃຫ້ຜູ້ທີ່ມີສິດອ່ານ ດ້ວຍມືຕົນເອງ."),
        stays_open="ທຸກຄຳຖາມປະໄວ້ໄດ້. ຂຽນໃສ່ຂ້າງມັນວ່າ: {reasons}.",
        code="ລະຫັດກໍລະນີ",
        day="ວັນທີ",
        hour="ໂມງ",
        writer="ຜູ້ຂຽນ",
        typed_in="ພິມເຂົ້າວັນທີ",
        typed_by="ໂດຍ",
        then_shredded="ພິມເຂົ້າລະບົບແລ້ວ ໃຫ້ທຳລາຍໃບນີ້. ຂຽນແຕ່ລະຫັດ, ບໍ່ຂຽນຊື່ແທ້.",
        initials="ຊື່ຫຍໍ້",
    ),
    "en": HouseWords(
        printed="Printed on {day} by {name}",
        kept_inside="For inside only: codes and chosen names. Not to be taken out; shred it.",
        nothing="There is nothing in this list yet.",
        open_questions="Not filled in",
        sealed="sealed: {part}",
        sealed_by_hand=(
            "What is sealed: put it into a closed envelope, and hand it to whoever may read it."
        ),
        stays_open="Every question may stay open. Write beside it: {reasons}.",
        code="Case code",
        day="Day",
        hour="Hour",
        writer="Written by",
        typed_in="Typed in on",
        typed_by="by",
        then_shredded="Shred this sheet once it is typed in. Write the code only, never a name.",
        initials="Initials",
    ),
}
"""The words of house paper for each language that it is printed in."""
