"""The names of countries and languages in Lao and English, taken from the Unicode CLDR with Babel.

    python -m tests.quality.reference

writes `countries_and_languages.json` anew; it is needed after another version of Babel is pinned,
or after a label below was changed. Babel itself does not run with the program.
"""

import json
import re
import sys
from collections.abc import Mapping
from typing import Any

from babel import Locale

from shelterdesk.core.lao.letters import normalised
from tests.quality.source import PROJECT

FILE = PROJECT / "resources" / "codes" / "countries_and_languages.json"

NO_COUNTRY = {
    "AC",
    "CP",
    "CQ",
    "DG",
    "EA",
    "EU",
    "EZ",
    "IC",
    "QO",
    "TA",
    "UN",
    "XA",
    "XB",
    "XK",
    "ZZ",
}
"""Two-letter codes of CLDR that are not in ISO 3166-1."""

NOBODYS = {"ae", "cu", "eo", "ia", "ie", "io", "la", "pi", "sa", "sh", "tl", "vo"}
"""Two-letter languages that nobody at the door speaks, and tl and sh, which have other codes."""

FROM_CLDR = ("ceb", "fil", "shn", "yue")

FIRST = {
    "country": ["LA", "TH", "VN", "CN", "KH", "MM", "MY"],
    "language": ["lo", "kjg", "hmn", "th", "vi", "zh", "km", "my"],
}
"""What is chosen most stands on top."""

WRITTEN = {
    "hmn": ("Hmong", "ມົ້ງ"),
    "mww": ("White Hmong", "ມົ້ງຂາວ"),
    "hnj": ("Green Hmong", "ມົ້ງຂຽວ"),
    "kjg": ("Khmu", "ກຶມມຸ"),
    "ium": ("Iu Mien", "ອິວມຽນ"),
    "ahk": ("Akha", "ອາຄາ"),
    "lhu": ("Lahu", "ລາຫູ"),
    "pho": ("Phunoi", "ພູນ້ອຍ"),
    "blt": ("Tai Dam", "ໄຕດຳ"),
    "twh": ("Tai Don (White Tai)", "ໄຕຂາວ"),
    "tyr": ("Tai Daeng", "ໄຕແດງ"),
    "tdd": ("Tai Nuea", "ໄຕເໜືອ"),
    "khb": ("Lue", "ລື້"),
    "phu": ("Phuan", "ພວນ"),
    "pht": ("Phu Thai", "ຜູ້ໄທ"),
    "nyw": ("Nyaw", "ຍໍ້"),
    "nod": ("Northern Thai", "ໄທເໜືອ"),
    "tts": ("Isan (Northeastern Thai)", "ອີສານ"),
    "bru": ("Eastern Bru", "ບຣູຕາເວັນອອກ"),
    "brv": ("Western Bru", "ບຣູຕາເວັນຕົກ"),
    "sss": ("So", "ໂສ້"),
    "kdt": ("Kuy", "ກຸຍ"),
    "tth": ("Ta Oi", "ຕາໂອ້ຍ"),
    "ktv": ("Eastern Katu", "ກະຕູຕາເວັນອອກ"),
    "kuf": ("Western Katu", "ກະຕູຕາເວັນຕົກ"),
    "ngt": ("Kriang", "ກຣຽງ"),
    "alk": ("Alak", "ອາລັກ"),
    "lbo": ("Jru’ (Laven)", "ຢຣຸ (ລະເວນ)"),
    "brb": ("Brao", "ເບຣົາ"),
    "nev": ("Nyaheun", "ຍະເຫີນ"),
    "lbn": ("Rmeet (Lamet)", "ລະເມດ"),
    "bgk": ("Bit", "ບິດ"),
    "mnw": ("Mon", "ມອນ"),
    "ksw": ("S’gaw Karen", "ກະຫຼ່ຽງສະກໍ"),
    "lso": ("Lao Sign Language", "ພາສາມືລາວ"),
    "tsq": ("Thai Sign Language", "ພາສາມືໄທ"),
}
"""Languages that CLDR does not name in Lao, or not as they are called; codes of ISO 639-3, and hmn.

This Lao has not yet been read by a native speaker.
"""

PREPOSED = re.compile("([\u0ec0-\u0ec4])(.)")


def place_in_alphabet(text: str) -> str:
    """Return what `text` is sorted by: a Lao vowel written before its consonant counts after it."""
    return PREPOSED.sub(r"\2\1", normalised(text))


def plain(names: Mapping[Any, Any], pattern: str) -> dict[str, str]:
    """Return the names of CLDR whose code fits, without the zero-width spaces in them."""
    return {
        str(code): str(name).replace("\u200b", "")
        for code, name in names.items()
        if re.fullmatch(pattern, str(code))
    }


def in_order(kind: str, names: Mapping[str, str]) -> dict[str, str]:
    """Return `names` by alphabet, what is chosen most on top."""
    first = FIRST[kind]
    rest = sorted(set(names) - set(first), key=lambda code: place_in_alphabet(names[code]))
    return {code: names[code] for code in (*first, *rest)}


def countries(language: str) -> dict[str, str]:
    """Return ISO 3166-1 code -> name in `language`."""
    names = plain(Locale(language).territories, "[A-Z]{2}")
    return {code: name for code, name in names.items() if code not in NO_COUNTRY}


def languages(language: str) -> dict[str, str]:
    """Return ISO 639 code -> name in `language`: two letters where there are two, else three."""
    names = plain(Locale(language).languages, "|".join(("[a-z]{2}", *FROM_CLDR)))
    ours = {code: pair[language == "lo"] for code, pair in WRITTEN.items()}
    return {code: name for code, name in names.items() if code not in NOBODYS} | ours


def standard_lists() -> str:
    """Return the text of the file; the same version of Babel gives the same text."""
    kinds = {"country": countries, "language": languages}
    lists = {
        kind: {language: in_order(kind, names(language)) for language in ("en", "lo")}
        for kind, names in kinds.items()
    }
    return json.dumps(lists, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(standard_lists(), encoding="utf-8")
    sys.stdout.write(f"{FILE.name} written\n")
