"""What is asked of the people around her: the right that each method needs, and a call of it."""

from tests.services.matrix import Call

AROUND: dict[str, tuple[str, Call]] = {
    "around.of": ("identity:R", lambda at, s: at.desk.around.of(s.case)),
    "around.note": (
        "identity:W",
        lambda at, s: at.desk.around.note(s.case, {"given_name": "Kham"}, {"relation": "mother"}),
    ),
    "around.correct": (
        "identity:W",
        lambda at, s: at.desk.around.correct(s.relation, [(s.relation, {"notes": "x"})]),
    ),
}
