"""What is written in the fictional shelter, in both languages: it is read in the screen's own."""

from typing import Final

from shelterdesk.core.i18n import screen_language

_ENGLISH: Final = {
    "ຄືນນັ້ນມີໄຟ; ບໍ່ມີຫຍັງຂຽນໄວ້.": "There was power that night; nothing was written.",
    "ມື້ນີ້ນາງນອນຫຼັບດີ ແລະ ກິນເຂົ້າໄດ້.": "She slept well and ate today.",
    "ນາງຢາກຮຽນຫຍິບເຄື່ອງ ແລະ ຂໍເຂົ້າຮ່ວມຫ້ອງຮຽນ.": (
        "She wants to learn sewing and asks to join the class."
    ),
    "ໂທລະສັບຫາແມ່ ຕາມທີ່ນາງຂໍ. ນາງດີໃຈ.": "Telephoned her mother, as she asked. She was glad.",
    "ນັດພົບທະນາຍຄວາມວັນຈັນໜ້າ.": "She meets the lawyer next Monday.",
    "ນາງເຂົ້າຮຽນຄົວກິນ ແລະ ຢູ່ຈົນຈົບ.": "She joined the cooking course and stayed to the end.",
    "ນາງຖາມວ່າໃນສານຈະມີຫຍັງແດ່. ໄດ້ອະທິບາຍນຳກັນ.": (
        "She asked what happens at the hearing. We went through it together."
    ),
    "ນາງຢາກຂຽນຫາເອື້ອຍ; ສົ່ງຈົດໝາຍແລ້ວ.": "Wishes to write to her sister; letter posted.",
    "ຍ່າງໄປຕະຫຼາດນຳແມ່ເຮືອນ; ນາງສະບາຍໃຈ.": ("Walked to the market with the house mother; was at ease."),
    "ພົບຄູໂຮງຮຽນວິຊາຊີບ: ເລີ່ມຮຽນເດືອນໜ້າໄດ້.": (
        "Met the teacher of the vocational school: she can begin next month."
    ),
    "ນາງຖາມເຖິງເງິນເດືອນທີ່ຍັງບໍ່ໄດ້ຮັບ. ຈະຖາມຫ້ອງການກົດໝາຍ.": (
        "She asks for the wages that she has not had. Legal aid will be asked."
    ),
    "ມື້ນີ້ນາງເວົ້າເຖິງຄວາມໄວ້ໃຈເປັນເທື່ອທຳອິດ.": "Spoke about trust today for the first time.",
    "ນາງເວົ້າເຖິງຄວາມຢ້ານໃນເວລາກາງຄືນ.": "She spoke of being afraid at night.",
    "ຄວາມດັນເລືອດປົກກະຕິ; ກິນຢາບຳລຸງເລືອດໜຶ່ງເດືອນ.": ("Blood pressure normal; iron tablets for a month."),
    "ກວດສຸຂະພາບທົ່ວໄປ: ປົກກະຕິ.": "General check of her health: normal.",
    "ທວງເງິນເດືອນທີ່ຄ້າງກ່ອນ; ເອກະສານຢູ່ຫ້ອງການຊ່ວຍເຫຼືອທາງກົດໝາຍ.": (
        "Claim of unpaid wages first; papers with the legal aid office."
    ),
    "ປ້າຢູ່ແຂວງພາກເໜືອ; ໂທຜ່ານຫ້ອງການເມືອງເທົ່ານັ້ນ.": (
        "An aunt in a northern province; telephone through the district office only."
    ),
    "ຢາກໄດ້ເງິນເດືອນທີ່ຄ້າງ ແລະ ຢາກຮຽນຫຍິບເຄື່ອງ.": "Wants her unpaid wages, and to learn sewing.",
    "ຢາກກັບໄປຢູ່ກັບແມ່ ແຕ່ບໍ່ຢາກໃຫ້ລຸງຮູ້.": ("Wants to go back to her mother, but her uncle must not know."),
    "ຢາກໄດ້ເອກະສານຄືນ ແລ້ວຊອກວຽກໃກ້ເອື້ອຍ.": (
        "Wants her papers back, then to look for work near her sister."
    ),
    "ຍັງບໍ່ຢາກເວົ້າ. ຂໍເວລາກ່ອນ.": "Does not want to speak yet. Asks for time.",
    "ນາງ ສົມຈິດ, ຫ້ອງການແຮງງານ ແລະ ສະຫວັດດີການສັງຄົມເມືອງ": (
        "Ms Somchit, district office of labour and social welfare"
    ),
    "ໂທຫາຫ້ອງການກົດໝາຍ": "Ring the legal office",
    "ຂໍເອກະສານໂຮງຮຽນ": "Ask for the school papers",
    "ພາໄປກວດສຸຂະພາບ": "Take her to the health check",
    "ກຽມຕົວໄປສານ": "Prepare for the hearing",
    "ກວດແຜນການດູແລ ພ້ອມກັບນາງ": "Go through the care plan with her",
    "ຮັບແລ້ວ. ນັດຄັ້ງທຳອິດວັນພະຫັດ.": "Accepted. First meeting on Thursday.",
    "ເລີ່ມຮຽນແລ້ວ.": "She has begun to learn.",
    "ມີຫ້ອງຮຽນໃໝ່ໃນເດືອນໜຶ່ງ.": "The next course in a month.",
    "ກວດແລ້ວ. ປົກກະຕິ.": "Seen. All is normal.",
    "ເຕັມ ຈົນຮອດເດືອນພຶດສະພາ.": "Full until May.",
    "ຂໍທະນາຍຄວາມແມ່ຍິງ ໄປນຳໃນວັນໃຫ້ການ.": ("A lawyer, a woman, to go with her on the day she is heard."),
    "ຂໍກວດສຸຂະພາບທົ່ວໄປ ໂດຍແພດແມ່ຍິງ.": "A general check of her health, by a doctor who is a woman.",
    "ຂໍບ່ອນຮຽນຕັດຫຍິບ ສາມເດືອນ.": "A place to learn sewing for three months.",
    "ຂໍຄຳແນະນຳ ເລື່ອງທວງເງິນເດືອນທີ່ຄ້າງຫົກເດືອນ.": ("Advice on a claim for six months of unpaid wages."),
    "ຂໍຄວາມຊ່ວຍເຫຼືອ ຕາມທີ່ຕົກລົງກັນທາງໂທລະສັບ.": "Help, as agreed on the telephone.",
    "ສຳເລັດ.": "Done.",
    "ກວດ ແລະ ປິ່ນປົວແລ້ວ.": "Seen and treated.",
    "ຮຽນຈົບແລ້ວ.": "She has finished the course.",
    "ນາງປ່ຽນໃຈ": "She changed her mind",
    "ຊ້ອມໜີໄຟ: ທຸກຄົນອອກມາເດີ່ນບ້ານພາຍໃນສີ່ນາທີ.": "Fire drill: all were in the yard within four minutes.",
    "ທຸກຄົນກິນເຂົ້ານຳກັນ; ແກງໜໍ່ໄມ້.": "All ate together; bamboo soup.",
    "ມີປາກສຽງກັນເລື່ອງໂທລະພາບ; ລົມກັນແລ້ວ ເຂົ້າໃຈກັນ.": (
        "There were words about the television; they talked and it is settled."
    ),
    "ໂຄມໄຟຢູ່ປະຕູຮົ້ວເສຍ; ໂທຫາຊ່າງແລ້ວ.": "The lamp at the gate is broken; the electrician was called.",
    "ຮຽນຫຍິບເຄື່ອງສອງຊົ່ວໂມງ; ຕັ້ງໃຈດີ.": "Sewed for two hours, with great care.",
    "ເຂົ້າສານເຫຼືອໜຶ່ງເປົາ; ຕ້ອງຊື້ກ່ອນວັນເສົາ.": "One sack of rice is left; to be bought before Saturday.",
    "ນອນບໍ່ຫຼັບ; ຢາກໃຫ້ເປີດໄຟໄວ້.": "Cannot sleep; would like the light left on.",
    "ປະຕູທຸກບານລັອກແລ້ວ; ກະແຈຢູ່ໃນຕູ້.": "All doors are locked; the keys are in the cupboard.",
    "ຕູ້ເຢັນຢາ 5 ອົງສາ.": "Medicine fridge 5 degrees.",
    "ຄືນທີ່ສະຫງົບ. ຊ່າງຈະມາສ້ອມໂຄມໄຟຕອນເຊົ້າ.": (
        "A calm time. The electrician comes to mend the lamp in the morning."
    ),
}
"""Every text of the story, as it is written in Lao -> in English."""


def told(lao: str) -> str:
    """Return a text of the story in the language of the screen; "" stays; KeyError for others."""
    return _ENGLISH[lao] if lao and screen_language() == "en" else lao
