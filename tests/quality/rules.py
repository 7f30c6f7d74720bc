"""Rules that no linter knows, each with what it protects and how a violation looks.

They come from faults that were seen: Qt that runs markup found in a name, a library that writes a
plain temporary file, an error text that prints a row. A rule that must be broken at one place
names that place and says why.
"""

from tests.quality.rule_finders import (
    Rule,
    called,
    hidden_words,
    imported,
    lacking,
    matching,
    numberless,
    opened_by_path,
    put_together_sql,
    talkative_engine,
    unsafe_starts,
    used,
)

RULES = {
    "no network": Rule(
        "the program never opens a connection",
        imported(
            *(
                "socket",
                "ssl",
                "http",
                "urllib.request",
                "ftplib",
                "smtplib",
                "requests",
                "httpx",
                "aiohttp",
            ),
            *("PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtHttpServer"),
            *("PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets", "PySide6.QtWebView"),
        ),
        "from PySide6 import QtNetwork",
    ),
    "no plain temporary file": Rule(
        "records never lie readable in the system's temporary folder",
        imported("tempfile", "PySide6.QtCore.QTemporaryFile", "PySide6.QtCore.QTemporaryDir"),
        "from PySide6.QtCore import QTemporaryFile",
    ),
    "no data that runs": Rule(
        "a file from a stick must not be able to start anything",
        imported("pickle", "marshal", "shelve", "dill", "yaml", "xml", "zipfile", "tarfile"),
        "import pickle",
    ),
    "no text that runs": Rule(
        "nothing typed is code", called("eval", "exec", "compile"), "eval(answer)"
    ),
    "one list of records": Rule(
        "a list sorts, copies codes, opens and keeps its choice the same way everywhere",
        imported(
            *("PySide6.QtWidgets.QListWidget", "PySide6.QtWidgets.QListView"),
            *("PySide6.QtWidgets.QTableView", "PySide6.QtWidgets.QTableWidget"),
            *("PySide6.QtWidgets.QTreeView", "PySide6.QtWidgets.QTreeWidget"),
        ),
        "from PySide6.QtWidgets import QListWidget",
        {
            "src/shelterdesk/gui/forms/record_table.py": "the list of records itself",
            "src/shelterdesk/gui/forms/editors/several.py": "ticks in a field, not records",
            "src/shelterdesk/gui/frame/search_box.py": "drops down from a line, best hit first",
            "src/shelterdesk/gui/pages/logbook/who_is_meant.py": "drops down from a line too",
            "src/shelterdesk/gui/pages/help/view.py": "the tasks of the help, in their own order",
            "src/shelterdesk/gui/parts/place_choice.py": "the drives that are put in, two or three",
        },
    ),
    "no hidden import": Rule(
        "the contracts between the floors must see every import",
        used("__import__", "import_module"),
        "importlib.import_module(name)",
    ),
    "no foreign program": Rule(
        "a letter opened by another program leaves a copy and a trace there",
        used(
            *("startfile", "openUrl", "QDesktopServices"),
            *("subprocess.run", "Popen", "QProcess", "os.system"),
        ),
        "QDesktopServices.openUrl(url)",
        {
            "src/shelterdesk/cli/demo.py:_another": "the demo starts this same program anew",
            "src/shelterdesk/gui/paper/printing.py": "gives the print service pages by a pipe",
            "src/shelterdesk/app.py:_begin_anew": "the lock starts this same program anew",
            "src/shelterdesk/gui/drawn/paper.py": "asks the process that draws",
            "src/shelterdesk/gui/drawn/process.py": "starts this same program to draw",
        },
    ),
    "no start from the folder one stands in": Rule(
        "a `shelterdesk` that lies there, among somebody's downloads, would run in our place",
        unsafe_starts,
        'command = [sys.executable, "-m", "shelterdesk", "demo"]',
    ),
    "no paper from outside drawn here": Rule(
        "a scan or a photograph made to harm would be decoded where the keys are",
        used("QImageReader", "QPdfDocument", "loadFromData", "QMovie", "QImage.fromData"),
        "picture.loadFromData(content)",
        {
            "src/shelterdesk/gui/drawn/drawer.py": "the process that draws, and nothing else",
            "src/shelterdesk/gui/paper/printing.py": "our own letters, made by us a moment ago",
            "src/shelterdesk/gui/paper/pdf_view.py": "our own letters, made by us a moment ago",
        },
    ),
    "no SQL put together": Rule(
        "what was typed never becomes part of a statement",
        put_together_sql,
        'connection.execute(f"SELECT {column} FROM t")',
        {
            "src/shelterdesk/store/database/database.py:connect": (
                "PRAGMA key takes no parameter; hex only"
            ),
            "src/shelterdesk/store/database/integrity.py:_count": "names of our own tables, quoted",
            "src/shelterdesk/store/backup/restore.py:_copy_table": (
                "names of our own tables, quoted"
            ),
        },
    ),
    "no row in an error text": Rule(
        "a traceback must not hold a name",
        talkative_engine,
        'create_engine("sqlite://")',
        {"src/shelterdesk/store/database/schema.py:expected_objects": "an empty one in memory"},
    ),
    "no word inside an f-string": Rule(
        "translation tools do not look there, so the word would stay English",
        hidden_words,
        "text = f\"{_('Nothing')}!\"",
    ),
    "no part shown before its place": Rule(
        "a part that is shown before it lies in a page is a window of its own for a moment",
        used("setVisible"),
        "self.more.setVisible(True)",
    ),
    "no printed record": Rule(
        "a mapped dataclass shows every field in its repr",
        used("MappedAsDataclass"),
        "class A(MappedAsDataclass): ...",
    ),
    "no log": Rule(
        "a log file outlives the lock; problems are shown, counted in the vault, or raised",
        imported("logging"),
        "import logging",
    ),
    "no memory security pragma": Rule(
        "it slows the whole process, cannot be undone and clears no copy that Python made",
        matching(r"cipher_memory_security\W{1,4}(?:on|1|true|yes)\b"),
        'c.execute("PRAGMA cipher_memory_security = ON")',
    ),
    "no secret from the environment": Rule(
        "other programs of the same account can read it",
        used("os.environ", "getenv", "os.environb"),
        'os.environ["PASSPHRASE"]',
        {
            "src/shelterdesk/core/paths.py": "only the place of the data folder",
            "src/shelterdesk/cli/demo.py:_has_display": "only whether there is a display",
            "src/shelterdesk/cli/demo.py:_another": "handed on as it is to this same program",
            "src/shelterdesk/gui/walk/start.py:walk": "draws the demo's window nowhere",
            "src/shelterdesk/gui/frame/session.py:_on_dbus": "which session of the desktop this is",
            "src/shelterdesk/gui/frame/session.py:_has_session_bus": "whether it tells of locking",
            "src/shelterdesk/app.py:_begin_anew": "handed on as it is to this same program",
            "src/shelterdesk/gui/frame/seat.py": "a place in the list of names, and no name",
        },
    ),
    "no clock but the house's": Rule(
        "the computer's zone moves days, and its system fails before 1970 and after 3000",
        matching(
            r"\.astimezone\(\s*\)|datetime\.now\b|date\.today\b|\butcnow\b|fromtimestamp"
            r"|\b(?:local|mk|gm)time\b|strftime|\bQ(?:Date|Time|DateTime)\b|\btime\.time\b|:%[a-zA-Z]"
        ),
        "day = moment.astimezone().date()",
        {
            "src/shelterdesk/core/calendar/clock.py": "the one place that asks the computer",
            "src/shelterdesk/store/disk/kept_files.py:_clear_pair": (
                "the age of a file on this disk"
            ),
            "src/shelterdesk/gui/frame/idle.py": "how long nobody touched a key, asleep or awake",
        },
    ),
    "no global invariant": Rule(
        "it gives ReportLab's encryption a fixed string for its random source",
        matching(r"rl_config\.invariant\s*="),
        "rl_config.invariant = 1",
    ),
    "no paragraph markup": Rule(
        "a name with an angle bracket would embed a file or stop the letter",
        imported("reportlab.platypus"),
        "from reportlab.platypus import Paragraph",
    ),
    "no rich text in the screen": Rule(
        "Qt takes a name with an angle bracket for markup and opens the files in it",
        used(
            *("QMessageBox", "QErrorMessage", "QToolTip", "setToolTip", "setWhatsThis"),
            *("setHtml", "insertHtml", "setMarkdown", "appendHtml", "RichText", "AutoText"),
        ),
        "QMessageBox.information(window, title, name)",
        {"src/shelterdesk/gui/parts/plain.py": "takes every angle bracket out before Qt sees it"},
    ),
    "no formatted paste": Rule(
        "pasted text may carry pictures from elsewhere",
        matching(r"setAcceptRichText\(\s*True"),
        "edit.setAcceptRichText(True)",
    ),
    "no list of printers": Rule(
        "asking for it opens connections to the print service",
        used("availablePrinterNames", "availablePrinters"),
        "QPrinterInfo.availablePrinterNames()",
        {"src/shelterdesk/gui/paper/windows_printers.py": "Windows answers from its own list"},
    ),
    "one way to the clipboard": Rule(
        "what is copied would stay in the histories of the system",
        used("clipboard", "QClipboard"),
        "QGuiApplication.clipboard().setText(name)",
        {"src/shelterdesk/gui/clipboard.py": "marks it, and takes it away at the lock"},
    ),
    "no choice cut off": Rule(
        "opened, a box is as wide as its longest choice: ChoiceBox",
        called("QComboBox"),
        "box = QComboBox()",
    ),
    "one way to choose a file": Rule(
        "the window that asks would write down what was chosen",
        used("QFileDialog"),
        "QFileDialog.getSaveFileName(self)",
        {
            "src/shelterdesk/gui/parts/file_choice.py": "leaves no notes",
            "src/shelterdesk/gui/walk/hand.py": "finds the window that asks, for the demo",
        },
    ),
    "no bare line": Rule(
        "signs that nobody sees would get into the records",
        called("QLineEdit", "QPlainTextEdit", "QTextEdit"),
        "line = QLineEdit()",
        {
            "src/shelterdesk/gui/parts/lines.py": "a passphrase takes every letter",
        },
    ),
    "no path below a stick": Rule(
        "what lies there may be a link that leads to the records, or a pipe without an end",
        opened_by_path,
        "from shelterdesk.store.backup.stick import MANIFEST; (folder / MANIFEST).read_bytes()",
        {
            "src/shelterdesk/store/backup/backup.py:_resource": "the program's own files",
            "src/shelterdesk/store/backup/backup_copy.py:place_for_copies": (
                "the size of the records"
            ),
            "src/shelterdesk/store/backup/backup_copy.py:_described": (
                "the size of the copy just made"
            ),
            "src/shelterdesk/store/backup/going_back.py:go_back": "the size of the earlier records",
            "src/shelterdesk/store/backup/going_back.py:_carry_files": (
                "two vaults of this data folder"
            ),
            "src/shelterdesk/store/backup/restore.py:_carry_files": "the vault that is being made",
            "src/shelterdesk/store/backup/stick_marks.py:_media": (
                "where the system shows its media"
            ),
            "src/shelterdesk/store/backup/stick_marks.py:_below": (
                "where the system shows its media"
            ),
        },
    ),
    "no settings in the clear": Rule(
        "Qt's settings are a readable file or registry key",
        used("QSettings"),
        'QSettings("x").setValue("last", name)',
        {"src/shelterdesk/gui/parts/file_choice.py": "gives Qt's own notes no place to lie"},
    ),
    "no system error without its number": Rule(
        "it would be a bug of ours on the screen, instead of a stick that is gone",
        numberless,
        "raise FileNotFoundError(name)",
    ),
    "nothing that Windows lacks": Rule(
        "the shelter's computers run Windows, where such a name is an error when it is reached",
        lacking,
        "handle = os.open(folder, os.O_DIRECTORY)",
        {
            "src/shelterdesk/gui/drawn/limits.py": "asks for the system first",
            "src/shelterdesk/core/system/process_guard.py": "asks for the system first",
            "src/shelterdesk/app.py:_begin_anew": "the other branch is for it",
            "src/shelterdesk/store/disk/durable.py:forget_cached": "the other branch is for it",
            "src/shelterdesk/store/disk/outside_posix.py": "never entered on Windows",
            "src/shelterdesk/store/disk/saved.py": "asks first what the system can do",
            "src/shelterdesk/store/disk/whole_disks.py:_numbered": "only where there is a `/sys`",
        },
    ),
    "no drive asked that may be gone": Rule(
        "a network drive whose server is off holds the window up for a minute",
        used("mountedVolumes", "QDir.drives", "os.listdrives", "disk_partitions"),
        "found = QStorageInfo.mountedVolumes()",
        {
            "src/shelterdesk/gui/parts/place_choice.py:_volumes": "the other branch is for Windows",
            "src/shelterdesk/store/disk/whole_disks.py:mount_of": "Windows is asked in another way",
        },
    ),
}
