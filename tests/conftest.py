"""What every test has: no window on the screen, no trace in the tester's own home, strict umask."""

import os
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shelterdesk.core.calendar import clock
from shelterdesk.gui.steady import hold_constants
from tests.haste import hasty_disk, hurry
from tests.patience import teach_patience
from tests.systems import leave_out_what_windows_lacks
from tests.watch import hangs, threads, workers

__all__ = ["hasty_disk"]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before there is an application
if sys.platform == "win32":  # where that platform looks for its letters in a folder, and warns
    os.environ.setdefault("QT_QPA_FONTDIR", str(Path(__file__).parents[1] / "resources" / "fonts"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Make known what the watch over a run can be told."""
    parser.addini("silence", "seconds until a run in which nothing happens is given up")
    parser.addini("still", "seconds until a test that uses no processor is ended")


def pytest_configure(config: pytest.Config) -> None:
    """Watch over the run, be patient in it, and let its many processes compile the source once."""
    teach_patience()
    hurry()
    leave_out_what_windows_lacks()
    cache = getattr(config, "cache", None)  # not there in a run without its plugin
    if cache is not None:
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(cache.mkdir("compiled")))
    config.pluginmanager.register(threads.Hearing(config.getini("qt_log_ignore")))
    config.pluginmanager.register(hangs.Hangs(float(config.getini("still"))))
    config.pluginmanager.register(workers)
    if not hasattr(config, "workerinput"):  # the process that hands out the tests
        config.pluginmanager.register(workers.Workers(config))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Hand the long files out first: at the end of a run a single one would be waited for."""
    long = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home folder of the test's own, to which every place for user data points."""
    home = tmp_path_factory.mktemp("home")
    for variable in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(home))
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(home / variable.lower()))
    monkeypatch.delenv("SHELTERDESK_DATA", raising=False)
    monkeypatch.setenv("SHELTERDESK_SEAT", "")  # set, so that what a test leaves is taken away
    return home


@pytest.fixture(autouse=True)
def any_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the shelters of the tests, which live in November 2026, be opened on any later day."""
    monkeypatch.setattr(clock, "SKIPPED", timedelta.max)


@pytest.fixture(autouse=True)
def no_sticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no stick that the tester has put in be offered; a test that wants one brings it."""
    if "PySide6.QtWidgets" in sys.modules:
        monkeypatch.setattr("shelterdesk.gui.parts.place_choice.drives", list)


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    """Run under the umask of most systems, so that files too open for others are noticed."""
    before = os.umask(0o022)
    yield
    os.umask(before)


hold_constants()  # tests let Qt work through its events far more often than the program does
