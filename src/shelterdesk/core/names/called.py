"""What stands beside a name and is none: titles, kin, trades, words of offices and places."""

import re
from typing import Final

from shelterdesk.core.lao.latin import SIGNS
from shelterdesk.core.lao.letters import normalised
from shelterdesk.core.names.disguises import in_latin

_TONES: Final = re.compile("[\u0ec8-\u0ecb\u0e48-\u0e4b]")


def plain(text: str) -> str:
    """Return a text as names are compared in writing: normalised, without tones."""
    return _TONES.sub("", normalised(in_latin(text)))


def _listed(*words: str) -> frozenset[str]:
    return frozenset(map(plain, " ".join(words).split()))


TITLES: Final = _listed(
    "mr mrs ms miss mister sir madam dr prof khun than tan thao tao nang nai nay mme monsieur",
    "madame col maj capt gen lt ajan ajarn achan ai euay nong loung lung pa pho phor mae uncle",
    "aunt auntie brother sister father mother grandfather grandmother son daughter husband wife",
    "ທ່ານ ທ້າວ ນາງ ນາງສາວ ນາຍ ອາຈານ ອ້າຍ ເອື້ອຍ ນ້ອງ ລຸງ ປ້າ ພໍ່ ແມ່ ຄູ ສຈ ດຣ ສາວ",
    "คุณ นาย นาง นางสาว ท้าว ท่าน อาจารย์ ดร พี่ ลุง ป้า พ่อ แม่ น้อง",
)
"""How people are called besides their names, as written without tones."""

TITLES_BEFORE: Final = re.compile(
    f"^(?:(?:ນາງສາວ|ນາງ|ທາວ|ທານ|ນາຍ|ອາຈານ|ອາຍ|ເອືອຍ|ລຸງ)(?![{SIGNS}])"
    "|(?:นางสาว|นาง|นาย|ทาว|ทาน|คุณ)(?![\u0e30-\u0e3a\u0e47\u0e4c]))(?=..)"
)
"""The same, written in one with the name."""

PLACES_BEFORE: Final = re.compile(
    f"^(?:(?:ban|muang|meuang|khoueng) |(?:ບານ|ເມືອງ|ແຂວງ|ນະຄອນ) ?(?![{SIGNS}]))(?=..)"
)
"""What a village, a district or a province is called besides its name, `plain`."""

TRADES: Final = _listed(
    """
    driver chief village head police officer teacher nurse doctor lawyer director manager staff
    volunteer guard owner agent agency travel transport company co ltd shop store market restaurant
    guesthouse guest house hotel bar clinic hospital school college university office department
    ministry embassy district province city town ban village muang meuang unit section branch center
    centre service services legal aid women union youth social welfare labour labor public security
    court prosecutor international organization organisation association foundation network project
    health mental vocational training road street km number no box tel near of for the and at in to
    care taxi bus car garage factory farm bank group law firm studio salon massage karaoke tours
    ambulance deputy vice assistant secretary counsellor counselor interpreter translator boss
    att attn attention via through from with import export trading construction
    ຄົນຂັບລົດ ຂັບລົດ ນາຍບ້ານ ບ້ານ ເມືອງ ແຂວງ ຮ້ານ ໂຮງໝໍ ໂຮງຮຽນ ຫ້ອງການ ພະແນກ ກະຊວງ ບໍລິສັດ ຕຳຫຼວດ ສານ ສູນ
    ຄລີນິກ ຕະຫຼາດ ໂຮງແຮມ ເຮືອນພັກ ເຮືອນ ຖະໜົນ ໜ່ວຍງານ ໜ່ວຍ ຮ້ານອາຫານ ນະຄອນ ນະຄອນຫຼວງ ສະຫະພັນ ແມ່ຍິງ ຂອງ ແລະ
    ຕາງໜ້າ ຫົວໜ້າ ຮອງ ພະນັກງານ ອົງການ ໂທ ຄອບຄົວ ຝາກ ຮຽນ ເຖິງ ຜ່ານ ໂດຍ ຫ້າງ ຂົນສົ່ງ ຈຳກັດ ຂາເຂົ້າ ຂາອອກ ຈຳກັດຜູ້ດຽວ
    คนขับรถ บ้าน เมือง แขวง ร้าน โรงพยาบาล โรงเรียน บริษัท ตำรวจ ศูนย์ ของ และ
    """
)
"""Words of trades, offices and places: no part of anybody's name."""

BESIDE: Final = re.compile(
    "|".join(sorted((w for w in TITLES | TRADES if not w.isascii()), key=len, reverse=True))
)
"""Such a word in letters that are written without blanks."""

_OWNED: Final = re.compile("['\u2019]s\\b")
"""What makes a name an owner's: Souksay's brother."""

_SIGNS_BETWEEN: Final = re.compile("[!-/:-@\\[-`{-~\u2010-\u2019\u201c\u201d]+")


def without_titles(text: str) -> list[str]:
    """Return the words of a name, `plain`, without what she or he is called, unless that is all."""
    words = _SIGNS_BETWEEN.sub(" ", _OWNED.sub("", plain(text))).split()
    words = [word for word in words if word not in TITLES] or words
    return [TITLES_BEFORE.sub("", word) for word in words]
