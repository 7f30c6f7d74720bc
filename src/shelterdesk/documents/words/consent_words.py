"""What a consent sheet says, in Lao and in English: plain sentences, in the first person.

Whoever signs must be able to say every one of them aloud. A changed sentence gets a new `FORM`.
"""

from dataclasses import dataclass
from typing import Final

FORM: Final = "CS-2"


@dataclass(frozen=True)
class ConsentWords:
    """The sentences and labels of the sheet in one language."""

    title: str
    title_of: str
    rights_heading: str
    rights: tuple[str, ...]
    rights_guardian: tuple[str, ...]
    decision_heading: str
    purpose: str
    recipient: str
    decision: str
    valid: str
    from_until: str
    from_on: str
    limits: str
    questions: str
    shared_heading: str
    shared_words: str
    nothing: str
    refused_heading: str
    explained_heading: str
    actor: str
    language: str
    interpreter: str
    explained_by: str
    witness: str
    signed: str
    signed_guardian: str
    herself: str
    guardian: str
    mark: str


CONSENT: Final = {
    "lo": ConsentWords(
        title="ໃບຍິນຍອມໃຫ້ແຈ້ງຂໍ້ມູນ",
        title_of="ໃບຍິນຍອມ: {purpose}",
        rights_heading="ສິດຂອງຂ້ອຍ",
        rights=(
            "ຂ້ອຍເປັນຜູ້ຕັດສິນໃຈເອງ. ຂ້ອຍຍິນຍອມບາງຢ່າງ ແລະ ບໍ່ຍິນຍອມບາງຢ່າງກໍໄດ້.",
            "ຖ້າຂ້ອຍບໍ່ຍິນຍອມ, ຂ້ອຍຍັງໄດ້ຮັບການດູແລຄືເກົ່າ.",
            "ຂ້ອຍຖອນຄຳຍິນຍອມໄດ້ທຸກເວລາ ໂດຍບໍ່ຕ້ອງບອກເຫດຜົນ. ສິ່ງທີ່ແຈ້ງໄປແລ້ວ ອາດເອົາຄືນບໍ່ໄດ້ທັງໝົດ.",
            "ຂ້ອຍຂໍເບິ່ງ ແລະ ຂໍແກ້ໄຂຂໍ້ມູນຂອງຂ້ອຍໄດ້.",
        ),
        rights_guardian=(
            "ຂ້ອຍຕັດສິນໃຈຮ່ວມກັບຜູ້ທີ່ຂ້ອຍຮັບຜິດຊອບ ຊຶ່ງອາຍຸຍັງບໍ່ຮອດ 18 ປີ, ເພື່ອສິ່ງທີ່ດີທີ່ສຸດສຳລັບຜູ້ນັ້ນ.",
            "ຂ້ອຍຍິນຍອມບາງຢ່າງ ແລະ ບໍ່ຍິນຍອມບາງຢ່າງກໍໄດ້. ສິ່ງທີ່ຜູ້ນັ້ນບໍ່ເຫັນດີ ຈະບໍ່ເຮັດ.",
            "ຖ້າຂ້ອຍບໍ່ຍິນຍອມ, ຜູ້ນັ້ນຍັງໄດ້ຮັບການດູແລຄືເກົ່າ.",
            "ຂ້ອຍຖອນຄຳຍິນຍອມໄດ້ທຸກເວລາ ໂດຍບໍ່ຕ້ອງບອກເຫດຜົນ. ສິ່ງທີ່ແຈ້ງໄປແລ້ວ ອາດເອົາຄືນບໍ່ໄດ້ທັງໝົດ.",
        ),
        decision_heading="ການຕັດສິນໃຈ",
        purpose="ຈຸດປະສົງ",
        recipient="ແຈ້ງໃຫ້ໃຜ",
        decision="ການຕັດສິນໃຈ",
        valid="ໄລຍະທີ່ໃຊ້ໄດ້",
        from_until="ຕັ້ງແຕ່ {start} ຈົນຮອດ {end}",
        from_on="ຕັ້ງແຕ່ {start}",
        limits="ຂອບເຂດທີ່ກຳນົດ",
        questions="ຄຳຖາມທີ່ໄດ້ຖາມ",
        shared_heading="ຂໍ້ມູນທີ່ຍິນຍອມໃຫ້ແຈ້ງ",
        shared_words="ແຈ້ງສະເພາະຂໍ້ມູນປະເພດເຫຼົ່ານີ້ ແລະ ໃຫ້ສະເພາະຜູ້ຮັບທີ່ລະບຸໄວ້ຂ້າງເທິງເທົ່ານັ້ນ:",
        nothing="ບໍ່ມີ",
        refused_heading="ຂໍ້ມູນທີ່ບໍ່ຍິນຍອມໃຫ້ແຈ້ງ",
        explained_heading="ການອະທິບາຍ",
        actor="ຜູ້ຕັດສິນໃຈ",
        language="ພາສາທີ່ອະທິບາຍ",
        interpreter="ຜູ້ແປພາສາ",
        explained_by="ຜູ້ອະທິບາຍ",
        witness="ພະຍານ",
        signed="ຂ້ອຍໄດ້ຟັງຄຳອະທິບາຍ, ໄດ້ຖາມສິ່ງທີ່ຢາກຮູ້ ແລະ ຕັດສິນໃຈດ້ວຍຕົນເອງ.",
        signed_guardian=("ຂ້ອຍໄດ້ຟັງຄຳອະທິບາຍ, ໄດ້ຖາມສິ່ງທີ່ຢາກຮູ້ ແລະ ຕັດສິນໃຈໃນນາມຜູ້ຮັບຜິດຊອບຂອງຜູ້ນັ້ນ."),
        herself="ຜູ້ໃຫ້ຄຳຍິນຍອມ",
        guardian="ຜູ້ປົກຄອງ",
        mark="ລາຍເຊັນ ຫຼື ໂປ້ມື",
    ),
    "en": ConsentWords(
        title="Agreement to share information",
        title_of="Agreement: {purpose}",
        rights_heading="My rights",
        rights=(
            "I decide. I can agree to some things and not to others.",
            "If I do not agree, I receive the same care as before.",
            "I can take my agreement back at any time and need not say why. What has already been "
            "told cannot always be called back.",
            "I can ask to see my information and to have it corrected.",
        ),
        rights_guardian=(
            "I decide together with the person I am responsible for, who is under 18, and for what "
            "is best for that person.",
            "I can agree to some things and not to others. What the person does not agree to is "
            "not done.",
            "If I do not agree, the person receives the same care as before.",
            "I can take my agreement back at any time and need not say why. What has already been "
            "told cannot always be called back.",
        ),
        decision_heading="Decision",
        purpose="Purpose",
        recipient="Who will be told",
        decision="Decision",
        valid="In force",
        from_until="from {start} until {end}",
        from_on="from {start}",
        limits="Limits",
        questions="Questions asked",
        shared_heading="What may be shared",
        shared_words="Only these kinds of information, and only with the recipient named above:",
        nothing="nothing",
        refused_heading="What may not be shared",
        explained_heading="Explanation",
        actor="Who decided",
        language="Explained in",
        interpreter="Interpreter",
        explained_by="Explained by",
        witness="Witness",
        signed=(
            "It was explained to me, I could ask what I wanted to know, and I have decided for "
            "myself."
        ),
        signed_guardian=(
            "It was explained to me, I could ask what I wanted to know, and I have decided for the "
            "person I am responsible for."
        ),
        herself="The person who decided",
        guardian="Guardian",
        mark="Signature or thumbprint",
    ),
}
"""The words of the sheet for each language that it is printed in."""
