"""Where briefs come from: folders, YAML files and tables, all read before anything is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.batch.facts import facts_of
from kit.batch.journal import MARK
from kit.brief import Brief, TableRow, files_named, open_brief, read_table
from kit.brief.editing import edit
from kit.brief.places import briefs_in
from kit.brief.table import SUFFIXES
from kit.brief.tree import parse
from kit.errors import BriefError, Problem, UsageError
from kit.export.glyphs import printable

YAML_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, kw_only=True)
class Idea:
    """A brief as it was found in a source."""

    source: str  # file as the person named it; printable, whatever bytes the name is of
    row: int | None
    path: Path | None  # the file; None for a row of a table
    home: Path  # the folder of the file or table, which its files are named from
    title: str
    text: str  # as YAML
    with_files: Brief | None  # what it says, where it names files
    facts: dict[str, str]
    problems: tuple[Problem, ...]

    @property
    def place(self) -> str:
        """The file, or `file row N`."""
        return self.source if self.row is None else f"{self.source} row {self.row}"

    @property
    def reason(self) -> str:
        """What is wrong with it, in words; empty where nothing is."""
        return "\n".join(str(problem) for problem in self.problems)


def read_sources(sources: Sequence[Path]) -> tuple[tuple[Idea, ...], tuple[str, ...]]:
    """Every brief of the sources in their order, wrong ones included, and notes about the reading.

    What a batch has written is left out.

    Raises
    ------
    UsageError
        If a source is neither folder, YAML file nor table.
    BriefError
        If sources cannot be read at all: missing, without a brief, or no table.
    """
    if not sources:
        raise UsageError(
            "SOURCES: expected folders, YAML files or tables of briefs, found none. "
            "Name at least one, for example: framing batch ideas.csv --out briefs"
        )
    ideas: list[Idea] = []
    notes: list[str] = []
    problems: list[Problem] = []
    seen: set[Path] = set()
    for source in sources:
        try:
            kind = _table if _is_table(source) else _files
            found = list(kind(source, seen, notes))
        except BriefError as exc:
            problems += exc.problems
        else:
            ideas += found
    if problems:
        raise BriefError(tuple(problems))
    return tuple(ideas), tuple(notes)


def _is_table(source: Path) -> bool:
    return source.suffix.lower() in SUFFIXES and not source.is_dir()


def _files(source: Path, seen: set[Path], notes: list[str]) -> Iterator[Idea]:
    if source.is_file() and source.suffix.lower() not in YAML_SUFFIXES:
        kinds = ", ".join((*YAML_SUFFIXES, *SUFFIXES))
        raise UsageError(
            f"{source}: expected a folder, or a file ending in {kinds}, found {source.suffix or 'no ending'!r}. "
            "Briefs are YAML files or rows of a table."
        )
    for path in _originals(source):
        if _is_new(path, seen, notes):
            yield _file(path)


def _is_new(path: Path, seen: set[Path], notes: list[str]) -> bool:
    """Whether a file is named for the first time; a note says where it is not."""
    real = path.resolve()
    if real in seen:
        notes.append(f"{printable(str(path))} is named more than once and was made once.")
        return False
    seen.add(real)
    return True


def _originals(source: Path) -> list[Path]:
    """The briefs of a folder that were not themselves written by a batch."""
    kept = [path for path in briefs_in(source) if not (path.parent / MARK).is_file()]
    if not kept:
        problem = Problem(
            file=str(source),
            line=None,
            key="",
            expected="a folder with briefs of yours",
            found="only what a batch has written",
            remedy="Name the folder with the originals.",
        )
        raise BriefError((problem,))
    return kept


def _file(path: Path) -> Idea:
    source = printable(str(path))
    try:
        file = open_brief(path, name=source)
    except BriefError as exc:
        return Idea(
            source=source, row=None, path=path, home=_home(path), title=_name(path), text="",
            with_files=None, facts=facts_of(None), problems=exc.problems,
        )  # fmt: skip
    return Idea(
        source=source, row=None, path=path, home=_home(path), title=_spoken(file.value("title")) or _name(path),
        text=file.text, with_files=_with_files(file.brief), facts=facts_of(file.brief), problems=file.problems,
    )  # fmt: skip


def _table(source: Path, seen: set[Path], notes: list[str]) -> Iterator[Idea]:
    name = printable(str(source))
    # What is no file has no other name either; reading it says what it is.
    if not source.is_file() or _is_new(source, seen, notes):
        for row in read_table(source, name=name):
            yield _row(row, name, _home(source))


def _row(row: TableRow, source: str, home: Path) -> Idea:
    text = edit("", row.tree) if not row.problems else ""
    problems = row.problems
    if text and parse(text, file=source).tree != row.tree:
        problem = Problem(
            file=source, line=None, row=row.number, key="", expected="cells that YAML can hold",
            found="some that it cannot", remedy="Look for unusual characters in this row.",
        )  # fmt: skip
        problems = (problem,)
    return Idea(
        source=source, row=row.number, path=None, home=home, title=row.title.strip() or f"Row {row.number}",
        text=text, with_files=_with_files(row.brief), facts=facts_of(row.brief), problems=problems,
    )  # fmt: skip


def _with_files(brief: Brief | None) -> Brief | None:
    return brief if brief is not None and files_named(brief.data) else None


def _home(path: Path) -> Path:
    return path.absolute().parent


def _spoken(value: Any) -> str:
    return " ".join(value.split())[:300] if isinstance(value, str) else ""


def _name(path: Path) -> str:
    """What a brief without a readable title is called: its folder, or its file."""
    return printable(path.resolve().parent.name if path.stem == "brief" else path.stem)
