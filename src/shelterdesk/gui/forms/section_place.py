"""What a section says of its kind: five lines that give it a place on the screen."""

from dataclasses import dataclass

from shelterdesk.records.base import Record


@dataclass(frozen=True)
class Section:
    """What the screen says about a kind besides its facts, and by which link it hangs on her."""

    kind: type[Record]
    heading: str
    add: str
    """The words of the button that adds one; "" where another act makes them."""
    empty: str
    hangs_on: str = "case_id"
    not_yet: str = ""
    """Why nothing can be added while the case has no such link."""
    only_read: tuple[str, ...] = ()
    """Fields that another act fills in."""
    called: str = ""
    shows: tuple[str, ...] = ()
    """The fields of the form, where it has not all of them."""

    @property
    def name(self) -> str:
        """Under which name what is typed here is kept, and its buttons are found."""
        return self.called or self.kind.kind_name()
