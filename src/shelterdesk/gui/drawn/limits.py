"""What the drawing process may use: so much memory, so much time, no file, and nobody's lines.

On Linux it takes its limits upon itself before it has read a byte of a document, so hard that it
cannot loosen them again. On Windows the window puts it into a job: that is not yet tried there.
"""

import contextlib
import ctypes
import sys
from typing import Any, Final

MEMORY: Final = 1 << 30
"""Bytes of memory that it may fill (RLIMIT_DATA; on Windows the job's limit for a process)."""

RESERVED: Final = 33 << 30
"""Bytes of addresses that a PDF's reader sets aside without filling them (Qt 6.12: 32 GiB)."""

SECONDS: Final = 600
"""Seconds of the processor for one document, over all its pages."""

FILES: Final = 128
"""Files open at once: the libraries, the fonts, three pipes."""

_DIE_WITH_PARENT: Final = 1
_NO_NEW_PRIVILEGES: Final = 38
_KILL: Final = 9
_OWN_USERS, _OWN_NETWORK = 0x10000000, 0x40000000

_ACCESS: Final = 0x0100 | 0x0001
"""PROCESS_SET_QUOTA and PROCESS_TERMINATE."""

_EXTENDED: Final = 9
_ONE_PROCESS, _ITS_MEMORY, _NO_CRASH_WINDOW, _END_ON_CLOSE = 0x8, 0x100, 0x400, 0x2000


def limit_process() -> None:
    """Limit this process for good; nothing happens on Windows, where the window does it."""
    if sys.platform == "win32":
        return
    import resource

    for what, most in (
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_AS, MEMORY + RESERVED),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    if sys.platform == "linux":
        _cut_off()


def _cut_off() -> None:
    """Die with the window, gain no rights, and have a network of one's own without any line.

    The last is a gift of systems that let everybody have it; without it there is still no code
    here that opens a connection.
    """
    with contextlib.suppress(OSError, AttributeError):
        system = ctypes.CDLL(None)
        system.prctl(_DIE_WITH_PARENT, _KILL, 0, 0, 0)
        system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        system.unshare(_OWN_USERS | _OWN_NETWORK)


def limit_addresses() -> None:
    """Limit the addresses as well: for a picture, whose readers set nothing aside."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


class _Basic(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class JobLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION: what a job allows the processes in it."""

    _fields_ = (
        ("Basic", _Basic),
        ("IoCounters", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


def job_limits() -> JobLimits:
    """Return one process, MEMORY bytes, no crash window, and an end when the window ends."""
    limits = JobLimits()
    limits.Basic.LimitFlags = _ONE_PROCESS | _ITS_MEMORY | _NO_CRASH_WINDOW | _END_ON_CLOSE
    limits.Basic.ActiveProcessLimit = 1
    limits.ProcessMemoryLimit = MEMORY
    return limits


class Job:
    """A Windows job around one process; it ends with this object. Nothing on other systems.

    Raises OSError where the system refuses: then nothing may be drawn.
    """

    def __init__(self, process: int) -> None:
        self._handle = _begin_job(process) if sys.platform == "win32" else None

    def close(self) -> None:
        """Let go of the job, which ends what runs in it."""
        if sys.platform == "win32" and self._handle:
            _kernel().CloseHandle(self._handle)
        self._handle = None


def _kernel() -> Any:
    """Return the system's library with the types of what is called: handles are pointers."""
    kernel: Any = getattr(ctypes, "WinDLL")("kernel32", use_last_error=True)  # noqa: B009 - Windows only
    for name, returns, takes in (
        ("CreateJobObjectW", ctypes.c_void_p, (ctypes.c_void_p, ctypes.c_wchar_p)),
        ("OpenProcess", ctypes.c_void_p, (ctypes.c_uint32, ctypes.c_int, ctypes.c_uint32)),
        ("AssignProcessToJobObject", ctypes.c_int, (ctypes.c_void_p, ctypes.c_void_p)),
        ("CloseHandle", ctypes.c_int, (ctypes.c_void_p,)),
        (
            "SetInformationJobObject",
            ctypes.c_int,
            (ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32),
        ),
    ):
        function = getattr(kernel, name)
        function.restype, function.argtypes = returns, takes
    return kernel


def _begin_job(process: int) -> int:
    """Make a job with our limits, put the process into it and return its handle."""
    kernel, limits = _kernel(), job_limits()
    job = kernel.CreateJobObjectW(None, None)
    size = ctypes.sizeof(limits)
    held = kernel.OpenProcess(_ACCESS, 0, process)
    fits = kernel.SetInformationJobObject(job, _EXTENDED, ctypes.byref(limits), size)
    taken = bool(held and fits and kernel.AssignProcessToJobObject(job, held))
    if held:
        kernel.CloseHandle(held)
    if not taken:
        kernel.CloseHandle(job)
        raise OSError
    return int(job)
