"""What a receipt says around the things and amounts that it is for."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class ReceiptWords:
    """The words of a receipt in one language."""

    title: str
    hers: str
    of_house: str
    about: str
    when: str
    what: str
    how_much: str
    why: str
    gives: str
    takes: str
    present: str
    signed: str
    still_kept: str
    corrects: str
    cut: str


RECEIPT: Final = {
    "lo": ReceiptWords(
        title="ໃບຮັບ",
        hers="ໃບຂອງຜູ້ຝາກ",
        of_house="ໃບຂອງບ້ານພັກ",
        about="ຂອງໃຜ",
        when="ເວລາ",
        what="ເຮັດຫຍັງ",
        how_much="ຈຳນວນ",
        why="ສິ່ງຂອງ ຫຼື ໃຊ້ເພື່ອຫຍັງ",
        gives="ຜູ້ມອບ",
        takes="ຜູ້ຮັບ",
        present="ຜູ້ຢູ່ນຳ",
        signed="ລາຍເຊັນ",
        still_kept="ຍັງຝາກໄວ້",
        corrects="ແກ້ໄຂລາຍການທີ່ຂຽນຜິດ",
        cut="ຕັດຢູ່ບ່ອນນີ້",
    ),
    "en": ReceiptWords(
        title="Receipt",
        hers="her copy",
        of_house="copy of the house",
        about="Whose it is",
        when="When",
        what="What is done",
        how_much="How much",
        why="What it is, or for what",
        gives="Gives",
        takes="Takes",
        present="Is there too",
        signed="signature",
        still_kept="Still kept",
        corrects="Corrects an entry that was wrong",
        cut="cut here",
    ),
}
"""The words of a receipt for each language that it is printed in."""
