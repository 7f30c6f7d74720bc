"""What long work reports to, and how it is stopped."""

from shelterdesk.core.errors import Cancelled


class Progress:
    """Told by long work what it is doing and how far it is; the plain one stays silent.

    A window or a command line overrides `show`. `stop()` may be called from another thread; the
    work then ends at its next `step` with `Cancelled` and undoes what it began.
    """

    def __init__(self) -> None:
        self._stopped = False
        self._doing = ""

    def begin(self, doing: str) -> None:
        """Start the next part of the work; `doing` is a translatable phrase."""
        self._doing = doing
        self.step(0, 1)

    def step(self, done: int, total: int) -> None:
        """Report `done` of `total` units; raises Cancelled once `stop` was called."""
        if self._stopped:
            raise Cancelled
        self.show(self._doing, done, total)

    def show(self, doing: str, done: int, total: int) -> None:
        """Show the state to somebody; does nothing here."""

    def stop(self) -> None:
        """Ask the work to end at its next step."""
        self._stopped = True
