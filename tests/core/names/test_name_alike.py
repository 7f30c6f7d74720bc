"""Names that may mean one certain man, as they are typed in a hurry, and names that do not."""

import pytest

from shelterdesk.core.names.alike import Known, known, may_be_same, may_mean

KNOWN = {
    "khamla": known(("Khamla",), (None,)),
    "khamla p": known(("Khamla",), ("Phommavong",)),
    "ຄຳຫຼ້າ": known(("ຄຳຫຼ້າ",), ("ພົມມະວົງ",)),
    "somchai": known(("Somchai",), ("Rattanakone",), "Ai Noi; Keo Sisouk"),
    "noy": known(("Noy",), ("Keola",)),
    "mani": known(("ມະນີ",), ("ວົງສາ",)),
    "in one field": known(("Khamsay Vongsa",), (None,)),
}


@pytest.mark.parametrize(
    ("who", "typed"),
    [
        ("khamla", "Khamla Phommavong"),
        ("khamla", "Mr Khamla Phommavong"),
        ("khamla", "ທ່ານ ຄຳຫຼ້າ ພົມມະວົງ"),
        ("khamla", "ຄຳຫຼ້າພົມມະວົງ"),
        ("khamla p", "Khamla"),
        ("khamla p", "Kamla Pomavong"),
        ("khamla p", "Mr. Khamla (driver)"),
        ("khamla p", "Khamla, village chief"),
        ("khamla p", "Boun and Khamla"),
        ("khamla p", "K. Phommavong"),
        ("khamla p", "Phommavong Khamla"),
        ("khamla p", "Kham La"),
        ("khamla p", "Mr Phommavong"),
        ("khamla p", "Khumla Phommavong"),
        ("khamla p", "Khamla Pommavong Travel Agency"),
        ("ຄຳຫຼ້າ", "Uncle Khamla"),
        ("ຄຳຫຼ້າ", "ທ່ານຄຳຫຼ້າ"),
        ("ຄຳຫຼ້າ", "ຄຳລ້າ"),
        ("ຄຳຫຼ້າ", "ບຸນມີ ແລະ ຄຳຫຼ້າ"),
        ("ຄຳຫຼ້າ", "ຮ້ານຄຳຫຼ້າ"),
        ("somchai", "Noi"),
        ("somchai", "Mr Somchai R."),
        ("somchai", "ທ້າວ ສົມໄຊ ລັດຕະນະກອນ"),
        ("somchai", "Keo Sisouk"),
        ("noy", "Ms Noy Keola"),
        ("mani", "ນາງມະນີ"),
        ("in one field", "Khamsai Vongsa"),
    ],
)
def test_a_name_that_may_mean_him_is_found(who: str, typed: str) -> None:
    assert may_mean(typed, KNOWN[who])


@pytest.mark.parametrize(
    ("who", "typed"),
    [
        ("khamla", "Kham"),
        ("khamla", "Khamphone"),
        ("khamla", "Phommavong"),
        ("khamla p", "Khamphone Phommavong"),
        ("khamla p", "Sengdeuan Phommavong"),
        ("khamla p", "Boun"),
        ("khamla p", "Khamsing"),
        ("khamla p", "Ambulance 1195"),
        ("ຄຳຫຼ້າ", "ຄຳສອນ"),
        ("ຄຳຫຼ້າ", "ຄຳ"),
        ("ຄຳຫຼ້າ", "ຄຳຫຼ່ອນ ສີສຸກ"),
        ("ຄຳຫຼ້າ", "ສະຫະພັນແມ່ຍິງ"),
        ("ຄຳຫຼ້າ", "Mr P. Khamtay"),
        ("somchai", "Somchit"),
        ("somchai", "Dr Phouthong"),
        ("somchai", "R. Keola"),
        ("noy", "Noy Sisouk"),
        ("noy", "Keola Bounmy"),
        ("mani", "ມະນີວັນ"),
        ("mani", "ສີມະນີ"),
        ("in one field", "Boun Vongsa"),
        ("in one field", "Khamphet"),
    ],
)
def test_another_name_is_no_alarm(who: str, typed: str) -> None:
    assert not may_mean(typed, KNOWN[who])


@pytest.mark.parametrize(
    "place", ["Mahosot hospital", "Legal aid office", "ໂຮງໝໍມະໂຫສົດ", "Luang Prabang", "ມະນີວົງຄລີນິກ"]
)
@pytest.mark.parametrize("who", KNOWN)
def test_names_of_places_are_no_alarm(who: str, place: str) -> None:
    assert not may_mean(place, KNOWN[who], person=False)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (known(("Khamla",), ("Phommavong",)), known(("ຄຳຫຼ້າ",), ("ພົມມະວົງ",)), True),
        (known(("Khamla",), ("Phommavong",)), known(("Khamla",), (None,)), True),
        (known(("Khamla",), ("Phommavong",)), known(("Khamla",), ("Sisouk",)), False),
        (known(("Mali",), ("Phommavong",)), known(("Khamla",), ("Phommavong",)), False),
        (known((None,), (None,)), known((None,), (None,)), False),
    ],
)
def test_two_who_are_written_down_may_be_one(one: Known, other: Known, *, same: bool) -> None:
    assert may_be_same(one, other) is same
