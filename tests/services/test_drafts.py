"""Unfinished texts are offered again to whoever typed them, and to nobody else."""

from shelterdesk.core.permissions import Role
from shelterdesk.services.desk import Desk
from tests.factories import Shelter, add_person


def test_the_newest_text_of_a_page_is_kept_until_it_is_dropped(desk: Desk) -> None:
    desk.drafts.keep("note", {"text": "ນາງ"})
    desk.drafts.keep("note", {"text": "ນາງມາຮອດ"})
    desk.drafts.keep("call", {"said": "x"})
    assert [(d.page, d.values) for d in desk.drafts.mine()] == [
        ("call", {"said": "x"}),
        ("note", {"text": "ນາງມາຮອດ"}),
    ]
    desk.drafts.drop("call")
    assert [d.page for d in desk.drafts.mine()] == ["note"]


def test_another_person_is_not_offered_her_text(desk: Desk, shelter: Shelter) -> None:
    passphrase = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    desk.drafts.keep("note", {"text": "mine"})
    desk.lock()
    dao = Desk(shelter.unlock("Dao", passphrase))
    assert dao.drafts.mine() == []
    dao.drafts.drop("note")
    dao.lock()
    again = Desk(shelter.unlock())
    assert [d.values for d in again.drafts.mine()] == [{"text": "mine"}]
