"""What is asked of beds and leave: the right that each method needs, and a call of it."""

from collections.abc import Callable

from shelterdesk.records.base import new_id
from shelterdesk.records.house.beds import Bed, Bedroom
from shelterdesk.records.house.incident import Incident
from shelterdesk.records.house.leave import Absence, StandingLeave
from shelterdesk.records.house.visitors import Visitor
from shelterdesk.services.incident.box import BoxLetter
from tests.services.matrix import Call, Plain
from tests.services.seven import STRANGER, AtDesk, Setting


def number() -> str:
    """Return a number that no bed has yet."""
    return new_id()[:8]


def bed_at(at: AtDesk) -> Bed:
    """Return a bed of a room, put there past all roles."""
    room = Bedroom(name="Garden room")
    bed = Bed(code=number(), room_id=room.id, kind="adult")
    with at.vault.database.writing() as session:
        session.add_all([room, bed])
    with at.vault.database.reading() as session:
        return session.get_one(Bed, bed.id)


def room_of(at: AtDesk, bed: Bed) -> Bedroom:
    """Return the room of a bed, past all roles."""
    with at.vault.database.reading() as session:
        return session.get_one(Bedroom, bed.room_id)


def out_of(at: AtDesk, setting: Setting) -> Absence:
    """Return a time that she is out, put there past all roles."""
    row = Absence(case_id=setting.case.id, reason="family", out_at=at.clock())
    with at.vault.database.writing() as session:
        session.add(row)
    return row


def past_of(at: AtDesk, setting: Setting) -> Absence:
    """Return one that has ended."""
    row = Absence(case_id=setting.case.id, reason="family", out_at=at.clock())
    row.back_at = at.clock()
    with at.vault.database.writing() as session:
        session.add(row)
    return row


def standing_of(at: AtDesk, setting: Setting) -> StandingLeave:
    """Return leave of hers that recurs."""
    hours = {"out_hour": "07:00", "back_hour": "16:00", "days": ("mon",)}
    row = StandingLeave(case_id=setting.case.id, reason="school", **hours)
    row.since = at.desk.today()
    with at.vault.database.writing() as session:
        session.add(row)
    return row


GOES = {"reason": "family", "goes_with": "Mali"}
SCHOOL = {"reason": "school", "days": ("mon",), "out_hour": "07:00", "back_hour": "16:00"}


def with_out(call: Callable[[AtDesk, Setting], object]) -> Call:
    """Return a call that is made while she is out."""

    def made(at: AtDesk, setting: Setting) -> object:
        out_of(at, setting)
        return call(at, setting)

    return made


LEAVE: dict[str, tuple[str, Call]] = {
    "leave.board": ("house:R", lambda at, _s: at.desk.leave.board()),
    "leave.reasons": ("house:R", lambda at, _s: at.desk.leave.reasons()),
    "leave.may_write": ("house:R", lambda at, _s: at.desk.leave.may_write()),
    "leave.go_out": ("house:W", lambda at, s: at.desk.leave.go_out([s.case.id], GOES)),
    "leave.change": (
        "house:W",
        lambda at, s: at.desk.leave.change(out_of(at, s).id, GOES),
    ),
    "leave.call_off": ("house:W", with_out(lambda at, s: at.desk.leave.call_off(s.case.id))),
    "leave.come_back": ("house:W", with_out(lambda at, s: at.desk.leave.come_back([s.case.id]))),
    "leave.left_for_good": (
        "house:W",
        with_out(lambda at, s: at.desk.leave.left_for_good(s.case.id)),
    ),
    "standing_leave.present": ("house:R", lambda at, _s: at.desk.standing_leave.present()),
    "standing_leave.add": (
        "house:W",
        lambda at, s: at.desk.standing_leave.add(
            s.case.id, SCHOOL | {"agreed_by_id": at.staff[STRANGER]}
        ),
    ),
    "standing_leave.end": (
        "house:W",
        lambda at, s: at.desk.standing_leave.end(standing_of(at, s).id),
    ),
    "past_leave.lately": ("house:R", lambda at, _s: at.desk.past_leave.lately()),
    "past_leave.correct": (
        "house:W",
        lambda at, s: at.desk.past_leave.correct(
            past_of(at, s).id, {"reason": "work"}, "she has told me so today"
        ),
    ),
    "who_to_call.lines": ("house:R", lambda at, _s: at.desk.who_to_call.lines()),
    "house_lists.out": ("house:R", lambda at, _s: at.desk.house_lists.out()),
    "house_lists.to_call": ("house:R", lambda at, _s: at.desk.house_lists.to_call()),
}

DOOR = {"who": "Somphone", "kind": "repairs"}


def came(at: AtDesk) -> Visitor:
    """Return somebody who is inside, put there past all roles."""
    row = Visitor(**DOOR, came_at=at.clock(), let_in_by_id=at.staff[STRANGER])
    with at.vault.database.writing() as session:
        session.add(row)
    return row


NIGHTS: dict[str, tuple[str, Call]] = {
    "census.nights": ("house:R", lambda at, _s: at.desk.census.nights(at.desk.today(), 1)),
    "roll.tonight": ("house:R", lambda at, _s: at.desk.roll.tonight()),
    "roll.made": ("house:R", lambda at, _s: at.desk.roll.made()),
    "roll.rows": ("house:R", lambda at, _s: at.desk.roll.rows()),
    "roll.missing": ("house:R", lambda at, _s: at.desk.roll.missing()),
    "roll.keep": ("house:W", lambda at, _s: at.desk.roll.keep({})),
    "roll.found": ("house:W", lambda at, s: at.desk.roll.found(s.case.id)),
    "visitors.inside": ("house:R", lambda at, _s: at.desk.visitors.inside()),
    "visitors.lately": ("house:R", lambda at, _s: at.desk.visitors.lately()),
    "visitors.to_choose": ("house:R", lambda at, _s: at.desk.visitors.to_choose()),
    "visitors.let_in": ("house:W", lambda at, _s: at.desk.visitors.let_in(DOOR)),
    "visitors.has_gone": ("house:W", lambda at, _s: at.desk.visitors.has_gone(came(at).id)),
    "house_lists.roll": ("house:R", lambda at, _s: at.desk.house_lists.roll()),
    "house_lists.visitors": ("house:R", lambda at, _s: at.desk.house_lists.visitors()),
}

