"""Forty texts that an attacker, or a slip of the keys, may put into a record."""

from pathlib import Path

from shelterdesk.core.signs import without_signs

PAYLOADS = [
    "<img src='{file}'>",
    '<img src="{file}">',
    "<IMG SRC={file}>",
    "<img src='file://{file}'>",
    "<img src='//10.9.8.7/x.png'>",
    r"<img src='\\10.9.8.7\x.png'>",
    "<img src='http://10.9.8.7/x.png'>",
    "<img src='data:image/png;base64,AAAA'>",
    "<qt><img src='{file}'></qt>",
    "<html><body background='{file}'>x</body></html>",
    "<table background='{file}'><tr><td>x</td></tr></table>",
    "<div style=\"background-image:url('{file}')\">x</div>",
    "<style>@import '{file}';</style>x",
    "<link rel='stylesheet' href='{file}'>",
    "<b>bold</b>",
    "<b",
    "b>",
    "</b>",
    "<br>",
    "<!-- remark -->",
    "<!DOCTYPE html>x",
    "<?xml version='1.0'?>x",
    "<script>alert(1)</script>",
    "<a href='file://{file}'>here</a>",
    "<font color='#ffffff'>white</font>",
    "<h1>large</h1>",
    "a & b",
    "&amp;",
    "&lt;b&gt;",
    "&#60;img&#62;",
    "&File",
    "a && b",
    "%1 %2 {0} {name} $HOME `id`",
    "'; DROP TABLE person; --",
    "\u202eesrever\u202c",
    "\u2066<b>\u2069",
    "ນ້ຳ\u200d<i>ໃສ</i>",
    "x\u00a0y\u00ad z",
    "![x]({file})",
    "QLabel {{ image: url({file}); }}",
]


def planted_in(payload: str, file: Path) -> str:
    """Return a payload with the path of the file that it would have opened.

    Without the signs that the services refuse; those are tried in `test_signs`.
    """
    return without_signs(_with_path(payload, file))


def _with_path(payload: str, file: Path) -> str:
    return payload.replace("{file}", str(file)).replace("{{", "{").replace("}}", "}")
