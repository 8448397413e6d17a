"""Which characters the bytes of a text file stand for."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from kit.data.how_read import encoding_said
from kit.data.reading.refusal import RefusedError

_MARKS = (  # UTF-32 first: its mark begins as that of UTF-16 does
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCK = 1 << 22  # bytes read at a time
_SAMPLE = 1 << 16  # bytes that a guess is made from
_SHIFT = b"\x1b$"  # begins Japanese characters in ISO-2022-JP, which are ASCII otherwise
_MANY = 0.05  # share of empty bytes from which on a file is no text
_FEW = 100  # empty bytes that are never many
_CONTROL = 0.02  # share of bytes that stand for no sign, from which on a file is no text
_SIGNLESS = bytes({*range(1, 32)} - {*b"\t\n\v\f\r\x1a\x1b"})
_WESTERN = frozenset(
    "äöüßÄÖÜéèêëàâáãåæçñóòôõøœíìîïúùûýÿÉÈÊÀÂÁÃÅÆÇÑÓØÍÚ€£¥§°²³µ½¼–—‘’“”„…«»·•¿¡®©™ºª×\xa0"
)


@dataclass(frozen=True, kw_only=True)
class Encoding:
    """How bytes are read."""

    name: str  # as Python calls it
    guessed: bool
    clean: bool  # UTF-8 throughout, without empty bytes: can be read as it stands
    empty_bytes: int  # in the whole file

    @property
    def says(self) -> str:
        """Its name, as people call it."""
        return encoding_said(self.name)


def encoding_of(path: Path) -> Encoding:
    """The encoding of a text file, by its mark, its validity as UTF-8, or a guess.

    Raises
    ------
    RefusedError
        If it is no text.
    """
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    if marked and marked != "utf-8-sig":
        return _recoded(marked, guessed=False)
    if _SHIFT in head and _is_japanese(head):
        return _recoded("iso2022_jp", guessed=True)
    wide = _wide(head)
    if wide:
        return _recoded(wide, guessed=True)
    if len(head) - len(head.translate(None, _SIGNLESS)) > _CONTROL * len(head) + 5:
        raise _no_text()
    bad, empty = _scanned(path)
    name = marked or "utf-8"
    if bad is None:
        return Encoding(name=name, guessed=False, clean=not empty, empty_bytes=empty)
    if not marked:
        name = _guess(path, bad)
    guessed = not name.startswith("utf-8")
    return Encoding(name=name, guessed=guessed, clean=False, empty_bytes=empty)


def _recoded(name: str, *, guessed: bool) -> Encoding:
    return Encoding(name=name, guessed=guessed, clean=False, empty_bytes=0)


def _wide(head: bytes) -> str | None:
    """UTF-16 shows by an empty byte beside nearly every Latin letter."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2 or 1
    if odd > half * 0.3 and odd > 10 * even:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.3 and even > 10 * odd else None


def _is_japanese(head: bytes) -> bool:
    """Whether a text that shifts to other characters, as mails from Japan do, is nothing but such."""
    try:
        codecs.getincrementaldecoder("iso2022_jp")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _scanned(path: Path) -> tuple[int | None, int]:
    """Where the file stops being UTF-8, if it does, and how many empty bytes it holds."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    bad, empty, done = None, 0, 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            empty += block.count(0)
            if empty > _MANY * (done + len(block)) + _FEW:
                raise _no_text()
            # Most blocks need no more than a look.
            if bad is None and not (block.isascii() and not decoder.getstate()[0]):
                bad = _first_bad(decoder, block, done)
            done += len(block)
    if bad is None and decoder.getstate()[0]:
        bad = done - 1
    return bad, empty


def _first_bad(decoder: codecs.IncrementalDecoder, block: bytes, done: int) -> int | None:
    waiting = len(decoder.getstate()[0])
    try:
        decoder.decode(block)
    except UnicodeDecodeError as exc:
        return done - waiting + exc.start
    return None


def _no_text() -> RefusedError:
    return RefusedError("a table", "bytes that are no text", "Attach a CSV, Parquet or XLSX file.")


def _guess(path: Path, bad: int) -> str:
    """UTF-8 with faults where most of it is right, otherwise what charset_normalizer finds likely."""
    with path.open("rb") as file:
        file.seek(max(0, bad - _SAMPLE // 2))
        sample = file.read(_SAMPLE)
    text = sample.decode("utf-8", errors="replace")
    faults = text.count("\ufffd")
    if sum(char > "\x7f" for char in text) > 2 * faults:
        return "utf-8"
    # Western text that is short looks like many code pages; this one is by far the most frequent.
    if _western(sample):
        return "cp1252"
    import charset_normalizer

    lines = sample.splitlines(keepends=True)
    whole = b"".join(lines[1:-1]) if len(lines) > 2 and len(sample) == _SAMPLE else sample
    found = charset_normalizer.from_bytes(whole).best()
    return found.encoding if found else "cp1252"


def _western(sample: bytes) -> bool:
    """Whether nearly all bytes beyond ASCII stand for letters and signs of Western Europe in cp1252."""
    strange = [char for char in sample.decode("cp1252", errors="replace") if char > "\x7f"]
    return sum(char in _WESTERN for char in strange) >= 0.98 * len(strange)
