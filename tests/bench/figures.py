"""What was measured, and the bound that it is held against.

A bench states ratios of two things measured by turns in one run, because seconds of one computer
say nothing about another. The bounds are those of the design of the vault (rows B1 to B16) and of
the interface (B17 to B21, B24, B25), and of who vouches (B22, B23).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

NOT_INSTALLED = "not installed"
NOT_HERE = "not measured on this system"


@dataclass(frozen=True)
class Bound:
    """A value not to be passed."""

    sign: Literal["≤", "≥", "="]
    value: float

    def holds(self, measured: float) -> bool:
        """Tell whether a measured value keeps this bound."""
        if self.sign == "=":
            return measured == self.value
        return measured <= self.value if self.sign == "≤" else measured >= self.value

    def __str__(self) -> str:
        return f"{self.sign} {self.value:g}"


def at_most(value: float) -> Bound:
    """Return the bound of what should be small."""
    return Bound("≤", value)


def at_least(value: float) -> Bound:
    """Return the bound of what should be large."""
    return Bound("≥", value)


@dataclass(frozen=True)
class Figure:
    """One measured value of a row; `value` is None where `note` says why it was not measured."""

    what: str
    value: float | None
    measure: Literal["CPU", "wall", "count"]
    unit: str = "×"
    gate: Bound | None = None
    stretch: Bound | None = None
    rounds: tuple[float, ...] = ()
    note: str = ""

    @property
    def verdict(self) -> str:
        """Return "over" or "pass" for a gated value, "stretch" when even that bound holds."""
        if self.value is None:
            return self.note
        if self.gate is None:
            return "no gate"
        if not self.gate.holds(self.value):
            return "over"
        return "stretch" if self.stretch and self.stretch.holds(self.value) else "pass"

    def content(self, row: str) -> dict[str, object]:
        """Return the figure as JSON values, under the number of its row."""
        bounds = {
            "gate": self.gate and str(self.gate),
            "stretch": self.stretch and str(self.stretch),
        }
        return {"row": row, **asdict(self), **bounds, "verdict": self.verdict}


def count(
    what: str, value: float, gate: Bound | None, unit: str = "", stretch: Bound | None = None
) -> Figure:
    """Return a figure that has nothing to do with time: the same on every computer."""
    return Figure(what, value, "count", unit, gate, stretch)


def missing(what: str, why: str = NOT_INSTALLED) -> Figure:
    """Return the place of a figure that could not be measured."""
    return Figure(what, None, "count", note=why)


def worse(figure: Figure, before: float) -> bool:
    """Tell whether a value is worse by more than a tenth than the one that was kept before."""
    if figure.value is None or figure.value == before:
        return False
    larger_is_better = figure.unit.endswith("as fast") or getattr(figure.gate, "sign", "") == "≥"
    now, then = (before, figure.value) if larger_is_better else (figure.value, before)
    return now > 1.1 * then


def compared(rows: Sequence[tuple[str, Figure]], kept: Sequence[Mapping[str, Any]]) -> str:
    """Return what has become worse since the figures that were kept, a line each, in Markdown."""
    before = {(one["row"], one["what"]): one["value"] for one in kept if one["value"] is not None}
    lines = [
        f"- {row} {figure.what}: {before[row, figure.what]:.4g} → {_value(figure)}\n"
        for row, figure in rows
        if (row, figure.what) in before and worse(figure, before[row, figure.what])
    ]
    known = sum((row, figure.what) in before for row, figure in rows)
    head = f"Worse by more than 10 % than what was kept before ({known} figures compared):"
    return "\n".join(("", head, "", "".join(lines or ["- nothing\n"]))) if known else ""


def table(rows: Sequence[tuple[str, Figure]]) -> str:
    """Return the figures as a table in Markdown."""
    head = ("row", "what", "measured", "rounds", "by", "gate", "stretch", "verdict")
    lines = [head, ("---",) * len(head), *(_cells(row, figure) for row, figure in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cells(row: str, figure: Figure) -> tuple[str, ...]:
    what = f"{figure.what} ({figure.note})" if figure.note and figure.rounds else figure.what
    bounds = (str(figure.gate or "–"), str(figure.stretch or "–"))
    return (row, what, _value(figure), _spread(figure), figure.measure, *bounds, figure.verdict)


def _value(figure: Figure) -> str:
    return "–" if figure.value is None else f"{figure.value:.4g} {figure.unit}".strip()


def _spread(figure: Figure) -> str:
    if not figure.rounds:
        return "–"
    return f"{len(figure.rounds)}: {min(figure.rounds):.3g} to {max(figure.rounds):.3g}"
