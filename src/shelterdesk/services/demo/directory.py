"""The directory of the fictional shelter: invented organisations over the kinds of recipients."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from shelterdesk.records.base import Record
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.service_offer import ServiceOffer
from shelterdesk.services.demo.people import telephone


class _Place(NamedTuple):
    """One invented organisation; `verified` is how many days ago, None for never."""

    target: str
    kind: str
    name: str
    latin: str
    unit: str
    contact: str
    province: str
    services: tuple[str, ...]
    verified: int | None
    letterhead: str = "official"


_PLACES: Final = (
    _Place(
        *("legal_aid_npa", "legal_service", "ຫ້ອງການຊ່ວຍເຫຼືອທາງກົດໝາຍ ດອກຈຳປາ"),
        *("Champa Legal Aid (invented)", "ໜ່ວຍງານແມ່ຍິງ ແລະ ເດັກ", "ນາງ ມະນີວັນ", "01"),
        ("legal_information", "legal_representation", "identity_documents", "compensation_claim"),
        verified=12,
    ),
    _Place(
        *("legal_aid_moj", "legal_service", "ຄລີນິກກົດໝາຍ ຮຸ່ງອາລຸນ"),
        *("Hung Aloun Legal Clinic (invented)", "ຝ່າຍໃຫ້ຄຳປຶກສາ", "ທ້າວ ສີວິໄລ", "01"),
        ("legal_information", "compensation_claim"),
        verified=45,
    ),
    _Place(
        *("hospital_central", "health_service_organisation", "ໂຮງໝໍ ດອກບົວ"),
        *("Lotus Hospital (invented)", "ພະແນກແມ່ຍິງ", "ດຣ ພອນມາລາ", "01"),
        ("primary_health", "emergency_medical", "sexual_reproductive_health"),
        verified=8,
        letterhead="neutral",
    ),
    _Place(
        *("hospital_province", "health_service_organisation", "ໂຮງໝໍແຂວງ ພູຄຳ"),
        *("Phou Kham Hospital (invented)", "ຫ້ອງກວດທົ່ວໄປ", "ດຣ ຄຳຫອມ", "06"),
        ("primary_health", "dental"),
        verified=80,
        letterhead="neutral",
    ),
    _Place(
        *("mental_health", "health_service_organisation", "ສູນສຸຂະພາບຈິດ ໃຈເຢັນ"),
        *("Chai Yen Centre (invented)", "ຫ້ອງໃຫ້ຄຳປຶກສາ", "ນາງ ດາວວິໄລ", "01"),
        ("mental_health", "psychosocial_counselling"),
        verified=30,
        letterhead="neutral",
    ),
    _Place(
        *("hiv_sti_clinic", "health_service_organisation", "ຄລີນິກ ແສງອາລຸນ"),
        *("Seng Aloun Clinic (invented)", "ຫ້ອງກວດເລືອດ", "ນາງ ບົວມາລາ", "01"),
        ("hiv_sti_counselling_test",),
        verified=20,
        letterhead="neutral",
    ),
    _Place(
        *("atd_province", "law_enforcement", "ຕຳຫຼວດຕ້ານການຄ້າມະນຸດ ພູຄຳ"),
        *("Phou Kham Police (invented)", "ໜ່ວຍຮັບແຈ້ງຄວາມ", "ທ້າວ ວັນໄຊ", "06"),
        ("police_protection",),
        verified=130,
    ),
    _Place(
        *("lwu_district", "local_government_organisation", "ສະຫະພັນແມ່ຍິງ ເມືອງ ທົ່ງແກ້ວ"),
        *("Women’s Union, Thong Keo (invented)", "ຝ່າຍປົກປ້ອງ", "ນາງ ຄຳພອນ", "13"),
        ("family_tracing", "family_mediation", "reintegration_follow_up"),
        verified=25,
    ),
    _Place(
        *("tvet", "school_or_college", "ໂຮງຮຽນວິຊາຊີບ ມືທອງ"),
        *("Golden Hand School (invented)", "ຫ້ອງຮຽນຕັດຫຍິບ", "ອາຈານ ນາລີ", "01"),
        ("vocational_training", "apprenticeship_job_placement"),
        verified=60,
        letterhead="neutral",
    ),
    _Place(
        *("school_nfe", "school_or_college", "ສູນການສຶກສານອກໂຮງຮຽນ ປີກໄມ້"),
        *("Pik Mai Learning Centre (invented)", "ຫ້ອງຮຽນພາກຄ່ຳ", "ອາຈານ ສີດາ", "01"),
        ("basic_education_nfe", "literacy_life_skills"),
        verified=15,
        letterhead="neutral",
    ),
    _Place(
        *("ngo_shelter", "ngo", "ເຮືອນພັກ ຕົ້ນໂພ"),
        *("Ton Pho House (invented)", "ຝ່າຍຮັບເຂົ້າ", "ນາງ ວັນນາ", "16"),
        ("safe_shelter", "child_care"),
        verified=40,
    ),
    _Place(
        *("embassy_consulate", "central_government_organisation", "ກົງສຸນ ປະເທດສົມມຸດ"),
        *("Consulate of Nowhere (invented)", "ຝ່າຍພົນລະເມືອງ", "ທ້າວ ລີຄຳ", "01"),
        ("identity_documents", "return_repatriation"),
        verified=None,
    ),
    _Place(
        *("employer", "corporate_business", "ຮ້ານຕັດຫຍິບ ດອກໄໝ"),
        *("Silk Flower Tailors (invented)", "ຫ້ອງການ", "ນາງ ໄໝຄຳ", "01"),
        ("apprenticeship_job_placement",),
        verified=70,
        letterhead="neutral",
    ),
)


LETTERHEADS: Final = (
    ("official", "ເຮືອນພັກ ດອກຕິ້ວ", "Dok Tiu House (invented)"),
    ("neutral", "ຫ້ອງການ ດອກຕິ້ວ", "Dok Tiu Office (invented)"),
)
"""The names under which the fictional shelter writes; the neutral one does not say what it is."""


def directory(chance: random.Random, today: date) -> Iterator[Record]:
    """Yield every organisation, each followed by what it offers."""
    for place in _PLACES:
        organisation = _organisation(place, chance, today)
        yield organisation
        for service in place.services:
            yield ServiceOffer(
                organisation_id=organisation.id,
                service=service,
                hours="08:30–16:00",
                cost="ບໍ່ເສຍຄ່າ",
                women_staff="yes",
                languages=("lo",),
                child_friendly="no" if place.target == "employer" else "yes",
                verified_on=organisation.verified_on,
            )


def _organisation(place: _Place, chance: random.Random, today: date) -> Organisation:
    verified = None if place.verified is None else today - timedelta(days=place.verified)
    return Organisation(
        name=place.name,
        name_latin=place.latin,
        kind=place.kind,
        target=place.target,
        unit=place.unit,
        contact_person=place.contact,
        phone=telephone(chance),
        phone_all_day=telephone(chance) if place.target == "hospital_central" else None,
        address="ຖະໜົນ ສົມມຸດ 1",
        province=place.province,
        letterhead=place.letterhead,
        verified_on=verified,
    )
