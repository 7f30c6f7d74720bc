"""The window's own command line says what the whole parser would say, or leaves it to that."""

from itertools import product
from pathlib import Path

import pytest

from shelterdesk.cli.parser import parsed
from shelterdesk.cli.window_line import window_line

LINES = [
    [*data, *language]
    for data, language in product(
        ([], ["--data", "/a"], ["--data", "b c"], ["--data", "ບ້ານ"]),
        ([], ["--language", "lo"], ["--language", "en"]),
    )
]
LEFT = [
    *(["--help"], ["--version"], ["backup"], ["--data"], ["--language", "fr"], ["--data", ""]),
    *(["--data=/a"], ["--data", "--language"], ["--data", "/a", "check"], ["--langu", "lo"]),
    *(["--data", "/a", "--data", "/b"], ["--language", "lo", "--"]),
]


@pytest.mark.parametrize("line", LINES)
def test_what_opens_the_window_is_read_alike(
    line: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHELTERDESK_DATA", str(Path("/somewhere")))
    short, whole = window_line(line), parsed(line)
    assert short is not None
    assert (short.command, short.data, short.language) == (
        whole.command,
        whole.data,
        whole.language,
    )


@pytest.mark.parametrize("line", LEFT)
def test_everything_else_is_left_to_the_parser(line: list[str]) -> None:
    assert window_line(line) is None
