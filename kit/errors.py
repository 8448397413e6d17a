"""Every error that a person can act on.

FramingError                 says what was expected, what was found, where, and what to do
├── UsageError               the request itself cannot be carried out (exit 2)
├── BriefError               a brief cannot be read as one; carries its `problems` (exit 2)
├── WriteError               a file cannot be written (exit 73, or 74 when the disk fails)
│   ├── FullError            the disk is full, or one's share of it (exit 74)
│   └── ConflictError        the file changed since it was read; both versions are kept
├── LockedError              another run holds the file or folder (exit 75)
└── ExportError              a document could not be made or verified (exit 1)
"""

from __future__ import annotations

import errno
import unicodedata
from dataclasses import dataclass
from pathlib import Path

MISPLACED = frozenset(
    {errno.ENAMETOOLONG, errno.ENOENT, errno.ENOTDIR, errno.ELOOP}
)  # no such place can be
_HARMLESS = frozenset("\u200c\u200d")  # joiners, which some scripts and emoji need


def visible(text: str) -> str:
    """A stranger's words for a message, in one line: what a terminal would obey is shown, not sent."""
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(char: str) -> str:
    if char.isprintable() or char in _HARMLESS or unicodedata.category(char) == "Zs":
        return char
    return " " if char == "\t" else char.encode("unicode_escape").decode("ascii")


class Terminated(SystemExit):
    """The process was asked to end: nothing may take this for a fault of its own."""


class FramingError(Exception):
    """Base of all errors of the kit; its text is made for people."""

    exit_code = 1


class UsageError(FramingError):
    """What was asked for cannot be done as asked."""

    exit_code = 2


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong in a brief, and where."""

    file: str  # as the person named it
    line: int | None  # 1-based line of the key, in a YAML file
    key: str  # dotted key, for example "metrics.model.0.target"; "" is the whole file
    expected: str
    found: str
    remedy: str
    row: int | None = None  # 1-based row of a table, the header being row 1

    @property
    def place(self) -> str:
        """`file:line`, `file row N`, or the file alone."""
        if self.row is not None:
            return f"{self.file} row {self.row}"
        return self.file if self.line is None else f"{self.file}:{self.line}"

    @property
    def said(self) -> str:
        """The key, what was expected and what was found."""
        key = f"{visible(self.key)}: " if self.key else ""
        return f"{key}expected {self.expected}, found {self.found}"

    def __str__(self) -> str:
        return f"{self.place}: {self.said}. {self.remedy}"


class BriefError(FramingError):
    """A file or row that cannot be read as a brief."""

    exit_code = 2

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class WriteError(FramingError):
    """A file or folder that cannot be written."""

    exit_code = 73

    @classmethod
    def from_os(cls, error: OSError, path: Path) -> WriteError:
        """Say in plain words why the system refused to write `path`."""
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG)
        if full:
            remedy = "Free some space and try again."
        elif error.errno in MISPLACED:
            remedy = "Choose another place."
        else:
            remedy = "Check its permissions, or choose another place."
        kind = FullError if error.errno in (errno.ENOSPC, errno.EDQUOT) else cls
        made = kind(
            f"{path}: expected to be able to write it, found: {error.strerror or error}. {remedy}"
        )
        if full:
            made.exit_code = 74
        return made


class FullError(WriteError):
    """There is no space left, for this file or the next."""

    exit_code = 74


class ConflictError(WriteError):
    """The file changed on disk since it was read; both versions are kept."""

    def __init__(self, path: Path, kept: Path) -> None:
        super().__init__(
            f"{path}: expected the version that was read, found that it changed on disk since. "
            f"Nothing was overwritten: the other version is in {path}, yours is in {kept}. "
            "Compare the two, then read the file again."
        )
        self.kept = kept


class LockedError(FramingError):
    """Another run holds the lock."""

    exit_code = 75


class ExportError(FramingError):
    """A document that could not be made or did not verify."""
