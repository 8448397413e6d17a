"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from kit.data.attached import SUFFIXES
from kit.data.read_as import Content
from kit.data.reading.refusal import RefusedError

_HEAD = 4096  # bytes that are looked at
_SAVE_AS = "Save it as CSV, Parquet or XLSX."
_UNPACK = "Unpack it, and name the file that is in it."
_STARTS: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x05\x06", "a ZIP archive", _UNPACK),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ", "an xz archive", _UNPACK),
    (b"(\xb5/\xfd", "a zstandard archive", _UNPACK),
    (b"7z\xbc\xaf", "a 7z archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"\xd0\xcf\x11\xe0", "an old Office document, or one with a password", _SAVE_AS),
    (b"SQLite format 3", "a SQLite database", _SAVE_AS),
    (b"ARROW1", "an Arrow file", _SAVE_AS),
    (b"PARE", "an encrypted Parquet file", _SAVE_AS),
    (b"\x89HDF", "an HDF5 file", _SAVE_AS),
    (b"\x93NUMPY", "a NumPy array", _SAVE_AS),
    (b"<stata_dta>", "a Stata file", _SAVE_AS),
    (b"$FL2", "an SPSS file", _SAVE_AS),
    (b"%PDF", "a PDF", _SAVE_AS),
    (b"\x89PNG", "a picture", _SAVE_AS),
    (b"\xff\xd8\xff", "a picture", _SAVE_AS),
    (b"GIF8", "a picture", _SAVE_AS),
    (b"\x7fELF", "a program", _SAVE_AS),
    (b"MZ\x90", "a program", _SAVE_AS),
)
_PICKLE = re.compile(rb"\x80[\x02-\x05]")
_XML = re.compile(rb"<(!doctype|!--|html|head|body|table|\?xml)", re.IGNORECASE)
_JSON = re.compile(rb'(\{\s*"|\[\s*[\[{"])')
_ENDINGS: dict[Content, str] = {"text": ".csv", "Parquet": ".parquet", "XLSX": ".xlsx"}


def content_of(path: Path) -> Content:
    """What is in a file, which is also what its name says.

    Raises
    ------
    RefusedError
        If it is empty, something else, or something else than its name says.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise RefusedError("a table", "an empty file", "Attach one with a header and rows.")
    found = _content(path, head)
    named = _named(path.suffix.lower())
    if found != named:
        raise RefusedError(
            f"{named or 'a table'} in a file called *{path.suffix}",
            found,
            f"Give it the ending {_ENDINGS[found]}, if that is what it should be.",
        )
    return found


def _named(suffix: str) -> Content | None:
    """What an ending says; all those that are no other's are of texts."""
    others = {ending: content for content, ending in _ENDINGS.items()}
    return others.get(suffix, "text") if suffix in SUFFIXES else None


def _content(path: Path, head: bytes) -> Content:
    if head.startswith(b"PAR1"):
        return "Parquet"
    if head.startswith(b"PK\x03\x04"):
        return _packed(path)
    for start, found, remedy in _STARTS:
        if head.startswith(start):
            raise RefusedError("a table", found, remedy)
    if _PICKLE.match(head):
        raise RefusedError("a table", "a Python pickle, which may run code", _SAVE_AS)
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if _XML.match(text):
        raise RefusedError("a table", "a web page or XML", _SAVE_AS)
    if _JSON.match(text):
        raise RefusedError("a table", "JSON", _SAVE_AS)
    return "text"


def _packed(path: Path) -> Content:
    """What a ZIP archive is, by the list of its parts; none is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as exc:
        raise RefusedError(
            "a whole file",
            "a ZIP archive or XLSX file that is cut short or damaged",
            "Save or send it again.",
        ) from exc
    if "xl/workbook.xml" in parts:
        return "XLSX"
    if parts & {"content.xml", "word/document.xml", "ppt/presentation.xml", "xl/workbook.bin"}:
        raise RefusedError("a table", "an Office document that is no XLSX file", _SAVE_AS)
    raise RefusedError("a table", "a ZIP archive", _UNPACK)
