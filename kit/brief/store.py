"""Briefs on disk: read with the line of every key, saved whole or not at all."""

from __future__ import annotations

import codecs
import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.brief.changes import changed, value_at
from kit.brief.files import clean_leftovers, is_writable, locked, sync_folder, write_atomically
from kit.brief.model import Brief
from kit.brief.places import FILE_NAME, briefs_in, find, unreadable
from kit.brief.reading import read
from kit.brief.tree import SIZE_LIMIT, Parsed, parse, refuse_large
from kit.errors import BriefError, ConflictError, Problem, WriteError

__all__ = [
    "FILE_NAME",
    "BriefFile",
    "briefs_in",
    "changed",
    "clean_leftovers",
    "find",
    "is_writable",
    "keep_aside",
    "load",
    "locked",
    "open_brief",
    "save",
    "sync_folder",
    "value_at",
    "write_atomically",
]


@dataclass(frozen=True, kw_only=True)
class BriefFile:
    """A brief as it was read from disk."""

    path: Path
    name: str  # the file as the person named it, for messages
    text: str
    stamp: str  # SHA-256 of the bytes read
    parsed: Parsed
    brief: Brief | None  # what could be read; None where a required key is missing
    problems: tuple[Problem, ...]

    @property
    def writable(self) -> bool:
        """Whether the file's permissions let its content be changed."""
        return is_writable(self.path)

    def value(self, key: str) -> Any:
        """The plain value at a dotted key, None where there is none."""
        return value_at(self.parsed.tree, key)


def open_brief(path: Path | str, *, name: str | None = None) -> BriefFile:
    """Read a brief, wrong values included: they are in `problems`.

    Raises
    ------
    BriefError
        If there is no file, or it is not YAML at all.
    """
    found = find(Path(path))
    shown = name or str(found)
    raw = _bytes(found, shown)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = raw[: exc.start].count(b"\n") + 1
        raise unreadable(
            shown,
            "text in UTF-8",
            f"byte 0x{raw[exc.start]:02x}",
            "Save the file as UTF-8.",
            line=line,
        ) from exc
    parsed = parse(text, file=shown)
    brief, problems = read(parsed.tree, file=shown, place=lambda key: (parsed.line(key), None))
    return BriefFile(
        path=found,
        name=shown,
        text=text,
        stamp=_stamp(raw),
        parsed=parsed,
        brief=brief,
        problems=problems,
    )


def load(path: Path | str, *, name: str | None = None) -> Brief:
    """Read a brief that has to be right.

    Raises
    ------
    BriefError
        With every problem found.
    """
    file = open_brief(path, name=name)
    if file.problems or file.brief is None:
        raise BriefError(file.problems)
    return file.brief


def save(file: BriefFile, changes: Mapping[str, Any], *, is_held: bool = False) -> BriefFile:
    """Set dotted keys to plain values (None takes a key out) and return the file as it is now.

    Comments, order and everything not changed stay as they are. The file is replaced whole. `is_held` says that the
    caller has its lock already.

    Raises
    ------
    ConflictError
        If the file changed on disk since it was read; this version is kept beside it.
    BriefError
        If the text is more than a brief may hold, or holds half a character.
    WriteError
        If the file is gone or read-only, or the system refuses.
    LockedError
        If another program holds the file for longer than ten seconds.
    """
    text = _edited(file, changes)
    if text != file.text:
        with nullcontext() if is_held else locked(file.path):
            _replace(file, text)
    return open_brief(file.path, name=file.name)


def _edited(file: BriefFile, changes: Mapping[str, Any]) -> str:
    """The text with the changes in it, read again to be sure that it says what it should."""
    from kit.brief.editing import edit

    for key, value in changes.items():
        _refuse_halves(file, key, value)
    text = edit(file.text, changes)
    refuse_large(text, file=file.name)
    try:
        kept = parse(text, file=file.name).tree == changed(file.parsed.tree, changes)
    except BriefError:
        kept = False
    if not kept:
        raise WriteError(
            f"{file.name}: expected to change {', '.join(changes)} and nothing else, found that the "
            "file's layout does not allow it. Nothing was written; change the file by hand."
        )
    return text


def _refuse_halves(file: BriefFile, key: str, value: Any) -> None:
    """Half of a surrogate pair, which a browser can send, fits into no file."""
    if half := re.search("[\ud800-\udfff]", json.dumps(value, ensure_ascii=False)):
        raise BriefError(
            (
                Problem(
                    file=file.name,
                    line=file.parsed.line(key),
                    key=key,
                    expected="readable text",
                    found=f"half a character, U+{ord(half[0]):04X}",
                    remedy="Delete it and type it again.",
                ),
            )
        )


def _replace(file: BriefFile, text: str) -> None:
    """Write the text, if the file is still the one that was read; the file's lock is held."""
    clean_leftovers(file.path)
    if not file.path.exists():
        kept = keep_aside(file.path, text)
        raise WriteError(
            f"{file.name}: expected the file that was read, found that it is gone. "
            f"Your version is in {kept}; move it to where it belongs."
        )
    if not is_writable(file.path):
        raise WriteError(
            f"{file.name}: expected a file that can be changed, found a read-only one. "
            "Make it writable, or save a copy elsewhere."
        )
    raw = _bytes(file.path, file.name)
    if _stamp(raw) != file.stamp:
        raise ConflictError(file.path, keep_aside(file.path, text))
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    write_atomically(file.path, mark + text.encode())


def keep_aside(path: Path, text: str) -> Path:
    """Write a version of the brief beside it, and return where."""
    moment = dt.datetime.now().astimezone().strftime("%Y%m%d-%H%M%S-%f")
    aside = path.resolve().with_name(f"{path.stem}.yours-{moment}{path.suffix}")
    write_atomically(aside, text.encode())
    return aside


def _bytes(path: Path, name: str) -> bytes:
    try:
        if path.exists() and not path.is_file():  # a pipe would block
            raise unreadable(name, "a file", "something else", "Move it away.")
        with path.open("rb") as source:
            raw = source.read(SIZE_LIMIT + 1)
    except OSError as exc:
        raise unreadable(
            name, "a file that can be read", str(exc.strerror), "Check its permissions."
        ) from exc
    if len(raw) > SIZE_LIMIT:
        raise unreadable(
            name,
            f"at most {SIZE_LIMIT // 1024} KB",
            "a larger file",
            "Is this a brief? Move tables out of it.",
        )
    return raw


def _stamp(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
