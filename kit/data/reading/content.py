"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

from pathlib import Path

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
    (b"\xd0\xcf\x11\xe0", "an old Office document", _SAVE_AS),
    (b"SQLite format 3", "a SQLite database", _SAVE_AS),
    (b"ARROW1", "an Arrow file", _SAVE_AS),
    (b"\x89HDF", "an HDF5 file", _SAVE_AS),
    (b"%PDF", "a PDF", _SAVE_AS),
    (b"\x89PNG", "a picture", _SAVE_AS),
    (b"\xff\xd8\xff", "a picture", _SAVE_AS),
    (b"GIF8", "a picture", _SAVE_AS),
    (b"\x7fELF", "a program", _SAVE_AS),
    (b"MZ\x90", "a program", _SAVE_AS),
)
_NAMED = {".csv": "text", ".tsv": "text", ".txt": "text", ".parquet": "Parquet", ".xlsx": "XLSX"}
SUFFIXES = tuple(_NAMED)


def content_of(path: Path) -> str:
    """What is in a file: "text", "Parquet" or "XLSX", which is also what its name says.

    Raises
    ------
    RefusedError
        If it is empty, something else, or something else than its name says.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise RefusedError("a table", "an empty file", "Attach one with a header and rows.")
    named = _NAMED[path.suffix.lower()]
    found = _content(head)
    if found != named:
        remedy = f"Give it the ending .{found.lower()}." if found != "text" else _SAVE_AS
        raise RefusedError(f"{named} in a file called *{path.suffix}", f"{found}", remedy)
    return found


def _content(head: bytes) -> str:
    if head.startswith(b"PAR1"):
        return "Parquet"
    if head.startswith(b"PK\x03\x04"):
        if b"[Content_Types].xml" in head or b"xl/" in head or b"_rels/.rels" in head:
            return "XLSX"
        raise RefusedError("a table", "a ZIP archive", _UNPACK)
    for start, found, remedy in _STARTS:
        if head.startswith(start):
            raise RefusedError("a table", found, remedy)
    if head[:1] == b"\x80" and head[1:2] in (b"\x02", b"\x03", b"\x04", b"\x05"):
        raise RefusedError("a table", "a Python pickle, which may run code", _SAVE_AS)
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise RefusedError("a table", "a web page or XML", _SAVE_AS)
    if text.startswith((b'{"', b"[{", b"{\n")):
        raise RefusedError("a table", "JSON", _SAVE_AS)
    return "text"
