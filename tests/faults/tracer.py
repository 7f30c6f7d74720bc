"""Stops a forked process at every system call that changes a disk, and does to it what is asked.

Linux on x86-64. The process asks for a seccomp filter that reports exactly those calls (so that
all others run at full speed) and is traced by its own parent, which needs no privilege. A call
can be let pass, answered with an error in its place, or be the process's last moment: it is
killed before the call is carried out. Threads are followed and counted together.
"""

import ctypes
import errno
import os
import platform
import signal
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NoReturn

CALLS: Final = {
    1: "write", 18: "pwrite64", 20: "writev", 296: "pwritev", 328: "pwritev2",
    74: "fsync", 75: "fdatasync", 76: "truncate", 77: "ftruncate", 285: "fallocate",
    82: "rename", 264: "renameat", 316: "renameat2", 87: "unlink", 263: "unlinkat",
    83: "mkdir", 258: "mkdirat", 84: "rmdir", 257: "openat", 2: "open", 85: "creat",
    326: "copy_file_range", 40: "sendfile", 86: "link", 265: "linkat", 88: "symlink",
    266: "symlinkat",
}  # fmt: skip
"""Numbers of the calls that change files, on x86-64 (Linux, arch/x86/entry/syscalls)."""

TAKES_SPACE: Final = {
    "write", "pwrite64", "writev", "pwritev", "pwritev2", "ftruncate", "fallocate",
    "mkdir", "mkdirat", "openat", "open", "creat", "copy_file_range", "sendfile",
}  # fmt: skip
"""Calls that a full disk can refuse."""

_OPENS: Final = {"openat": 2, "open": 1}
"""Which argument holds the flags of the calls that open a file."""

ACK: Final = 200
"""File descriptor on which the process says what the product would call saved."""

_TRACEME, _CONT, _GETREGS, _SETREGS, _SYSCALL, _OPTIONS = 0, 7, 12, 13, 24, 0x4200
_FOLLOW = 0x00000002 | 0x00000004 | 0x00000008  # fork, vfork, clone
_SECCOMP_OPTION, _EXITKILL, _SYSGOOD = 0x00000080, 0x00100000, 0x00000001
_SECCOMP_EVENT = 7
_NEW_THREAD_EVENTS = (1, 2, 3)
_REGISTERS = ctypes.c_ulonglong * 27
_RAX, _ARGUMENTS, _NUMBER = 10, (14, 13, 12, 7, 9, 8), 15  # of struct user_regs_struct
_WALL = 0x40000000
_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
_libc.ptrace.restype = ctypes.c_long


@dataclass(frozen=True)
class Call:
    """One system call that is about to be carried out."""

    pid: int
    name: str
    arguments: tuple[int, ...]


Verdict = int | None
"""What becomes of a call: None lets it pass, `KILL` ends the process, else an error number."""

KILL: Final = -1
Decide = Callable[[Call], Verdict]
Watch = Callable[[Call, int], None]
"""Told of a call that was carried out, and what it returned."""


def why_not() -> str:
    """Return why processes cannot be traced here, or an empty text where they can."""
    if not sys.platform.startswith("linux") or platform.machine() != "x86_64":
        return "system calls are stopped on Linux on x86-64 only"
    return ""


def traced(work: Callable[[], int], decide: Decide, watch: Watch | None = None) -> int:
    """Run `work` in a forked process; returns its exit status, negative for a signal.

    `decide` is asked before every call that changes files, writes to the ACK pipe left out.
    """
    pid = os.fork()
    if pid == 0:
        _be_traced(work)
    _wait(pid)
    options = _FOLLOW | _SECCOMP_OPTION | _EXITKILL | _SYSGOOD
    _ptrace(_OPTIONS, pid, 0, options)
    _ptrace(_CONT, pid, 0, 0)
    return _follow(pid, decide, watch)


def _follow(main: int, decide: Decide, watch: Watch | None) -> int:
    entered: dict[int, Call] = {}
    while True:
        pid, status = os.waitpid(-1, _WALL)
        if os.WIFSTOPPED(status):
            _stopped(pid, status, decide, watch, entered)
        elif pid == main:
            return os.waitstatus_to_exitcode(status)


