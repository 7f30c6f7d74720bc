"""Ending this process at once, with nothing of it run any more."""

import os
import sys


def end_at_once(code: int) -> None:
    """End the process without tidying: what it holds has been given to another one.

    `os._exit` lets every library of Windows say goodbye while Qt's threads still run, which may
    fall; there the system is asked to end the process instead.
    """
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.WinDLL("kernel32")
        kernel.TerminateProcess.argtypes = [ctypes.c_void_p, ctypes.c_uint]
        kernel.TerminateProcess(ctypes.c_void_p(-1), code)
    os._exit(code)
