"""Which characters the bytes of a text file stand for."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from kit.data.reading.refusal import RefusedError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 with a byte order mark"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_BLOCK = 1 << 22  # bytes read at a time
_SAMPLE = 1 << 16  # bytes that a guess is made from
_MANY = 0.05  # share of empty bytes from which on a file is no text


@dataclass(frozen=True, kw_only=True)
class Encoding:
    """How bytes are read."""

    name: str  # as Python calls it
    says: str  # as people do
    guessed: bool
    empty_bytes: int  # in the whole file


def encoding_of(path: Path) -> Encoding:
    """The encoding of a text file, by its mark, its validity as UTF-8, or a guess.

    Raises
    ------
    RefusedError
        If it is no text.
    """
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    for mark, name, says in _MARKS:
        if head.startswith(mark):
            return Encoding(name=name, says=says, guessed=False, empty_bytes=0)
    wide = _wide(head)
    if wide:
        return Encoding(name=wide, says="UTF-16 without a mark", guessed=True, empty_bytes=0)
    bad, empty = _scanned(path)
    if bad is None:
        return Encoding(name="utf-8", says="UTF-8", guessed=False, empty_bytes=empty)
    name = _guess(path, bad)
    return Encoding(name=name, says=name.replace("_", "-"), guessed=True, empty_bytes=empty)


def _wide(head: bytes) -> str | None:
    """UTF-16 shows by an empty byte beside nearly every Latin letter."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2 or 1
    if even + odd < half * 0.3:
        return None
    if odd > half * 0.3 > 10 * even:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.3 > 10 * odd else None


def _scanned(path: Path) -> tuple[int | None, int]:
    """Where the file stops being UTF-8, if it does, and how many empty bytes it holds."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    bad, empty, done = None, 0, 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            empty += block.count(0)
            if empty > _MANY * (done + len(block)):
                raise RefusedError(
                    "a table", "bytes that are no text", "Attach a CSV, Parquet or XLSX file."
                )
            if bad is None:
                try:
                    decoder.decode(block)
                except UnicodeDecodeError as exc:
                    bad = done + exc.start
            done += len(block)
    if bad is None:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            bad = done - 1
    return bad, empty


def _guess(path: Path, bad: int) -> str:
    import charset_normalizer

    with path.open("rb") as file:
        file.seek(max(0, bad - _SAMPLE // 2))
        sample = file.read(_SAMPLE)
    found = charset_normalizer.from_bytes(sample).best()
    name = found.encoding if found else "cp1252"
    # Western text that is short looks like many code pages; this one is by far the most frequent.
    return "cp1252" if name.startswith(("cp12", "cp4", "cp8", "latin", "iso8859_1", "mac")) and _western(sample) else name


def _western(sample: bytes) -> bool:
    """Whether all bytes beyond ASCII stand for letters and signs of Western Europe in cp1252."""
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    strange = [char for char in text if char > "\x7f"]
    return all(char in "äöüßÄÖÜéèêëàâáãåæçñóòôõøœíìîïúùûýÿÉÈÀÂÁÃÅÆÇÑÓØÍÚ€£°§²³µ½–—‘’“”…«»·¿¡®©™´ºª×" for char in strange)
