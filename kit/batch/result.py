"""What a batch did: small values that outlive its processes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kit.errors import Problem

if TYPE_CHECKING:
    from kit.batch.scale import Scale
    from kit.rules import Severity


@dataclass(frozen=True, kw_only=True)
class Point:
    """Something that the coach found open in a brief."""

    code: str
    severity: Severity
    path: str  # dotted key
    message: str


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many points are open, by severity."""

    error: int = 0
    warning: int = 0
    advice: int = 0


@dataclass(frozen=True, kw_only=True)
class Made:
    """What a worker made of one brief, before it is published; with a reason, it failed."""

    reason: str = ""
    files: dict[str, str] = field(default_factory=dict)  # name to SHA-256
    pages: int | None = None  # of the PDF
    warnings: tuple[str, ...] = ()  # what a document could not show as it was written
    notes: tuple[str, ...] = ()  # what a person should know about its folder
    counts: Counts = field(default_factory=Counts)
    worst: tuple[Point, ...] = ()  # the gravest open points
    scale: Scale | None = None  # what it is compared on; None where it failed


@dataclass(frozen=True, kw_only=True)
class Package:
    """What a worker hands over: every document that was asked for, verified, or the reason why not."""

    made: Made
    files: dict[str, bytes] = field(default_factory=dict)
    findings: str = ""  # digest of what the coach found
    read: Mapping[str, str] = field(default_factory=dict)  # SHA-256 of the brief's files, by name
    is_full: bool = False  # the disk is, and will be for the next brief


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One brief of a batch."""

    source: str  # file as the person named it
    row: int | None  # of a table, the header being row 1
    title: str
    slug: str  # its folder below the output folder
    facts: dict[str, str]  # column of the comparison to its cell
    notes: tuple[str, ...]  # what a person should know about it
    problems: tuple[Problem, ...]  # why it could not be read
    made: Made
    is_kept: bool = False  # as an earlier run made it

    @property
    def ok(self) -> bool:
        """Whether everything asked for was made, verified and published."""
        return not self.made.reason

    @property
    def reason(self) -> str:
        """Why it failed, in words."""
        return self.made.reason

    @property
    def place(self) -> str:
        """The file, or `file row N`."""
        return self.source if self.row is None else f"{self.source} row {self.row}"


@dataclass(frozen=True, kw_only=True)
class Report:
    """A finished batch."""

    out: Path
    formats: tuple[str, ...]
    entries: tuple[Entry, ...]  # in the order of the sources
    notes: tuple[str, ...]  # about the batch as a whole
    seconds: float  # from the first source read to the index written

    @property
    def made(self) -> tuple[Entry, ...]:
        """The entries that succeeded."""
        return tuple(entry for entry in self.entries if entry.ok)

    @property
    def failed(self) -> tuple[Entry, ...]:
        """The entries that did not."""
        return tuple(entry for entry in self.entries if not entry.ok)

    @property
    def exit_code(self) -> int:
        """0 where everything asked for was made and verified, else 1."""
        return 1 if self.failed else 0


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a batch is; the first one, with no entry, comes before any work."""

    done: int
    total: int
    entry: Entry | None


Watcher = Callable[[Progress], None]
