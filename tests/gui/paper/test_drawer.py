"""The process that draws: what it may use, what it knows, and what it reads as whole."""

import ctypes
import json
import random
import subprocess
import sys
from io import BytesIO

import pytest

from shelterdesk.gui.drawn import limits
from shelterdesk.gui.drawn.drawer import Refused, made_up, opened, serve
from shelterdesk.gui.drawn.frames import Answer, Answers, DocumentKind, Frame, packed_document
from shelterdesk.gui.drawn.whole import is_whole
from tests.gui.paper.hostile_papers import file_of, pdf_of, png_of, scene

LOOKS = """
import json, os, resource, sys
from shelterdesk.gui.drawn import drawer
def look(given, told):
    what = ("DATA", "AS", "CPU", "CORE", "FSIZE", "NOFILE")
    limits = {name: resource.getrlimit(getattr(resource, f"RLIMIT_{name}")) for name in what}
    try:
        os.write(os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY), b"x")
        written = True
    except OSError:
        written = False
    status = open("/proc/self/status").read()
    facts = {"limits": limits, "modules": sorted(sys.modules), "written": written, "status": status}
    told.write(json.dumps(facts).encode()); told.flush()
drawer.serve = look
drawer.draw()
"""


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """Return what a process that draws finds around itself."""
    place = tmp_path_factory.mktemp("draw") / "written"
    line = [sys.executable, "-c", LOOKS, str(place)]
    done = subprocess.run(line, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    facts: dict[str, object] = json.loads(done.stdout)
    return facts


@pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
def test_it_has_taken_its_limits_upon_itself(inside: dict[str, object]) -> None:
    most = {name: tuple(pair) for name, pair in inside["limits"].items()}  # type: ignore[attr-defined]
    assert most["DATA"] == (limits.MEMORY, limits.MEMORY)
    assert most["AS"][1] == limits.MEMORY + limits.RESERVED
    assert most["CPU"] == (limits.SECONDS, limits.SECONDS)
    assert most["CORE"] == most["FSIZE"] == (0, 0)
    assert most["NOFILE"] == (limits.FILES, limits.FILES)
    assert "NoNewPrivs:\t1" in str(inside["status"])
    assert inside["written"] is False


def test_it_knows_neither_records_nor_keys_nor_a_network(inside: dict[str, object]) -> None:
    modules = inside["modules"]
    assert isinstance(modules, list)
    ours = {name for name in modules if name.startswith("shelterdesk.")}
    assert not {name for name in ours if name.split(".")[1] in ("store", "services", "records")}
    others = ("sqlalchemy", "sqlcipher3", "cryptography", "socket", "PySide6.QtWidgets")
    assert not set(others) & set(modules)
    assert not {name for name in modules if "QtNetwork" in name}


@pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
@pytest.mark.parametrize("kind", [DocumentKind.PDF, DocumentKind.PNG])
def test_memory_beyond_the_limit_ends_it(kind: DocumentKind) -> None:
    grows = (
        "from shelterdesk.gui.drawn import drawer, limits\n"
        "def grow(given, told):\n"
        f"    {'limits.limit_addresses()' if kind != DocumentKind.PDF else 'pass'}\n"
        "    kept = [bytearray(b'x') * (64 << 20) for _ in range(17)]\n"
        "    told.write(b'grown'); told.flush()\n"
        "drawer.serve = grow\ndrawer.draw()\n"
    )
    small = grows.replace("range(17)", "range(3)")
    for program, said in ((grows, b""), (small, b"grown")):
        line = [sys.executable, "-c", program]
        done = subprocess.run(line, check=False, capture_output=True, stdin=subprocess.DEVNULL)
        assert done.stdout == said


def test_the_program_itself_answers_and_ends_when_the_window_is_gone() -> None:
    line = [sys.executable, "-P", "-m", "shelterdesk", "--draw"]
    content = pdf_of(2)
    given = packed_document(DocumentKind.PDF, content) + content
    done = subprocess.run(line, check=True, capture_output=True, input=given)
    answers = [frame.answer for frame in Answers().take(done.stdout)]
    assert answers == [Answer.READY, Answer.SIZES]
    assert done.stderr == b""


def test_a_window_that_goes_away_while_it_speaks_ends_it_quietly() -> None:
    told = BytesIO()
    serve(BytesIO(packed_document(DocumentKind.PDF, pdf_of())[:3]), told)
    serve(BytesIO(packed_document(DocumentKind.PDF, pdf_of()) + b"%PDF"), told)
    assert told.getvalue() == Frame(Answer.READY).packed() * 2


def test_the_limits_of_windows_are_laid_out_as_the_system_reads_them() -> None:
    told = limits.job_limits()
    assert ctypes.sizeof(limits.JobLimits) == (144 if sys.maxsize > 2**32 else 112)
    assert told.Basic.LimitFlags == 0x2000 | 0x400 | 0x100 | 0x8
    assert (told.ProcessMemoryLimit, told.Basic.ActiveProcessLimit) == (limits.MEMORY, 1)
    assert limits.JobLimits.ProcessMemoryLimit.offset == 112
    limits.Job(0).close()


# -- whole or not ----------------------------------------------------------------------------

GOOD = {
    "jpeg": (DocumentKind.JPEG, file_of(scene(), b"JPG")),
    "progressive": (DocumentKind.JPEG, file_of(scene(), b"JPG", progressive=True)),
    "png": (DocumentKind.PNG, file_of(scene(), b"PNG")),
    "small png": (DocumentKind.PNG, png_of(3, 2, bytes(8))),
    "interlaced": (DocumentKind.PNG, png_of(3, 2, bytes(12), interlaced=True)),
    "pdf": (DocumentKind.PDF, pdf_of(2)),
}


def is_taken(kind: DocumentKind, content: bytes) -> bool:
    try:
        opened_here(kind, content)
    except Refused:
        return False
    return True


def opened_here(kind: DocumentKind, content: bytes) -> None:
    """Open as the process does, without limiting the tests' own process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("shelterdesk.gui.drawn.drawer.limit_addresses", lambda: None)
        opened(kind, content)


@pytest.mark.parametrize("name", GOOD)
def test_a_whole_file_is_whole_also_with_something_behind_it(name: str) -> None:
    kind, content = GOOD[name]
    assert is_whole(kind, content)
    assert is_whole(kind, content + bytes(500))


@pytest.mark.parametrize("name", GOOD)
def test_a_file_cut_off_anywhere_is_not_whole(name: str) -> None:
    kind, content = GOOD[name]
    for end in range(8, len(content) - 6, max(1, len(content) // 200)):
        assert not is_whole(kind, content[:end]), end
        assert not is_whole(kind, content[:end] + bytes(len(content) - end)), end


@pytest.mark.parametrize(("name", "most_missed"), [("png", 0), ("jpeg", 5), ("progressive", 5)])
def test_a_picture_with_a_hole_is_not_taken(name: str, most_missed: int) -> None:
    """A JPEG has no checksum: where as many blocks come out as before, nobody can tell."""
    kind, content = GOOD[name]
    chance = random.Random(5)
    begin = 800 if kind == DocumentKind.JPEG else 100
    missed = 0
    for _ in range(30):
        at = chance.randrange(begin, len(content) - 5000)
        gone = chance.choice((512, 2048, 4096))
        missed += is_taken(kind, content[:at] + bytes(gone) + content[at + gone :])
        missed += is_taken(kind, content[:at] + content[at + gone :])
    assert missed <= most_missed


def test_a_progressive_picture_without_its_last_scans_is_not_whole() -> None:
    kind, content = GOOD["progressive"]
    scans = [at for at in range(len(content) - 1) if content[at : at + 2] == b"\xff\xda"]
    assert len(scans) > 3
    tables = content.rindex(b"\xff\xc4", 0, scans[-1])
    assert not is_whole(kind, content[:tables] + b"\xff\xd9")


def test_a_photograph_cut_off_inside_a_pdf_is_not_whole() -> None:
    _kind, photo = GOOD["jpeg"]
    for inside, whole in ((photo, True), (photo[: len(photo) // 2], False)):
        dressed = b"<< /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream"
        assert is_whole(DocumentKind.PDF, pdf_of(extra=dressed % (len(inside), inside))) is whole


@pytest.mark.parametrize(
    ("message", "missing"),
    [
        ("Corrupt JPEG data: premature end of data segment", True),
        ("Premature end of JPEG file", True),
        ("Corrupt JPEG data: bad Huffman code", True),
        ("Corrupt JPEG data: 2 extraneous bytes before marker 0xd9", False),
        ("Corrupt JPEG data: 900 extraneous bytes before marker 0xd9", True),
        ("Corrupt JPEG data: 2 extraneous bytes before marker 0xda", True),
        ("Warning: unknown JFIF revision number 2.01", False),
    ],
)
def test_the_decoder_tells_when_it_made_something_up(message: str, missing: bool) -> None:
    assert made_up(message) is missing
