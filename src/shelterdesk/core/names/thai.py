"""Thai letters as they sound in a Lao name: for comparing names only, never shown.

Thai keeps letters that are not spoken (ศักดิ์, จันทร์, เพชร) and leaves out vowels that are (สม, พร).
What is not written is put down as `sounds.OPEN`, a vowel that may be any short one or none.
"""

import re
from typing import Final

OPEN: Final = "*"
"""A vowel that is not written: a short a or o, or none."""

_CONSONANTS: Final = dict(
    zip(
        "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
        "kkkkkkGjccscYdttttndttttnbppfpfpmillvssshl-h",
        strict=True,
    )
)
_SONORANT: Final = "งญนมยรลว"
_ANY: Final = "ก-ฮ"
_SIGNS: Final = "ะัาำิีึืุู็ๅ"
_TONES: Final = re.compile("[่้๊๋๎]")
_SILENT: Final = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        ("เพชร", "เพช"),
        (f"(?<=[แเโ][{_ANY}][กงนมดบยว])อ(?=[{_ANY}][{_SIGNS}])", "อะ"),  # แสงอรุณ
        ("วง[ศษส]์", "วอง"),
        ("[ดตทธ][รณ]์", ""),  # จันทร์, ศาสตร์
        (f"[{_ANY}][ิุ]?์", ""),  # ศักดิ์, พันธุ์, วงศ์
        (f"รร(?=[{_ANY}](?![{_SIGNS}]))", "ั"),  # ธรรม, พรรณ
        ("รร", "ัน"),  # สวรรค์
        ("พรหม", "พม"),
        ("ศร(?=[ีิ])|สร(?=[ีิ้])", "ส"),  # ศรี
        ("ฤ", "ริ"),
        ("(?<=ไ[กขคปพต])ร", ""),
        (f"(?<=[ชตทด])ร(?![{_SIGNS}อ])", ""),  # เพชร, จิตร
        (f"([{_ANY}])(?<!ว)ร(?=[{_ANY}เแโใไ]|$)|(?<=ว)ร$", lambda found: f"{found[1] or ''}อน"),
        (f"(?<=[กขคปผพ])ร(?=[{_SIGNS}])", ""),  # ประ
        (f"(?<=[เแโไใ])ห(?=[{_SONORANT}])", ""),  # แหล้
        (f"ห(?=[{_SONORANT}])(?![{_SONORANT}](?![{_SIGNS}{_ANY}]))", ""),  # หมี, หล้า
        (f"(?<=[{_SIGNS}])[ตท][ิุ](?![{_ANY}{_SIGNS}])", "ต"),  # สมบัติ
        ("ญ(?![" + _SIGNS + "อ])(?<!^ญ)", "น"),  # บุญ
    )
)
_SYLLABLE: Final = re.compile(
    f"(?P<lead>[เแโไใ])(?P<first>[กขค]ว(?=[ะัา])|[กขคปผพ][รล](?=[{_ANY}])|[{_ANY}])"
    f"(?P<tail>ียะ?|ือะ?|็|ิ|ี|ึ|ื|อะ?|าะ?|ะ|(?<=เ[{_ANY}])ย(?![{_SIGNS}]))?"
    f"|(?P<bare>[{_ANY}])(?P<sign>ัวะ?|ัย|ำ|ือ|็อ|อ(?![{_SIGNS}])|ว(?=[กงดนบมย](?![{_SIGNS}]))"
    f"|[{_SIGNS}])?"
)
_CLOSED: Final = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"(?<=[aeiu])v\*(?!G)", "u"),
        (r"(?<=[aeiuM])d(?=\*|$)", "T"),
        (r"(?<=[aeiuM])b(?=\*|$)", "P"),
        (r"(?<=[aeiuM])l(?=\*|$)", "L"),
        (r"(?<=[aeiuM])[jcs](?=\*|$)", "C"),
        (r"(?<=[aeiuM])T\*(?=[sc])", "T"),
        (r"T\*[tdT]", "T"),
        (r"(?<=[aeiuM*])([^aeiuM*])\*\1", r"\1"),
        (r"n\*i\*", "Y*"),  # บุญยง
        (r"n\*Y", "Y"),
        (r"\*$", ""),
    )
)
"""Letters that may end a syllable: T is d or t, P is b or p, C is ch, s or t, L is l or n."""

_LEADS: Final = {"เ": "e", "แ": "e", "โ": "u", "ไ": "ai", "ใ": "ai"}
_LED: Final = {
    "เีย": "ia",
    "เียะ": "ia",
    "เือ": "Ma",
    "เือะ": "Ma",
    "เา": "au",
    "เาะ": "u",
    "เย": "M",
    **dict.fromkeys(("เิ", "เี", "เึ", "เื", "เอ", "เอะ"), "M"),
}
_VOWELS: Final = {
    "ะ": "a",
    "ั": "a",
    "า": "a",
    "ๅ": "a",
    "ิ": "i",
    "ี": "i",
    "ึ": "M",
    "ื": "M",
    "ือ": "M",
    "ุ": "u",
    "ู": "u",
    "ัว": "ua",
    "ัวะ": "ua",
    "ัย": "ai",
    "ำ": "am",
    "อ": "u",
    "็อ": "u",
    "ว": "ua",
    "็": "e",
}


def thai_sounds(text: str) -> str:
    """Return the sounds of a Thai word, in the letters of `sounds`; other letters stay."""
    text = _TONES.sub("", text).replace("ํา", "ำ")
    for pattern, new in _SILENT:
        text = pattern.sub(new, text)
    said = _SYLLABLE.sub(_spoken, text)
    for pattern, new in _CLOSED:
        said = pattern.sub(new, said)
    return said


def _spoken(found: re.Match[str]) -> str:
    lead, first, tail, bare, sign = found.groups("")
    if not lead:
        if bare == "ย" and sign:
            return "Y" + _VOWELS[sign]
        vowel = _VOWELS.get(sign, OPEN)
        return _CONSONANTS[bare].replace("-", "") + vowel
    sound = _CONSONANTS[first[0]].replace("-", "") + ("u" if first[1:] == "ว" else "")
    return sound + (_LED.get(lead + tail) or _LEADS[lead])
