"""A whole set-up, without a connection: `run.py` makes an environment, is killed, and recovers.

The project that is set up is a small one, made here: its one pinned package stands for Qt, and its
build backend lies beside it, so that nothing but pip itself is needed.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

import run
from tests.quality.source import PROJECT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="kills a group of processes, which Windows lacks"),
]

BACKEND = """
import zipfile
def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "shelterdesk-1-py3-none-any.whl"
    with zipfile.ZipFile(f"{folder}/{name}", "w") as wheel:
        wheel.writestr("shelterdesk.py", "import sys; print('started with', sys.argv[1:])")
        write_information(wheel, "shelterdesk")
    return name
def write_information(wheel, name):
    about = f"{name}-1.dist-info"
    wheel.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\\nName: {name}\\nVersion: 1\\n")
    wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\n"
                   "Tag: py3-none-any\\n")
    wheel.writestr(f"{about}/RECORD", "")
"""
TABLE = """
[project]
name = "shelterdesk"
version = "1"
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""


def small_project(folder: Path) -> Path:
    """Return a folder with `run.py` and a project that can be set up without a connection."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    shutil.copy(PROJECT / "run.py", folder)
    listed = run.LIBRARIES.relative_to(PROJECT)
    (folder / listed.parent).mkdir(parents=True)
    shutil.copy(PROJECT / listed, folder / listed)
    (folder / "backend.py").write_text(BACKEND, encoding="utf-8")
    (folder / "pyproject.toml").write_text(TABLE, encoding="utf-8")
    wheel = wheels / "pyside6-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        for module in ("__init__", "QtGui", "QtWidgets"):
            file.writestr(f"PySide6/{module}.py", "")
        about = "pyside6-1.dist-info"
        file.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: pyside6\nVersion: 1\n")
        kind = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        file.writestr(f"{about}/WHEEL", kind)
        file.writestr(f"{about}/RECORD", "")
    pin = f"pyside6==1 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"
    (folder / "requirements.txt").write_text(pin, encoding="utf-8")
    return folder


def start(project: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start `run.py demo` in `project` with pip only, as the leader of its own process group."""
    bare = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    python = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"
    return subprocess.Popen(
        [str(python), "run.py", "demo", "--wheels", "wheels", *arguments],
        cwd=project,
        env={**bare, "PATH": os.defpath, "PIP_CONFIG_FILE": os.devnull},
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finished(process: subprocess.Popen[str]) -> str:
    """Return what a started `run.py` said, once it has ended well."""
    said, _ = process.communicate()
    assert process.returncode == 0, said
    return said


def test_a_killed_set_up_is_done_again_and_a_finished_one_is_not(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    first = start(project)
    while not (project / ".venv" / "pyvenv.cfg").exists():  # there is no signal to wait for
        assert first.poll() is None
        time.sleep(0.01)
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate()
    assert not (project / ".venv" / "finished.json").exists()

    assert finished(start(project)).splitlines() == [
        "Setting up ShelterDesk, once; this takes up to a minute …",
        "started with ['demo']",
    ]
    assert finished(start(project, "--quick")) == "started with ['demo', '--quick']\n"


def test_a_package_that_was_tampered_with_is_refused(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    [wheel] = (project / "wheels").iterdir()
    wheel.write_bytes(wheel.read_bytes() + b"\0")
    process = start(project)
    said, _ = process.communicate()
    assert process.returncode == 1
    assert "could not be installed" in said
    assert hashlib.sha256(wheel.read_bytes()).hexdigest() in said
    assert not (project / ".venv" / "finished.json").exists()