def _stopped(
    pid: int, status: int, decide: Decide, watch: Watch | None, entered: dict[int, Call]
) -> None:
    event, stop = status >> 16, os.WSTOPSIG(status)
    if event == _SECCOMP_EVENT:
        _answer(pid, decide, watch, entered)
    elif stop == signal.SIGTRAP | 0x80:
        _returned(pid, watch, entered)
    elif event or stop in (signal.SIGSTOP, signal.SIGTRAP):
        _ptrace(_CONT, pid, 0, 0)
    else:
        _ptrace(_CONT, pid, 0, stop)


def _answer(pid: int, decide: Decide, watch: Watch | None, entered: dict[int, Call]) -> None:
    registers = _registers(pid)
    call = _call(pid, registers)
    verdict = decide(call) if changes_files(call) else None
    if verdict == KILL:
        os.kill(pid, signal.SIGKILL)
        return
    if verdict is not None:
        registers[_NUMBER] = 2**64 - 1
        registers[_RAX] = 2**64 - verdict
        _ptrace(_SETREGS, pid, 0, ctypes.addressof(registers))
    elif watch is not None:
        entered[pid] = call
    _ptrace(_SYSCALL if pid in entered else _CONT, pid, 0, 0)


def _returned(pid: int, watch: Watch | None, entered: dict[int, Call]) -> None:
    call = entered.pop(pid, None)
    if call is not None and watch is not None:
        watch(call, ctypes.c_longlong(_registers(pid)[_RAX]).value)
    _ptrace(_CONT, pid, 0, 0)


def _call(pid: int, registers: "ctypes.Array[ctypes.c_ulonglong]") -> Call:
    arguments = tuple(registers[place] for place in _ARGUMENTS)
    return Call(pid, CALLS.get(registers[_NUMBER], "?"), arguments)


def changes_files(call: Call) -> bool:
    """Tell whether a call can change a disk: opening only to read does not, nor does the ACK."""
    if call.name in _OPENS:
        return bool(call.arguments[_OPENS[call.name]] & (os.O_CREAT | os.O_TRUNC))
    return not (call.name == "write" and call.arguments[0] == ACK)


def _registers(pid: int) -> "ctypes.Array[ctypes.c_ulonglong]":
    registers = _REGISTERS()
    _ptrace(_GETREGS, pid, 0, ctypes.addressof(registers))
    return registers


def _ptrace(request: int, pid: int, address: int, data: int) -> None:
    if _libc.ptrace(request, pid, address, data) < 0:
        number = ctypes.get_errno()
        if number != errno.ESRCH:  # it was killed in between: its end is reported next
            raise OSError(number, f"ptrace {request:#x}: {os.strerror(number)}")


def _wait(pid: int) -> None:
    _, status = os.waitpid(pid, _WALL)
    if not os.WIFSTOPPED(status):
        raise ChildProcessError("the process ended before it could be traced")


# -- in the process itself ------------------------------------------------------------------------


def _be_traced(work: Callable[[], int]) -> NoReturn:
    status = 99
    try:
        _ptrace(_TRACEME, 0, 0, 0)
        _ask_for_stops()
        os.kill(os.getpid(), signal.SIGSTOP)
        status = work()
    finally:
        os._exit(status)


def _ask_for_stops() -> None:
    """Install a filter that reports the numbers in CALLS to the tracer and lets the rest pass."""
    program = _filter()
    code = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    if _libc.prctl(38, 1, 0, 0, 0) or _libc.prctl(22, 2, ctypes.c_char_p(head), 0, 0):
        raise OSError(ctypes.get_errno(), "seccomp filter")  # 38 no new privileges, 22 filter


def _filter() -> bytes:
    load, equal, answer = 0x20, 0x15, 0x06
    allow, trace = 0x7FFF0000, 0x7FF00000
    lines = [struct.pack("HBBI", load, 0, 0, 0)]
    for left, number in zip(range(len(CALLS), 0, -1), CALLS, strict=True):
        lines.append(struct.pack("HBBI", equal, left, 0, number))
    lines.append(struct.pack("HBBI", answer, 0, 0, allow))
    lines.append(struct.pack("HBBI", answer, 0, 0, trace))
    return b"".join(lines)
