"""Who may enter a folder on Windows: its owner, the system and administrators, nobody else.

A folder in somebody's profile is closed to other accounts by itself; one beside it, on a second
disk for instance, is open to all of them. Mode bits say nothing there.
"""

import ctypes
from typing import Any, Final

from shelterdesk.core.errors import CannotWrite

RULES: Final = "D:P(A;OICI;FA;;;OW)(A;OICI;FA;;;{account})(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"
"""SDDL: protected from what is inherited; all rights, also for what comes to lie inside, for the
owner, this account, the system and administrators (who can take them anyway)."""

_FILE_OBJECT: Final = 1
_DACL: Final = 0x4
_PROTECTED: Final = 0x8000_0000
_REVISION: Final = 1
_QUERY: Final = 0x8
_TOKEN_USER: Final = 1
_NO_SUCH_RULES: Final = frozenset({1, 50, 120})
"""ERROR_INVALID_FUNCTION, NOT_SUPPORTED, CALL_NOT_IMPLEMENTED: FAT knows no owners."""


def own_on_windows(folder: str) -> None:
    """Let only this account enter `folder`; nothing on a disk that knows no owners.

    Raises CannotWrite where Windows refuses: then somebody else owns the folder.
    """
    security, kernel = _library("advapi32"), _library("kernel32")
    if security is None or kernel is None:
        return
    descriptor, rules = ctypes.c_void_p(), ctypes.c_void_p()
    words = RULES.format(account=_account(security, kernel))
    there, usual = ctypes.c_int(), ctypes.c_int()
    made = security.ConvertStringSecurityDescriptorToSecurityDescriptorW(
        words, _REVISION, ctypes.byref(descriptor), None
    ) and security.GetSecurityDescriptorDacl(
        descriptor, ctypes.byref(there), ctypes.byref(rules), ctypes.byref(usual)
    )
    if not (made and there.value and rules.value):  # no rules at all would let everybody in
        raise CannotWrite(where=folder)
    refused = security.SetNamedSecurityInfoW(
        ctypes.c_wchar_p(folder), _FILE_OBJECT, _DACL | _PROTECTED, None, None, rules, None
    )
    kernel.LocalFree(descriptor)
    if refused and refused not in _NO_SUCH_RULES:
        raise CannotWrite(where=folder)


def _account(security: Any, kernel: Any) -> str:
    """Return the identifier (SID) of the account that this process runs as."""
    token, needed = ctypes.c_void_p(), ctypes.c_uint32()
    me = ctypes.c_void_p(-1)
    security.OpenProcessToken(me, _QUERY, ctypes.byref(token))
    security.GetTokenInformation(token, _TOKEN_USER, None, 0, ctypes.byref(needed))
    told = ctypes.create_string_buffer(needed.value)
    security.GetTokenInformation(token, _TOKEN_USER, told, needed, ctypes.byref(needed))
    number, words = ctypes.c_void_p.from_buffer(told), ctypes.c_wchar_p()
    security.ConvertSidToStringSidW(number, ctypes.byref(words))
    account = str(words.value)
    kernel.LocalFree(words)
    kernel.CloseHandle(token)
    return account


def _library(name: str) -> Any:
    found = None
    if hasattr(ctypes, "WinDLL"):
        found = ctypes.WinDLL(name)
        if name == "advapi32":
            _declare(found)
        else:
            for call in (found.LocalFree, found.CloseHandle):
                call.argtypes = [ctypes.c_void_p]
    return found


def _declare(security: Any) -> None:
    """Say what the calls take: addresses are longer than the numbers that are usual."""
    address = ctypes.c_void_p
    takes = {
        "ConvertStringSecurityDescriptorToSecurityDescriptorW": (
            *(ctypes.c_wchar_p, ctypes.c_uint32, address, address),
        ),
        "GetSecurityDescriptorDacl": (address, address, address, address),
        "SetNamedSecurityInfoW": (
            *(ctypes.c_wchar_p, ctypes.c_int, ctypes.c_uint32),
            *(address, address, address, address),
        ),
        "OpenProcessToken": (address, ctypes.c_uint32, address),
        "GetTokenInformation": (address, ctypes.c_int, address, ctypes.c_uint32, address),
        "ConvertSidToStringSidW": (address, address),
    }
    for name, kinds in takes.items():
        getattr(security, name).argtypes = list(kinds)
