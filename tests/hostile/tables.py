"""Tables that cannot be read at all: columns that are code, bombs, damaged files, and what is no file."""

import os
from collections.abc import Callable
from pathlib import Path

from hostile.canaries import Canaries, secret_of
from hostile.case import Make, Table
from hostile.workbooks import HEAD, MAIN, bomb, row_of, sheet_of, text, xlsx

_START = "title,goal.statement"
_NO_COLUMN = "expected a key of a brief in column 3"
_NO_BOOK = "expected an XLSX workbook"


def column(key: str, said: str = _NO_COLUMN) -> Make:
    """A table with a column of this name."""

    def make(folder: Path, canaries: Canaries, name: str) -> Path:
        armed = canaries.armed(key, name).replace('"', '""')
        path = folder / f"{name}.csv"
        path.write_text(f'{_START},"{armed}"\nA,B,C\n', "utf-8", newline="")
        return path

    return make


def content(data: bytes | Callable[[Canaries, str], bytes], suffix: str = ".csv") -> Make:
    """A table of these bytes."""

    def make(folder: Path, canaries: Canaries, name: str) -> Path:
        path = folder / f"{name}{suffix}"
        path.write_bytes(data if isinstance(data, bytes) else data(canaries, name))
        return path

    return make


def entity(declared: str) -> Make:
    """A workbook whose sheet begins with a declaration of entities."""

    def make(folder: Path, canaries: Canaries, name: str) -> Path:
        start = canaries.armed(f"<!DOCTYPE x [{declared}]>", name)
        rows = row_of(*map(text, HEAD)) + row_of(text("A"), text("@E@"))
        sheet = sheet_of(rows.replace("@E@", "&e;"))
        return xlsx(folder / f"{name}.xlsx", sheet=sheet, start=start)

    return make


def shared_entity(folder: Path, canaries: Canaries, name: str) -> Path:
    """The same in the texts that cells share."""
    start = canaries.armed('<!DOCTYPE x [<!ENTITY e SYSTEM "file://@SECRET@">]>', name)
    shared = f'{start}<sst xmlns="{MAIN}"><si><t>&e;</t></si></sst>'
    rows = row_of(*map(text, HEAD)) + row_of(text("A"), '<c t="s"><v>0</v></c>')
    return xlsx(folder / f"{name}.xlsx", sheet=sheet_of(rows), shared=shared)


def lying_size(folder: Path, canaries: Canaries, name: str) -> Path:
    """A sheet that says it has 100 bytes, and unpacks to 210 MB."""
    rows = row_of(*map(text, HEAD)) + " " * (210 << 20) + row_of(text("A"), text("B"))
    path = xlsx(folder / f"{name}.xlsx", sheet=sheet_of(rows))
    data = bytearray(path.read_bytes())
    part = b"xl/worksheets/sheet1.xml"
    # The size stands in front of the part, and in the list of parts at the end.
    for mark, name_at, size_at in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
        at = data.index(mark)
        while data[at + name_at : at + name_at + len(part)] != part:
            at = data.index(mark, at + 1)
        data[at + size_at : at + size_at + 4] = (100).to_bytes(4, "little")
    path.write_bytes(data)
    return path


def link(to: str | Callable[[Canaries], Path], suffix: str = ".csv") -> Make:
    """A link of a table's name."""

    def make(folder: Path, canaries: Canaries, name: str) -> Path:
        path = folder / f"{name}{suffix}"
        path.symlink_to(to if isinstance(to, str) else to(canaries))
        return path

    return make


def pipe(folder: Path, canaries: Canaries, name: str) -> Path:
    """A pipe that nobody writes to: whoever opens it waits for ever."""
    path = folder / f"{name}.csv"
    os.mkfifo(path)
    return path


def brief_that_is_a_pipe(folder: Path, canaries: Canaries, name: str) -> Path:
    """The same in place of a brief."""
    path = folder / name
    path.mkdir()
    os.mkfifo(path / "brief.yaml")
    return path


def folder_as_table(folder: Path, canaries: Canaries, name: str) -> Path:
    """A folder of a table's name."""
    path = folder / f"{name}.csv"
    path.mkdir()
    return path


def wide(folder: Path, canaries: Canaries, name: str) -> Path:
    """Rows that hold one empty cell each, in the last column there is: 100 KB for 300 million cells."""
    rows = row_of(*map(text, HEAD)) + "".join(
        f'<row r="{at}"><c r="XFD{at}"/></row>' for at in range(2, 20_000)
    )
    return xlsx(folder / f"{name}.xlsx", sheet=sheet_of(rows))


def _many_columns(_canaries: Canaries, _name: str) -> bytes:
    columns = ",".join(f"data.sources.{at}.name" for at in range(500_000))
    return f"{_START},{columns}\nA,B\n".encode()


def _row_bomb(folder: Path, canaries: Canaries, name: str) -> Path:
    return xlsx(folder / f"{name}.xlsx", more=bomb(9))


def _other_home(canaries: Canaries) -> Path:
    """A file that is nobody's table, with a secret in it."""
    path = canaries.home / "private.txt"
    path.write_text(f"Dear diary: {secret_of('diary')}\n", "utf-8")
    return path


_LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9)
)
_COLUMNS = {
    "call": "__import__('os').system('touch @RAN@')",
    "assignment": "brief = __import__('os').system('touch @RAN@')",
    "default": "brief=open('@SECRET@').read()",
    "class": "__class__",
    "globals": "goal.__init__.__globals__",
    "parameters": "parameters",
    "brief": "brief",
    "lines": "x\nimport os\nos.system('touch @RAN@')",
    "quotes": "x'\"; import os; os.system('touch @RAN@') #",
    "jinja": "{{ cycler.__init__.__globals__.os.popen('touch @RAN@').read() }}",
    "dollar": "${__import__('os').system('touch @RAN@')}",
    "format": "{0.__class__}",
    "run": "%run @SECRET@",
    "bang": "!touch @RAN@",
    "ipython": "get_ipython().system('touch @RAN@')",
    "formula": "=cmd|' /C touch @RAN@'!A0",
    "index": "data.sources.99999999999999999999.name",
    "index-below-zero": "data.sources.-1.name",
    "way": "../../title",
    "terminal": "\x1b[31mred\x1b]0;x\x07\u202eder",
}

TABLES: tuple[Table, ...] = (
    *(Table(name=f"column-{name}", kind="column", make=column(key), said=(" row 1", _NO_COLUMN))
      for name, key in _COLUMNS.items()),
    Table(name="column-of-100-KB", kind="size", make=column("x" * 100_000), said=(" row 1", _NO_COLUMN)),
    Table(name="columns-without-end", alone=True, kind="size",
          said=(" row 1", "expected at most 16384 columns, found 500002"), make=content(_many_columns)),
    Table(name="rows-without-end", kind="size", said=("expected at most 10000 briefs",),
          make=content(f"{_START}\n".encode() + b"A,B\n" * 10_001)),
    Table(name="cell-without-end", kind="size", said=(" row 2", "expected cells of at most 128 KB"),
          make=content(f"{_START}\nA,".encode() + b"B" * (1 << 20) + b"\n")),
    Table(name="line-without-end", kind="size", said=("expected at most 20 MB",),
          make=content(lambda *_: f"{_START}\nA,".encode() + b"B" * (21 << 20))),
    Table(name="quote-without-end", kind="size", said=(" row 2", "expected cells"),
          make=content(f'{_START}\nA,"'.encode() + b'""' * 100_000)),
    Table(name="nuls", kind="character", said=(" row 1", "expected a key of a brief"), make=content(b"\0" * 10_000)),
    Table(name="utf-16", kind="character", said=(" row 1", "expected text in UTF-8, found byte 0xff"),
          make=content(f"{_START}\nA,B\n".encode("utf-16"))),
    Table(name="xlsx-bomb", alone=True, kind="xlsx", said=("expected at most 200 MB unpacked",), make=_row_bomb),
    Table(name="xlsx-bomb-that-lies", alone=True, kind="xlsx", said=(_NO_BOOK,), make=lying_size),
    Table(name="xlsx-wide", alone=True, kind="xlsx", said=(" row 6", "expected at most 10 million cells"), make=wide),
    Table(name="xlsx-billion-laughs", alone=True, kind="xlsx", said=(_NO_BOOK,),
          make=entity(f'{_LAUGHS}<!ENTITY e "&j;">')),
    Table(name="xlsx-entity-of-a-file", kind="xlsx", said=(_NO_BOOK,), make=entity('<!ENTITY e SYSTEM "file://@SECRET@">')),
    Table(name="xlsx-entity-of-an-address", kind="xlsx", said=(_NO_BOOK,), make=entity('<!ENTITY e SYSTEM "@URL@">')),
    Table(name="xlsx-declaration-elsewhere", kind="xlsx", said=(_NO_BOOK,),
          make=entity('<!ENTITY % d SYSTEM "@URL@"> %d;<!ENTITY e "x">')),
    Table(name="xlsx-entity-among-shared-texts", kind="xlsx", said=(_NO_BOOK,), make=shared_entity),
    Table(name="xlsx-that-is-a-page", kind="xlsx", said=(_NO_BOOK,),
          make=content(lambda canaries, name: canaries.armed("<html><img src='@URL@'>", name).encode(), ".xlsx")),
    Table(name="csv-that-is-a-pickle", kind="file", said=(" row 1",),
          make=content(lambda canaries, name: canaries.armed("cos\nsystem\n(S'touch @RAN@'\ntR.", name).encode())),
    Table(name="pipe", alone=True, kind="file", said=("no file, but a folder or device",), make=pipe),
    Table(name="brief-that-is-a-pipe", alone=True, kind="file", said=("expected a",), code=1,
          make=brief_that_is_a_pipe),
    Table(name="device-zero", alone=True, kind="file", said=("no file, but a folder or device",),
          make=link("/dev/zero")),
    Table(name="device-random-workbook", alone=True, kind="file", said=("no file, but a folder or device",),
          make=link("/dev/urandom", ".xlsx")),
    Table(name="folder-as-table", kind="file", said=("a folder with a brief.yaml",), make=folder_as_table),
    Table(name="link-to-a-folder", kind="file", said=("a folder with a brief.yaml",), make=link("/etc")),
    Table(name="link-to-itself", kind="file", said=("expected a table that can be read",),
          make=lambda folder, canaries, name: link(f"{name}.csv")(folder, canaries, name)),
    Table(name="link-to-nowhere", kind="file", said=("no such file",), make=link("nowhere")),
    Table(name="link-to-a-diary", kind="file", said=(" row 1", "expected a key of a brief in column 1"),
          make=link(_other_home)),
    Table(name="link-to-users", kind="file", said=(" row 1", "expected a key of a brief in column 1"),
          make=link("/etc/passwd")),
    Table(name="link-to-surroundings", kind="file", said=(" row 1", "expected a key of a brief in column 1"),
          make=link("/proc/self/environ")),
)  # fmt: skip
