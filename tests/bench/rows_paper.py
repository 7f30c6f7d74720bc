"""B20: letter, a file of 60 pages, a thousand letters; Typst and WeasyPrint beside the letter."""

import html
import importlib.util
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any, Final

from shelterdesk.core.disclosed import Disclosed
from shelterdesk.core.paths import resources
from shelterdesk.core.presets import ceiling
from shelterdesk.documents.page import MARGIN, Page
from shelterdesk.documents.referral_letter import referral_letter
from shelterdesk.documents.type import Style
from tests.bench.figures import Bound, Figure, at_most, missing
from tests.bench.rounds import by_turns, ready
from tests.bench.stock import Stock
from tests.documents.papers import DAY, OFFICES, disclosed, facts

_PAGES: Final = 60
_SHEETS: Final = 2
"""A letter and its return slip."""


def printing(stock: Stock) -> list[Figure]:
    """B20: paper from the words to the bytes of its PDF, in Lao."""
    let_out = disclosed(ceiling("legal_aid_lba"), "lo")

    def letter() -> bytes:
        return referral_letter(let_out, OFFICES["lo"], facts("lo"))

    first, many = letter(), stock.work.many(1_000, 20)
    same = sum(letter() == first for _time in range(10))
    return [
        *_beside(let_out, letter),
        _wall("a sheet of the letter", [_timed(letter) / _SHEETS for _time in range(9)], 9),
        _wall(f"a file of {_PAGES} pages", [_timed(_long) for _time in range(5)], 400),
        _wall(f"{many:,} letters", [_timed(letter, many)], 10_000),
        Figure("letters of the same bytes, of ten", same, "count", "", Bound("=", 10)),
    ]


def _beside(let_out: Disclosed, letter: Callable[[], bytes]) -> Iterator[Figure]:
    """Set the same words with each of the other two, where they are installed."""
    for name, peer in (("typst", _typst), ("weasyprint", _weasyprint)):
        what = f"letter with its slips : {name}, the words of the letter alone"
        if importlib.util.find_spec(name) is None:
            yield missing(what)
        else:
            theirs = peer(let_out)
            theirs()
            turns = by_turns(ready(letter), ready(theirs), 9)
            yield turns.figure(what, at_most(2.4) if name == "typst" else None)


def _typst(let_out: Disclosed) -> Callable[[], Any]:
    import typst  # type: ignore[import-not-found, unused-ignore]

    lines = "\n\n".join(f"#text({_quoted(f'{i.label}: {i.text}')})" for i in let_out.items)
    source = f'#set text(font: ("Noto Sans", "Noto Sans Lao"), size: 10pt)\n{lines}'.encode()
    fonts = [str(resources() / "fonts")]
    return lambda: typst.compile(source, font_paths=fonts, ignore_system_fonts=True)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _weasyprint(let_out: Disclosed) -> Callable[[], Any]:
    import weasyprint  # type: ignore[import-not-found, unused-ignore]

    lines = "".join(f"<p>{html.escape(f'{i.label}: {i.text}')}</p>" for i in let_out.items)
    faces = "".join(
        f"@font-face {{ font-family: {family}; src: url('file://{resources()}/fonts/{file}') }}"
        for family, file in (("a", "NotoSans-Regular.ttf"), ("b", "NotoSansLao-Regular.ttf"))
    )
    page = f"<style>{faces} body {{ font-family: a, b; font-size: 10pt }}</style>{lines}"
    return lambda: weasyprint.HTML(string=page).write_pdf()


def _long() -> bytes:
    """Return a file of many pages, each full of Lao."""
    page, style = Page(DAY), Style(10)
    words = " ".join(i.text for i in disclosed(ceiling("hospital_central"), "lo").items)
    for number in range(_PAGES):
        top = 790.0
        while top > MARGIN + 60:
            top = page.type.block(MARGIN, top, 500, words, style)
        if number < _PAGES - 1:
            page.next_sheet()
    return page.finish()


def _timed(work: Callable[[], object], times: int = 1) -> float:
    """Return the milliseconds of so many runs."""
    began = time.perf_counter()
    for _time in range(times):
        work()
    return 1000 * (time.perf_counter() - began)


def _wall(what: str, spent: list[float], gate: float) -> Figure:
    return Figure(what, median(spent), "wall", "ms", at_most(gate), rounds=tuple(spent))
