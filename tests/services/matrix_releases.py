"""The rows of the matrix about released sentences: asked for, written from records, ended."""

from collections.abc import Callable

from tests.services.seven import AtDesk, Setting

RELEASES: dict[str, tuple[str, Callable[[AtDesk, Setting], object]]] = {
    "releases.ask": ("consent:W", lambda at, s: at.desk.releases.ask(s.case, "health_reason")),
    "releases.sources": (
        "medical:W",
        lambda at, s: at.desk.releases.sources(s.case, "health_reason"),
    ),
    "releases.release": (
        "medical:W",
        lambda at, s: at.desk.releases.release(s.case, "health_reason", "She needs rest."),
    ),
    "releases.end": ("legal:W", lambda at, s: at.desk.releases.end(s.release)),
}
