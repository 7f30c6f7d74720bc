"""What went wrong in the invented shelter: one that waits, one looked at, one closed."""

from collections.abc import Iterator
from datetime import timedelta

from shelterdesk.records.base import Record
from shelterdesk.records.house.incident import Incident, IncidentPerson, IncidentStep
from shelterdesk.services.demo.story import moment
from shelterdesk.services.desk import Desk


def incidents_of_demo(desk: Desk, staff_id: str, director_id: str) -> Iterator[Record]:
    """Yield three incidents of the last weeks with those who were in them."""
    dok, bua, mali = [one.case_id for one in desk.residence.in_house()][:3]
    today = desk.today()

    def on(days: int, hour: int) -> Incident:
        return Incident(at=moment(today - timedelta(days=days), hour), place="ຫ້ອງຄົວ")

    quarrel = on(2, 18)
    quarrel.kind, quarrel.words = "violence_between_residents", "ຜິດກັນຍ້ອນໂທລະສັບ, ດຶງຜົມກັນ."
    quarrel.done, quarrel.injuries = "ແຍກກັນຢູ່ຄົນລະຫ້ອງ, ລົມກັບແຕ່ລະຄົນ.", "no"
    quarrel.told = ("counsellor",)
    yield quarrel
    for case_id, part in ((dok, "did_it"), (bua, "hurt"), (mali, "saw_it")):
        yield IncidentPerson(case_id=case_id, incident_id=quarrel.id, part=part, at=quarrel.at)

    burn = on(12, 11)
    burn.kind, burn.words = "injury_accident", "ນ້ຳຮ້ອນລວກມື."
    burn.done, burn.injuries, burn.told = "ລ້າງນ້ຳເຢັນ 20 ນາທີ, ໄປໂຮງໝໍ.", "yes", ("nurse", "doctor")
    burn.reviewed_at = moment(today - timedelta(days=11), 9)
    burn.reviewed_by_id, burn.lesson = director_id, "ໝໍ້ນ້ຳຮ້ອນຕັ້ງໄວ້ທາງໃນ."
    yield burn
    yield IncidentPerson(case_id=mali, incident_id=burn.id, part="hurt", at=burn.at)
    yield IncidentStep(
        incident_id=burn.id, at=burn.at + timedelta(hours=3), what="ທ່ານໝໍພັນແຜໃຫ້.", by_id=staff_id
    )

    stranger = on(40, 21)
    stranger.kind, stranger.place = "threat_from_outside", "ປະຕູຮົ້ວ"
    stranger.words = "ຜູ້ຊາຍຄົນໜຶ່ງຖາມຫາຄົນໃນບ້ານ ແລະ ບໍ່ຍອມໄປ."
    stranger.told = ("director", "police")
    stranger.reviewed_by_id = director_id
    stranger.reviewed_at = moment(today - timedelta(days=39), 8)
    stranger.closed_at = moment(today - timedelta(days=30), 8)
    yield stranger
