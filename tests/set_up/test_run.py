"""`run.py` on its own: the command line, the computer, the mark of a finished environment."""

import ast
import os
import re
import sys
from pathlib import Path

import pytest

import run
from tests.quality.source import PROJECT

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux loads them from the system")


def test_no_word_opens_the_program() -> None:
    assert run.parsed([]) == ("open", None, [])


def test_what_stands_after_the_command_is_passed_on() -> None:
    assert run.parsed(["test", "-k", "x", "--lf"]) == ("test", None, ["-k", "x", "--lf"])


@pytest.mark.parametrize("before", [True, False])
def test_wheels_may_stand_anywhere(before: bool, tmp_path: Path) -> None:
    wheels = ["--wheels", str(tmp_path)]
    line = [*wheels, "demo", "--headless"] if before else ["demo", "--headless", *wheels]
    assert run.parsed(line) == ("demo", tmp_path.resolve(), ["--headless"])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["explode"], "no command 'explode'"),
        (["demo", "--wheels"], "folder that holds the wheels"),
        (["demo", "--wheels", "nowhere"], "no folder nowhere"),
    ],
)
def test_a_wrong_command_line_is_explained(line: list[str], said: str) -> None:
    with pytest.raises(run.Problem, match=re.escape(said)):
        run.parsed(line)


@pytest.mark.parametrize("strange", ["index.html", "qt-1.tar.gz", "wheel"])
def test_a_folder_of_wheels_holds_nothing_that_could_lead_elsewhere(
    strange: str, tmp_path: Path
) -> None:
    for name in ("qt-1-py3-none-any.whl", strange):
        (tmp_path / name).touch()
    with pytest.raises(run.Problem, match=re.escape(f"Take out: ['{strange}']")):
        run.parsed(["demo", "--wheels", str(tmp_path)])


def test_usage_names_every_command() -> None:
    assert all(f"  {word} " in run.usage() for word in run.COMMANDS)


