/* python.exe and pythonw.exe: all of Python lies in python3XX.dll (LIBRARY names it) */
#include <windows.h>
#include <stdio.h>
int _dowildcard = 0;
int wmain(int argc, wchar_t **argv) {
    HMODULE library = LoadLibraryW(LIBRARY);
    if (!library) { fprintf(stderr, "%ls: error %lu\n", LIBRARY, GetLastError()); return 120; }
    return ((int (*)(int, wchar_t **))GetProcAddress(library, "Py_Main"))(argc, argv);
}
