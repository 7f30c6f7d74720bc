"""What a return slip asks, in Lao and in English; it never asks for her name."""

from dataclasses import dataclass
from typing import Final

FORM: Final = "RS-2"


@dataclass(frozen=True)
class SlipWords:
    """The questions of both slips in one language."""

    title: str
    about: str
    part_a: str
    part_b: str
    no_name: str
    no_diagnosis: str
    back_to: str
    received_by: str
    received_on: str
    accepted: str
    waiting: str
    cannot: str
    not_offered: str
    contact: str
    appointment: str
    cut: str
    service: str
    begun: str
    ended: str
    finished: str
    continuing: str
    stopped: str
    not_attended: str
    next_step: str
    message: str
    phone: str


SLIP: Final = {
    "lo": SlipWords(
        title="ໃບຕອບກັບ",
        about="ກະລຸນາຕັດ ແລະ ສົ່ງແຕ່ລະສ່ວນຄືນ ໃນຊອງທີ່ປິດແລ້ວ.",
        part_a="ສ່ວນ ກ – ໄດ້ຮັບຈົດໝາຍແລ້ວ",
        part_b="ສ່ວນ ຂ – ຜົນຂອງການບໍລິການ",
        no_name="ກະລຸນາຢ່າຂຽນຊື່ຂອງບຸກຄົນໃສ່ໃບນີ້. ມີເລກທີກໍພໍແລ້ວ.",
        no_diagnosis="ກະລຸນາຢ່າຂຽນຊື່ ແລະ ຢ່າຂຽນການບົ່ງມະຕິພະຍາດໃສ່ໃບນີ້.",
        back_to="ສົ່ງຄືນໃຫ້",
        received_by="ຜູ້ຮັບ",
        received_on="ຮັບວັນທີ",
        accepted="ຮັບໃຫ້ບໍລິການ",
        waiting="ລໍຖ້າຮອດວັນທີ",
        cannot="ບໍ່ສາມາດຮັບ ຍ້ອນວ່າ (ໝາຍເລກ)",
        not_offered="ພວກເຮົາບໍ່ມີບໍລິການນີ້",
        contact="ຜູ້ຕິດຕໍ່",
        appointment="ນັດໝາຍ (ວັນ ແລະ ເວລາ)",
        cut="ຕັດຕາມເສັ້ນນີ້",
        service="ບໍລິການທີ່ໄດ້ໃຫ້",
        begun="ເລີ່ມວັນທີ",
        ended="ສິ້ນສຸດວັນທີ",
        finished="ສຳເລັດແລ້ວ",
        continuing="ກຳລັງສືບຕໍ່",
        stopped="ຢຸດແລ້ວ",
        not_attended="ບໍ່ໄດ້ມາ",
        next_step="ຂັ້ນຕອນຕໍ່ໄປ",
        message="ຂໍ້ຄວາມເຖິງຜູ້ສົ່ງ",
        phone="ເບີໂທ",
    ),
    "en": SlipWords(
        title="Return slip",
        about="Please cut the parts off and send each part back in a closed envelope.",
        part_a="Part A – letter received",
        part_b="Part B – result of the service",
        no_name="Please write no name of the person on this slip. The number is enough.",
        no_diagnosis="Please write no name and no diagnosis on this slip.",
        back_to="Send back to",
        received_by="Received by",
        received_on="Received on",
        accepted="Accepted",
        waiting="On the waiting list until",
        cannot="Cannot be accepted, because of (number)",
        not_offered="We do not offer this service",
        contact="Contact person",
        appointment="Appointment (day and time)",
        cut="cut along this line",
        service="Service given",
        begun="From",
        ended="Until",
        finished="Finished",
        continuing="Continuing",
        stopped="Stopped",
        not_attended="Did not attend",
        next_step="Next step",
        message="Message for the sender",
        phone="Telephone",
    ),
}
"""The words of the slips for each language that they are printed in."""