HOUSE: dict[str, tuple[str, Call]] = {
    **NIGHTS,
    **LEAVE,
    "residence.bed_of": ("house:R", lambda at, s: at.desk.residence.bed_of(s.stay)),
    "already_here.take_down": (
        "house:W",
        lambda at, _s: at.desk.already_here.take_down("Champa", at.desk.today()),
    ),
    "beds.are_planned": ("house:R", lambda at, _s: at.desk.beds.are_planned()),
    "beds.plan": ("house:R", lambda at, _s: at.desk.beds.plan()),
    "beds.free": ("house:R", lambda at, _s: at.desk.beds.free()),
    "beds.capacity": ("house:R", lambda at, _s: at.desk.beds.capacity(at.desk.today())),
    "beds.move": ("house:W", lambda at, s: at.desk.beds.move(s.case.id, bed_at(at).id)),
    "beds.add_room": ("house:W", lambda at, _s: at.desk.beds.add_room({"name": number()})),
    "beds.change_room": (
        "house:W",
        lambda at, _s: at.desk.beds.change_room(room_of(at, bed_at(at)), {"name": number()}),
    ),
    "beds.add_bed": (
        "house:W",
        lambda at, _s: at.desk.beds.add_bed(
            {"code": number(), "kind": "cot", "room_id": bed_at(at).room_id}
        ),
    ),
    "beds.change_bed": (
        "house:W",
        lambda at, _s: at.desk.beds.change_bed(bed_at(at), {"code": number()}),
    ),
    "beds.take_out": ("house:W", lambda at, _s: at.desk.beds.take_out(bed_at(at).id, "broken")),
    "beds.put_back": ("house:W", lambda at, _s: at.desk.beds.put_back(bed_at(at).id)),
}

FELL = {"kind": "injury_accident", "words": "She fell."}


def fallen(at: AtDesk) -> str:
    """Return an incident, put there past all roles."""
    row = Incident(**FELL, at=at.clock())
    with at.vault.database.writing() as session:
        session.add(row)
    return row.id


INCIDENTS: dict[str, tuple[str, Call]] = {
    "incidents.lately": ("incident:R", lambda at, _s: at.desk.incidents.lately()),
    "incidents.in_them": ("incident:R", lambda at, _s: at.desk.incidents.in_them([])),
    "incidents.account": ("incident:R", lambda at, _s: at.desk.incidents.account(fallen(at))),
    "incidents.to_choose": ("incident:R", lambda at, _s: at.desk.incidents.to_choose()),
    "incidents.report": (
        "incident:W",
        lambda at, s: at.desk.incidents.report(FELL, {s.case.id: "hurt"}),
    ),
    "incidents.refused_at_door": (
        "incident:W",
        lambda at, _s: at.desk.incidents.refused_at_door("Bounmy"),
    ),
    "incidents.change": (
        "incident:W",
        lambda at, _s: at.desk.incidents.change(fallen(at), {"injuries": "yes"}),
    ),
    "incidents.add_person": (
        "incident:W",
        lambda at, s: at.desk.incidents.add_person(fallen(at), s.case.id, "hurt"),
    ),
    "incidents.add_step": (
        "incident:W",
        lambda at, _s: at.desk.incidents.add_step(fallen(at), "The doctor came."),
    ),
    "looked_at.review": ("incident:W", lambda at, _s: at.desk.looked_at.review(fallen(at))),
    "looked_at.close": ("incident:W", lambda at, _s: at.desk.looked_at.close(fallen(at))),
    "looked_at.reopen": (
        "incident:W",
        lambda at, _s: at.desk.looked_at.reopen(fallen(at), "she has told more of it today"),
    ),
    "incident_paper.page": ("incident:R", lambda at, _s: at.desk.incident_paper.page(fallen(at))),
}

LETTER = BoxLetter(about="food", words="The rice is cold.")

BOX: dict[str, tuple[str, Plain]] = {
    "box.people": ("complaint:W", lambda at: at.desk.box.people()),
    "box.readers": ("complaint:W", lambda at: at.desk.box.readers()),
    "box.on_route": ("complaint:W", lambda at: at.desk.box.on_route()),
    "box.reads": ("complaint:W", lambda at: at.desk.box.reads()),
    "box.put_in": ("complaint:W", lambda at: at.desk.box.put_in(LETTER)),
    "box.on_paper": ("complaint:W", lambda at: at.desk.box.on_paper(LETTER)),
    "box.letters": ("complaint:R", lambda at: at.desk.box.letters()),
    "box.answer": ("complaint:R", lambda at: at.desk.box.answer("x", LETTER)),
    "box.day_lines": ("complaint:W", lambda at: at.desk.box.day_lines(at.desk.today())),
    "keyholders.route_for_what": ("keys:W", lambda at: at.desk.keyholders.route_for_what([])),
    "keyholders.set_route": ("keys:W", lambda at: at.desk.keyholders.set_route([])),
}
"""Nobody reads by her role: there is no route in the house of the matrix."""