@pytest.mark.parametrize(
    ("system", "environment", "seen"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_a_display_is_recognised(system: str, environment: dict[str, str], seen: bool) -> None:
    assert run.has_display(environment, system) is seen


def test_a_window_is_drawn_nowhere_when_nobody_would_see_it() -> None:
    bare = {"PYTHONPATH": "/elsewhere", "LANG": "lo_LA.UTF-8"}
    started = run.child_environment(bare, window=False)
    assert started == {"LANG": "lo_LA.UTF-8", "PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"}


def test_what_people_start_takes_no_code_from_the_folder_they_stand_in() -> None:
    assert run.child_environment({}, window=True)["PYTHONSAFEPATH"] == "1"
    ours = [word for word, command in run.COMMANDS.items() if "shelterdesk" in command.arguments]
    assert ours == ["open", "demo"]


@pytest.mark.skipif(os.name == "nt", reason="a script stands for the program")
@pytest.mark.parametrize(
    ("path", "stands_in", "taken"),
    [
        ("bin", ".", False),
        ("", ".", False),
        ("{here}/bin", ".", False),
        ("{here}/bin", "bin", False),
        ("{here}/bin", "elsewhere", True),
    ],
)
def test_an_installer_in_the_folder_one_stands_in_is_not_started(
    path: str, stands_in: str, taken: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("bin", "elsewhere", "."):
        (tmp_path / folder).mkdir(exist_ok=True)
        if folder != "elsewhere":
            (tmp_path / folder / "uv").touch(mode=0o755)
    monkeypatch.setenv("HOME", "/srv/noy")
    monkeypatch.setenv("PATH", f"{path.format(here=tmp_path)}{os.pathsep}/nowhere")
    monkeypatch.chdir(tmp_path / stands_in)
    assert run.found_uv() == (str(tmp_path / "bin" / "uv") if taken else None)


@pytest.mark.skipif(os.name == "nt", reason="a script stands for the program")
def test_an_installer_below_home_is_taken_by_whoever_stands_at_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "uv").touch(mode=0o755)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.chdir(tmp_path)
    assert run.found_uv() == str(tmp_path / "bin" / "uv")


def test_a_chosen_platform_is_kept() -> None:
    chosen = {"QT_QPA_PLATFORM": "minimal"}
    assert run.child_environment(chosen, window=False)["QT_QPA_PLATFORM"] == "minimal"


@LINUX
def test_every_missing_library_is_named_at_once_with_one_line_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    wanted = {"libno.so.2": "libno2", "libno-extra.so.2": "libno2", "liba.so.1": "liba1"}
    with pytest.raises(run.Problem) as told:
        run.check_libraries({**wanted, "libz.so.1": "zlib1g"})
    assert all(name in str(told.value) for name in wanted)
    assert str(told.value).endswith("sudo apt-get install liba1 libno2")


def test_a_library_that_does_not_exist_is_missing() -> None:
    assert run.missing_libraries({"libnowhere.so.9": "libnowhere9"}) == ["libnowhere.so.9"]


NOWHERE = {"libnowhere.so.9": "libnowhere9", "libz.so.1": "zlib1g"}


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put an apt-get and a sudo in the way that only write down what they were asked for."""
    tools, said = tmp_path / "bin", tmp_path / "asked"
    tools.mkdir()
    said.touch()
    for name, then in (("apt-get", ""), ("sudo", '[ "$1" = -n ] && shift && exec "$@"\n')):
        script = f'#!/bin/sh\necho "{name} $*" >> "{said}"\n{then}'
        (tools / name).write_text(script, encoding="ascii")
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    return said


@LINUX
@pytest.mark.parametrize("root", [True, False])
def test_what_is_missing_is_installed_where_nobody_need_be_asked(
    asked: Path, root: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000)
    with pytest.raises(run.Problem, match="sudo apt-get install libnowhere9"):
        run.check_libraries(NOWHERE)
    said = asked.read_text(encoding="ascii").splitlines()
    assert [line for line in said if line.startswith("apt-get")] == [
        "apt-get --quiet update",
        "apt-get --quiet install --yes --no-install-recommends libnowhere9",
    ]
    assert any(line.startswith("sudo -n") for line in said) is not root
    assert "libnowhere9" in capsys.readouterr().out


@LINUX
def test_nobody_is_asked_for_a_password(asked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    (asked.parent / "bin" / "sudo").write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    with pytest.raises(run.Problem, match="sudo apt-get install libnowhere9"):
        run.check_libraries(NOWHERE)
    assert asked.read_text(encoding="ascii") == ""


@LINUX
def test_nothing_is_installed_where_nothing_is_missing(asked: Path) -> None:
    run.check_libraries({"libz.so.1": "zlib1g"})
    assert asked.read_text(encoding="ascii") == ""


@LINUX
def test_the_libraries_are_looked_for_before_anything_is_installed(
    asked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "ROOT", project(tmp_path))
    listed = tmp_path / "libraries.txt"
    listed.write_text("libnowhere.so.9  libnowhere9\n# For a window\n", encoding="utf-8")
    monkeypatch.setattr(run, "LIBRARIES", listed)
    with pytest.raises(run.Problem, match="libnowhere9"):
        run.ready(run.COMMANDS["open"], None, {"QT_QPA_PLATFORM": "offscreen"})
    assert not (tmp_path / ".venv").exists()
    assert "libnowhere9" in asked.read_text(encoding="ascii")


def test_a_window_needs_more_than_the_offscreen_platform() -> None:
    assert run.packages(window=False).items() < run.packages(window=True).items()
    assert all(name.startswith("lib") and ".so." in name for name in run.packages(window=True))


def test_the_check_of_a_change_installs_what_the_screen_needs() -> None:
    script = (PROJECT / ".ci" / "run").read_text(encoding="utf-8")
    listed = set(re.findall(r"\blib[\w.-]+", script))
    # What every Debian brings along, or what another listed package depends on.
    given = {"libstdc++6", "zlib1g", "libzstd1", "libx11-6", "libxcb1", "libfreetype6"}
    assert set(run.packages(window=True).values()) - given <= listed | {"libxcb-render0"}


def project(folder: Path, pins: str = "a==1\n") -> Path:
    """Return `folder` as a project that `run.fingerprint` can read."""
    (folder / "requirements.txt").write_text(pins, encoding="utf-8")
    table = '[project]\nname = "x"\n[build-system]\nrequires = []\n[tool.x]\n'
    (folder / "pyproject.toml").write_text(table, encoding="utf-8")
    return folder


def test_the_fingerprint_changes_with_the_pins_but_not_with_the_settings_of_tools(
    tmp_path: Path,
) -> None:
    first = run.fingerprint(project(tmp_path), "requirements.txt")
    with (tmp_path / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("line-length = 100\n")
    assert run.fingerprint(tmp_path, "requirements.txt") == first
    assert run.fingerprint(project(tmp_path, "a==2\n"), "requirements.txt") != first


def test_a_moved_project_is_set_up_anew(tmp_path: Path) -> None:
    places = [tmp_path / "one", tmp_path / "two"]
    for place in places:
        place.mkdir()
    here, there = (run.fingerprint(project(place), "requirements.txt") for place in places)
    assert here != there


@pytest.fixture
def environment(tmp_path: Path) -> run.Environment:
    """Return an environment whose Python is there, and nothing else."""
    made = run.Environment(tmp_path / ".venv")
    made.python.parent.mkdir(parents=True)
    made.python.symlink_to(sys.executable)
    return made


def test_an_environment_without_its_mark_is_half_made(environment: run.Environment) -> None:
    assert not environment.holds("requirements.txt", "f")


def test_a_finished_environment_is_known_again(environment: run.Environment) -> None:
    environment.finish({"requirements.txt": "f"})
    environment.finish({"screen": "offscreen"})
    again = run.Environment(environment.folder)
    assert again.holds("requirements.txt", "f")
    assert again.holds("screen", "offscreen")
    assert not again.holds("screen", "window")
    assert not again.holds("requirements.txt", "other")
    assert not again.holds("requirements-dev.txt", "f")


def test_an_environment_whose_python_is_gone_is_not_finished(environment: run.Environment) -> None:
    environment.finish({"requirements.txt": "f"})
    environment.python.unlink()
    environment.python.symlink_to("/nowhere/python3")
    assert not environment.holds("requirements.txt", "f")


@pytest.mark.parametrize("torn", ["", "{", "[]", '{"requirements.txt": '])
def test_a_torn_mark_counts_as_none(environment: run.Environment, torn: str) -> None:
    (environment.folder / "finished.json").write_text(torn, encoding="utf-8")
    assert not environment.holds("requirements.txt", "f")


def test_work_begins_by_taking_the_mark_away(environment: run.Environment) -> None:
    environment.finish({"requirements.txt": "f"})
    environment.begin(keep=True, with_pip=False)
    assert not environment.holds("requirements.txt", "f")


def test_a_half_made_environment_is_emptied_first(environment: run.Environment) -> None:
    litter = environment.folder / "half-written"
    litter.touch()
    environment.begin(keep=False, with_pip=False)
    assert not litter.exists()
    assert environment.python.exists()


@pytest.mark.parametrize("uv", [None, "uv"])
def test_packages_come_by_hash_and_as_wheels_only(uv: str | None, tmp_path: Path) -> None:
    begin = run.installer(run.Environment(tmp_path / ".venv"), uv)
    packages, project = run.install_steps(begin, "requirements.txt", None)
    assert {"--require-hashes", "--only-binary", ":all:"} <= set(packages)
    assert {"--no-deps", "--no-build-isolation", "--no-index"} <= set(project)


def test_wheels_from_a_stick_ask_no_index(tmp_path: Path) -> None:
    packages, _project = run.install_steps(["pip"], "requirements.txt", tmp_path)
    assert packages[packages.index("--find-links") + 1] == str(tmp_path)
    assert "--no-index" in packages


def test_an_old_python_can_read_far_enough_to_say_that_it_is_too_old() -> None:
    text = (PROJECT / "run.py").read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 7))
    place = text.index("sys.version_info < OLDEST")
    assert place < min(text.index("\ndef "), text.index("\nclass "))


def test_newer_syntax_would_be_noticed() -> None:
    with pytest.raises(SyntaxError):
        ast.parse("if (a := 1): pass", feature_version=(3, 7))


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no mode")
def test_both_programs_can_be_started() -> None:
    for name in ("run.py", ".ci/run"):
        assert os.access(PROJECT / name, os.X_OK)
