"""What a shelter would write about an invented person, for the papers that leave it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import EncodedStreamObject, StreamObject

from shelterdesk.core import codes
from shelterdesk.core.disclosed import Disclosed, DisclosedItem, Recipient
from shelterdesk.core.presets import ceiling
from shelterdesk.documents.consent_sheet import ConsentTerms, consent_sheet
from shelterdesk.documents.her_page import her_page
from shelterdesk.documents.letterhead import PrintedHead, Sender
from shelterdesk.documents.referral_letter import LetterFacts, referral_letter
from shelterdesk.documents.return_slip import return_slip
from shelterdesk.documents.withdrawal_notice import withdrawal_notice

DAY = date(2026, 11, 3)
SENT = date(2026, 10, 9)
REFERENCE = "SD-2026-493127-X"
LANGUAGES = ("lo", "en")

LAO_TEXTS = {
    "case_code": "K-7QX2",
    "need_requested": (
        "ຂໍໃຫ້ຜູ້ຍິງເປັນຜູ້ຕ້ອນຮັບ, ອະທິບາຍຂັ້ນຕອນກ່ອນ ແລະ ນັດໝາຍໃນຕອນເຊົ້າ. ຖ້າມີຄ່າບໍລິການ ກະລຸນາແຈ້ງໃຫ້ພວກເຮົາຮູ້ກ່ອນ."
    ),
    "legal_name": "ນາງ ຈຳປາ ພັນທະວົງ",
    "alias": "ນ້ອງດາວ",
    "sex": "ຍິງ",
    "age_years": "17",
    "birth_date": "ວັນທີ 9 ມີນາ 2009",
    "nationality": "ລາວ",
    "ethnicity": "ກຶມມຸ",
    "language_interpreter": "ກຶມມຸ; ຕ້ອງການຜູ້ແປພາສາ",
    "disability_access_need": "ຍ່າງຂຶ້ນຂັ້ນໄດບໍ່ໄດ້, ຕ້ອງການຫ້ອງຊັ້ນລຸ່ມ",
    "id_number": "01-234567890",
    "phone_safe": "020 5555 0123",
    "home_province": "ອຸດົມໄຊ",
    "home_district": "ເມືອງນາໝໍ້",
    "home_village": "ບ້ານນ້ຳຫີນ",
    "current_location_general": "ເຂດຊານເມືອງທາງທິດໃຕ້",
    "shelter_contact_office": "ຫ້ອງການບໍລິການສັງຄົມ, ໂທ 021 555 000",
    "family_contact": "ນາງ ບົວ (ປ້າ): 020 5555 0456",
    "guardian": "ນາງ ບົວ ພັນທະວົງ (ປ້າ)",
    "case_worker": "ນາງ ວັນນາ ສຸກສະຫວັນ",
    "victim_status": "ໄດ້ຮັບການຄັດແຍກແລ້ວ",
    "exploitation_type": "ແຮງງານບັງຄັບ",
    "exploitation_summary": "ເຮັດວຽກໂດຍບໍ່ໄດ້ຄ່າແຮງງານແປດເດືອນ",
    "perpetrator_info": "ນາຍໜ້າທີ່ຮູ້ຈັກຄອບຄົວ",
    "safety_risk_for_provider": "ອາດມີຄົນມາຖາມຫາ; ກະລຸນາບໍ່ຢືນຢັນວ່າຮູ້ຈັກ ແລະ ໂທຫາພວກເຮົາທັນທີ",
    "health_reason": "ເຈັບຫົວ ແລະ ວິນຫົວມາສອງອາທິດ, ນອນບໍ່ຫຼັບ ແລະ ກິນເຂົ້າບໍ່ໄດ້",
    "health_history": "ເຄີຍເປັນໄຂ້ຍຸງລາຍ ປີ 2024",
    "pregnancy": "ຖືພາປະມານສີ່ເດືອນ",
    "hiv_sti": "ຜົນກວດ: ບໍ່ພົບເຊື້ອ",
    "mental_health": "ຢ້ານຫ້ອງປິດ; ຕົກໃຈງ່າຍເມື່ອມີສຽງດັງ",
    "medication_allergy": "ແພ້ຢາເປນີຊີລິນ; ກິນທາດເຫຼັກມື້ລະໜຶ່ງເມັດ",
    "legal_matter": "ຂໍຄຳແນະນຳເລື່ອງຄ່າແຮງງານທີ່ບໍ່ໄດ້ຮັບ ແລະ ການເປັນພະຍານ",
    "education_skills": "ຈົບຊັ້ນມັດທະຍົມປີທີສີ່; ຮູ້ຕັດຫຍິບ ແລະ ຄອມພິວເຕີຂັ້ນພື້ນຖານ",
    "attachment_named": "ໃບນັດກວດ",
    "deadline": "ວັນທີ 20 ພະຈິກ 2026",
    "her_wish": "ຢາກໃຫ້ຖາມເທື່ອດຽວ ແລະ ຢາກຮູ້ວ່າຈະເກີດຫຍັງຂຶ້ນຕໍ່ໄປ",
    "interview_conditions": "ເຈົ້າໜ້າທີ່ຍິງ, ມີທະນາຍຄວາມ ແລະ ຜູ້ໃຫ້ຄຳປຶກສາຢູ່ນຳ, ຢູ່ຫ້ອງການຂອງພວກເຮົາ",
    "return_plan": "ກັບໄປຢູ່ກັບປ້າໃນເດືອນທັນວາ, ມີຜູ້ໄປສົ່ງຮອດເຮືອນ",
    "visit_pretext": "ຢ້ຽມຢາມກ່ຽວກັບທຶນການຕັດຫຍິບ",
    "travel_needs": "ລົດເມວັນທີ 2 ທັນວາ; ມີເດັກນ້ອຍອາຍຸສອງປີໄປນຳ",
    "plan_summary": "ຮຽນຕັດຫຍິບສາມເດືອນ ແລ້ວກັບໄປຢູ່ກັບປ້າ; ຕິດຕາມເດືອນລະເທື່ອ",
    "new_address": "ເຮືອນເລກທີ 12 ໜ່ວຍ 3",
    "safe_contact": "ໂທລະສັບ, 9–11 ໂມງ, ບອກວ່າໂທຈາກຮ້ານຕັດຫຍິບ",
    "stay_period": "ມາຮອດ: 3 ກັນຍາ 2026",
    "service_given": "ໄດ້ຮັບການກວດເບື້ອງຕົ້ນ ແລະ ຄຳປຶກສາສາມຄັ້ງ",
    "what_left": "ວັນທີ 3 ພະຈິກ 2026 – ໂຮງໝໍກາງ",
}

ENGLISH_TEXTS = {
    "case_code": "K-7QX2",
    "need_requested": (
        "To be received by a woman, with each step explained first, and an appointment in the "
        "morning. Please tell us beforehand if there is a fee."
    ),
    "legal_name": "Champa Phanthavong",
    "alias": "Dao",
    "sex": "female",
    "age_years": "17",
    "birth_date": "9 March 2009",
    "nationality": "Lao",
    "ethnicity": "Khmu",
    "language_interpreter": "Khmu; needs an interpreter",
    "disability_access_need": "Cannot climb stairs; needs a room on the ground floor",
    "id_number": "01-234567890",
    "phone_safe": "020 5555 0123",
    "home_province": "Oudomxay",
    "home_district": "Namo",
    "home_village": "Ban Nam Hin",
    "current_location_general": "Southern outskirts of the capital",
    "shelter_contact_office": "Social service office, telephone 021 555 000",
    "family_contact": "Boua (aunt): 020 5555 0456",
    "guardian": "Boua Phanthavong (aunt)",
    "case_worker": "Vanna Souksavanh",
    "victim_status": "Identified",
    "exploitation_type": "Forced labour",
    "exploitation_summary": "Worked for eight months without wages",
    "perpetrator_info": "A broker who knows the family",
    "safety_risk_for_provider": (
        "Somebody may come and ask; please do not confirm anything and call us at once"
    ),
    "health_reason": "Headache and dizziness for two weeks, cannot sleep and eats little",
    "health_history": "Dengue fever in 2024",
    "pregnancy": "About four months pregnant",
    "hiv_sti": "Test result: negative",
    "mental_health": "Afraid of closed rooms; easily startled by noise",
    "medication_allergy": "Allergic to penicillin; takes one iron tablet a day",
    "legal_matter": "Advice about unpaid wages and about giving evidence",
    "education_skills": "Finished the fourth year of secondary school; sews; basic computer skills",
    "attachment_named": "Appointment card",
    "deadline": "20 November 2026",
    "her_wish": "To be asked once only, and to know what will happen next",
    "interview_conditions": "A woman officer, lawyer and counsellor present, at our office",
    "return_plan": "Goes to live with her aunt in December, accompanied to the door",
    "visit_pretext": "A visit about a sewing grant",
    "travel_needs": "Bus on 2 December; a child of two travels along",
    "plan_summary": "Three months of sewing lessons, then to her aunt; follow-up every month",
    "new_address": "House 12, unit 3",
    "safe_contact": "Telephone, 9–11 in the morning, say that the tailor is calling",
    "stay_period": "Arrived: 3 September 2026",
    "service_given": "First examination and three counselling sessions",
    "what_left": "3 November 2026 – Central hospital",
}

TEXTS = {"lo": LAO_TEXTS, "en": ENGLISH_TEXTS}

RECIPIENTS = {
    "lo": Recipient("1", "ໂຮງໝໍມະໂຫສົດ", "ດຣ. ບຸນມີ ສີສະຫວັດ"),
    "en": Recipient("1", "Mahosot Hospital", "Dr Bounmy Sisavath"),
}
OFFICES = {
    "lo": PrintedHead(
        "ຫ້ອງການບໍລິການສັງຄົມ ດອກຈຳປາ",
        "ຕູ້ ປ.ນ. 1234, ຖະໜົນລ້ານຊ້າງ, ນະຄອນຫຼວງວຽງຈັນ",
        "021 555 000",
    ),
    "en": PrintedHead(
        "Dok Champa Social Service Office",
        "P.O. Box 1234, Lane Xang Avenue, Vientiane",
        "021 555 000",
    ),
}
SENDERS = {
    "lo": Sender("ນາງ ວັນນາ ສຸກສະຫວັນ", "ຜູ້ໃຫ້ຄຳປຶກສາ"),
    "en": Sender("Vanna Souksavanh", "Counsellor"),
}


def disclosed(codes_of: tuple[str, ...], language: str, **other: object) -> Disclosed:
    """Return the named items as the door lets them out, in words of a realistic length."""
    labels = codes.labels("disclosure_item", language)
    let_out = Disclosed(
        items=tuple(DisclosedItem(c, labels[c], TEXTS[language][c]) for c in codes_of),
        recipient=RECIPIENTS[language],
        medium="letter",
        basis="consent",
        language=language,
        at=datetime(2026, 11, 3, 3, tzinfo=UTC),
        until=date(2027, 2, 1),
        reference=REFERENCE,
        agreed_on=date(2026, 11, 2),
    )
    return replace(let_out, **other)  # type: ignore[arg-type]


def facts(language: str, **other: object) -> LetterFacts:
    """Return what else a letter says."""
    said = LetterFacts(
        made_on=DAY,
        copy=1,
        service=codes.label("service_type", "primary_health", language),
        priority=codes.label("referral_priority", "urgent", language),
        is_urgent=True,
        answer_by=date(2026, 11, 6),
        unit={"lo": "ພະແນກກວດພະຍາດທົ່ວໄປ", "en": "General medicine"}[language],
        contact_person=RECIPIENTS[language].person,
        contact_phone="021 214 018",
        sender=SENDERS[language],
        accompanied_by={"lo": "ນາງ ມະນີ ແກ້ວວິໄລ", "en": "Manee Keovilay"}[language],
        code="4F2A-91C0",
    )
    return replace(said, **other)  # type: ignore[arg-type]


def preset_letter(target: str, language: str) -> bytes:
    """Return the letter with everything that may be offered to one kind of recipient."""
    let_out = disclosed(ceiling(target), language)
    return referral_letter(let_out, OFFICES[language], facts(language, target=target))


def terms(language: str, **other: object) -> ConsentTerms:
    """Return how she decided."""
    labels = codes.labels("disclosure_item", language)

    def label(of: str, code: str) -> str:
        return codes.label(of, code, language)

    said = ConsentTerms(
        purpose=label("consent_purpose", "referral"),
        decision=label("consent_decision", "given_with_limits"),
        form=label("consent_form_of", "thumbprint"),
        actor=label("consent_actor", "self_assent_under_18"),
        language={"lo": "ກຶມມຸ", "en": "Khmu"}[language],
        interpreter={"lo": "ນາງ ຄຳ ໄຊຍະວົງ", "en": "Kham Xayavong"}[language],
        explained_by=SENDERS[language].name,
        witness={"lo": "ນາງ ດາວ ບຸນທະວີ", "en": "Dao Bounthavy"}[language],
        valid_from=DAY,
        valid_until=date(2027, 2, 1),
        refused=(labels["home_village"], labels["exploitation_summary"]),
        limits={"lo": "ບໍ່ໃຫ້ໂທຫາແມ່", "en": "Her mother must not be called"}[language],
        questions={"lo": "ໃຜຈະໄດ້ອ່ານ?", "en": "Who will read it?"}[language],
        made_on=DAY,
    )
    return replace(said, **other)  # type: ignore[arg-type]


def guardian_terms(language: str, **other: object) -> ConsentTerms:
    """Return how the person responsible for a child decided."""
    actor = codes.label("consent_actor", "legal_guardian", language)
    name = TEXTS[language]["guardian"].partition(" (")[0]
    return terms(language, actor=actor, by_guardian=True, guardian=name, **other)


def every_paper(language: str, **marks: str) -> dict[str, bytes]:
    """Return one of each kind of paper; `marks` may hold the mark at their heads."""
    office, mark = OFFICES[language], marks.get("mark", "")
    let_out = disclosed(ceiling("hospital_central"), language)
    own = replace(let_out, basis="own_file", recipient=Recipient(), reference="")
    sender, to = SENDERS[language], RECIPIENTS[language]
    return {
        "letter": referral_letter(let_out, office, facts(language, mark=mark)),
        "slip": return_slip(REFERENCE, office, DAY, language, mark),
        "consent": consent_sheet(let_out, office, terms(language, mark=mark)),
        "hers": her_page(own, office, DAY, mark),
        "notice": withdrawal_notice(
            to, REFERENCE, office, sender, DAY, language, mark=mark, letter_of=SENT, copies=2
        ),
        "recall": withdrawal_notice(
            to, REFERENCE, office, sender, DAY, language, mark=mark, is_recall=True
        ),
        "guardian": consent_sheet(let_out, office, guardian_terms(language, mark=mark)),
    }


def opened(pdf: bytes) -> PdfReader:
    """Return the paper for looking into its parts."""
    return PdfReader(BytesIO(pdf))


def everything_in(pdf: bytes) -> str:
    """Return all that the file holds: its objects and streams, unpacked, and spellings in clear."""
    reader = opened(pdf)
    held = [pdf.decode("latin-1")]
    for number in range(1, int(str(reader.trailer["/Size"]))):
        found = reader.get_object(number)
        held.append(repr(found))
        if isinstance(found, (EncodedStreamObject, StreamObject)) and "/Length1" not in found:
            held.append(found.get_data().decode("latin-1"))
    return "\n".join(held)
