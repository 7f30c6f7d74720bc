"""The window locks with the desktop: what Windows and D-Bus tell is fed in, the records close."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from ctypes import wintypes
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.gui.frame.session import SessionWatch, _WindowsFilter, own_session
from tests.drivers.window import WindowDriver
from tests.factories import PASSPHRASE, new_shelter

pytestmark = pytest.mark.usefixtures("in_english")

SESSION_CHANGE, POWER = 0x02B1, 0x0218
CONSOLE_CONNECT, CONSOLE_DISCONNECT, REMOTE_DISCONNECT = 0x1, 0x2, 0x4
LOGOFF, LOCK, UNLOCK, SUSPEND = 0x6, 0x7, 0x8, 0x4
GENERIC = QByteArray(b"windows_generic_MSG")


@pytest.fixture
def heard(qtbot: QtBot) -> Iterator[tuple[SessionWatch, list[bool]]]:
    """A watch over an empty window, and what it has told."""
    window = QWidget()
    qtbot.addWidget(window)
    watch, told = SessionWatch(window), list[bool]()
    watch.left.connect(lambda: told.append(True))
    yield watch, told
    assert window.objectName() == ""  # it stands for as long as it is watched


def feed(watch: SessionWatch, message: int, says: int, kind: QByteArray = GENERIC) -> None:
    """Send a message as Windows does: a struct in memory, by its address."""
    sent = wintypes.MSG()
    sent.message, sent.wParam = message, says
    answer = _WindowsFilter(watch.lock).nativeEventFilter(kind, ctypes.addressof(sent))
    assert answer == (False, 0)  # everybody else hears it as well


@pytest.mark.parametrize(
    ("message", "says"),
    [
        (SESSION_CHANGE, LOCK),
        (SESSION_CHANGE, CONSOLE_DISCONNECT),
        (SESSION_CHANGE, REMOTE_DISCONNECT),
        (SESSION_CHANGE, LOGOFF),
        (POWER, SUSPEND),
    ],
)
def test_windows_tells_that_somebody_has_left(
    heard: tuple[SessionWatch, list[bool]], message: int, says: int
) -> None:
    watch, told = heard
    feed(watch, message, says)
    assert told == [True]


@pytest.mark.parametrize(
    ("message", "says", "kind"),
    [
        (SESSION_CHANGE, UNLOCK, GENERIC),
        (SESSION_CHANGE, CONSOLE_CONNECT, GENERIC),
        (POWER, LOCK, GENERIC),
        (0x0100, LOCK, GENERIC),
        (SESSION_CHANGE, LOCK, QByteArray(b"xcb_generic_event_t")),
    ],
)
def test_other_messages_lock_nothing(
    heard: tuple[SessionWatch, list[bool]], message: int, says: int, kind: QByteArray
) -> None:
    watch, told = heard
    feed(watch, message, says, kind)
    assert told == []


def test_the_place_of_a_session_on_the_bus_is_spelled_as_the_keeper_does() -> None:
    assert own_session("") == ""
    assert own_session("2") == "/org/freedesktop/login1/session/_32"
    assert own_session("c12") == "/org/freedesktop/login1/session/c12"
    assert own_session("41-x") == "/org/freedesktop/login1/session/_341_2dx"


@pytest.fixture
def driver(qtbot: QtBot, tmp_path: Path) -> WindowDriver:
    shelter = new_shelter(tmp_path / "data")
    shelter.vault.lock()
    shelter.place.close()
    return WindowDriver(qtbot, tmp_path / "data")


def test_a_locked_desktop_locks_the_records(driver: WindowDriver) -> None:
    feed(driver.window.session, SESSION_CHANGE, LOCK)
    driver.wait()
    assert driver.anew == 0  # the door was closed anyway
    driver.unlock(PASSPHRASE)
    feed(driver.window.session, SESSION_CHANGE, LOCK)
    driver.wait()
    assert driver.anew == 1
    assert driver.title() == "Open the records"


SIGNALS = {
    "session": ("/org/freedesktop/login1/session/_32", "org.freedesktop.login1.Session.Lock"),
    "other": ("/org/freedesktop/login1/session/_33", "org.freedesktop.login1.Session.Lock"),
    "sleep": ("/org/freedesktop/login1", "org.freedesktop.login1.Manager.PrepareForSleep"),
    "saver": ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver.ActiveChanged"),
}

LISTENER = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication, QWidget
from shelterdesk.gui.frame.session import SessionWatch
signals = {signals!r}
application = QApplication([])
window = QWidget()
watch = SessionWatch(window)
watch.begin()
told = []
watch.left.connect(lambda: told.append(True))
assert QDBusConnection.systemBus().registerService("org.freedesktop.login1")
assert QDBusConnection.sessionBus().registerService("org.freedesktop.ScreenSaver")
def send(name, *values):
    path, whole = signals[name]
    interface, _, member = whole.rpartition(".")
    message = QDBusMessage.createSignal(path, interface, member)
    message.setArguments(list(values))
    bus = QDBusConnection.sessionBus() if name == "saver" else QDBusConnection.systemBus()
    assert bus.send(message)
steps = [("session",), ("other",), ("sleep", False), ("sleep", True), ("saver", False),
         ("saver", True)]
def step():
    if told or step.sent:
        print(step.sent, len(told)); told.clear()
    if not steps:
        application.quit(); return
    name, *values = steps.pop(0)
    step.sent = " ".join(map(str, (name, *values)))
    send(name, *values)
    QTimer.singleShot(250, step)
step.sent = ""
QTimer.singleShot(0, step)
application.exec()
print(len(watch.hears))
"""

CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd"><busconfig><type>session</type>
<listen>unix:path={place}</listen><auth>EXTERNAL</auth><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"""


def test_the_keeper_and_the_screen_saver_are_heard_on_a_real_bus(tmp_path: Path) -> None:
    """A bus of the test's own, on which both are played; another person's session is not ours."""
    place, setting = tmp_path / "bus", tmp_path / "bus.conf"
    setting.write_text(CONFIGURATION.format(place=place))
    try:
        bus = subprocess.Popen(
            ["dbus-daemon", "--nofork", f"--config-file={setting}", "--print-address"],
            stdout=subprocess.PIPE,
            text=True,
        )
    except FileNotFoundError:
        pytest.skip("there is no D-Bus here to play the session keeper on")
    try:
        assert bus.stdout is not None
        address = bus.stdout.readline().strip()
        around = {"DBUS_SYSTEM_BUS_ADDRESS": address, "DBUS_SESSION_BUS_ADDRESS": address}
        listened = subprocess.run(
            [sys.executable, "-c", LISTENER.format(signals=SIGNALS)],
            env={**os.environ, **around, "XDG_SESSION_ID": "2"},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        bus.terminate()
        bus.communicate()
    assert listened.returncode == 0, listened.stderr
    said = ["session 1", "other 0", "sleep False 0", "sleep True 1", "saver False 0"]
    assert listened.stdout.splitlines() == [*said, "saver True 1", "5"]
