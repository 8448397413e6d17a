"""What the files of a brief show, as lines: one for each requirement, wrapped only where a terminal is narrow."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import typer

from kit.appraisal.wording import counted, listed
from kit.brief import Brief
from kit.data import (
    Found,
    Ladder,
    Measured,
    Question,
    Refused,
    Rung,
    Verdict,
    interval,
    verdicts_of,
)
from kit.data.how_read import how_read
from kit.errors import visible
from kit.report.sample.answers import best_of, threshold_of
from kit.report.sample.baseline import measures_of
from kit.report.sample.oddities import oddities_of

_COLOURS = {"met": "green", "missed": "red", "differs": "yellow", "cannot tell": "yellow"}
_WORD = max(map(len, _COLOURS))
_STATED = {"class share": "counted on"}  # what is not asked for


@dataclass(frozen=True, kw_only=True)
class Page:
    """Where lines are shown."""

    width: int | None = None  # characters; None where lines may be as long as they are

    def line(self, text: str, *, indent: int = 0, more: int = 2) -> str:
        """A text on one line, or on several of which the later ones stand further in."""
        start, shown = " " * indent, visible(text)
        if self.width is None:
            return f"{start}{shown}"
        rest = " " * (indent + more)
        width = max(self.width, indent + more + 20)
        return textwrap.fill(
            shown, width, initial_indent=start, subsequent_indent=rest, break_on_hyphens=False
        )


def sample_lines(brief: Brief, files: Sequence[Found], page: Page) -> Iterator[str]:
    """The answer in short; then files, requirements, what is odd, and the quick baseline."""
    verdicts = verdicts_of(brief, files)
    for said in _in_short(verdicts, files):
        yield page.line(said)
    yield ""
    for one in files:
        yield page.line(head_of(one))
    for verdict in verdicts:
        yield _told(verdict, page)
    for one in files:
        if isinstance(one, Measured):
            yield from _odd(one, page)
            yield from _ladder(brief, one.ladder, one.question, page) if one.ladder else ()


def head_of(found: Found) -> str:
    """How a file was read, or why it was not."""
    if isinstance(found, Refused):
        return f"{found.name}: expected {found.expected}, found {found.found}. {found.remedy}"
    rows, columns = (
        counted(found.profile.rows, "row"),
        counted(len(found.profile.columns), "column"),
    )
    return f"{found.file}: {rows}, {columns}; {'; '.join(how_read(found.profile))}."


def _in_short(verdicts: Sequence[Verdict], files: Sequence[Found]) -> Iterator[str]:
    """How many requirements are met; and where there is a baseline, what it answers."""
    required = [one.holds for one in verdicts if one.is_required]
    met, missed, untold = (required.count(holds) for holds in (True, False, None))
    differs = any(one.word == "differs" for one in verdicts)
    yield (
        f"Of {counted(len(required), 'requirement')}, {met} {'is' if met == 1 else 'are'} met, {missed} missed, "
        f"and {untold} cannot be told{'; the share of true cases differs' if differs else ''}."
    )
    ladder = next((one.ladder for one in files if isinstance(one, Measured) and one.ladder), None)
    if ladder is not None:
        yield " ".join(part for part in (_rule(verdicts, ladder), _reach(verdicts)) if part)


def _rule(verdicts: Sequence[Verdict], ladder: Ladder) -> str:
    rules = [one.holds for one in verdicts if one.requirement == "rule"]
    if ladder.signal is False or not rules:
        return best_of(ladder)
    if False in rules:
        return "A rule is not enough."
    return (
        "Whether a rule is enough cannot be told." if None in rules else "A rule is enough to ship."
    )


def _reach(verdicts: Sequence[Verdict]) -> str:
    """Whether the targets are within reach; ship-at where the brief has no target."""
    targets = [one for one in verdicts if one.requirement == "target"]
    limits = targets or [one for one in verdicts if one.requirement == "ship-at"]
    if not limits:
        return ""
    name = limits[0].requirement
    if lost := [one.about for one in limits if one.holds is False]:
        return f"Out of reach of quick models: the {name} for {listed(lost)}."
    if untold := [one.about for one in limits if one.holds is None]:
        return f"Whether the {name} for {listed(untold)} is within reach cannot be told."
    return f"{'The' if len(limits) == 1 else 'Every'} {name} is within reach of a quick model."


def _told(verdict: Verdict, page: Page) -> str:
    stated = _STATED.get(verdict.requirement, "asked for")
    figures = [
        f"{stated} {verdict.stated}" if verdict.stated else "",
        f"found {verdict.measured}" if verdict.measured else "",
    ]
    said = "; ".join(part for part in figures if part)
    about = f"{verdict.about}, {verdict.requirement}"
    word = verdict.word.ljust(_WORD)
    line = page.line(f"{word} {about}: {said}. {verdict.why}", indent=2, more=_WORD + 1)
    colour = _COLOURS.get(verdict.word)
    return line.replace(word, typer.style(word, fg=colour), 1) if colour else line


def _odd(found: Measured, page: Page) -> Iterator[str]:
    odd = tuple(oddities_of(found))
    if odd:
        yield from ("", page.line(f"To look at in {found.file}"))
        yield from (page.line(one, indent=2) for one in odd)


def _ladder(brief: Brief, ladder: Ladder, question: Question, page: Page) -> Iterator[str]:
    rows = counted(ladder.rows, "row")
    yield from (
        "",
        page.line(f"Quick baseline: {rows}, {ladder.parts}, {ladder.how}; 95% intervals"),
    )
    names = measures_of(brief, ladder)
    yield from _table(ladder, names, page)
    if ladder.unfinished:
        yield page.line(f"Not finished in time: {listed(ladder.unfinished)}.", indent=2)
    for said in (best_of(ladder), threshold_of(ladder, question)):
        yield from [page.line(said, indent=2)] if said else []
    gone = [f"{name} ({why})" for name, why in ladder.left_out if name != question.label]
    if gone:
        yield page.line(f"Left out of the baseline: {'; '.join(gone)}.", indent=2)


def _table(ladder: Ladder, names: Sequence[str], page: Page) -> Iterator[str]:
    """A row for each way of predicting, or a line of its own where the page is too narrow for a table."""
    cells = [[_cell(rung, name) for name in names] for rung in ladder.rungs]
    rows = [
        ["", *names],
        *([rung.name, *row] for rung, row in zip(ladder.rungs, cells, strict=True)),
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    details = ["", *(rung.detail for rung in ladder.rungs)]
    lines = [
        "  ".join(
            cell.ljust(width) for cell, width in zip([*row, detail], [*widths, 0], strict=True)
        )
        for row, detail in zip(rows, details, strict=True)
    ]
    if page.width is None or max(map(len, lines)) + 2 <= page.width:
        yield from (f"  {visible(line.rstrip())}" for line in lines)
        return
    for rung, row in zip(ladder.rungs, cells, strict=True):
        told = "; ".join(f"{name} {cell}" for name, cell in zip(names, row, strict=True) if cell)
        detail = f" ({rung.detail})" if rung.detail else ""
        yield page.line(f"{rung.name}{detail}: {told}", indent=2)


def _cell(rung: Rung, name: str) -> str:
    score = rung.score(name)
    return interval(score, name) if score else ""
