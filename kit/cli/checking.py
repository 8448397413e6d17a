"""`framing check`: what is wrong in a brief, and what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kit.errors import BriefError, UsageError

if TYPE_CHECKING:
    from kit.brief import BriefFile
    from kit.cli.findings import Checked
    from kit.data import Found
    from kit.rules import Finding, Rule

_CODES = "Codes or their beginnings, separated by commas: GO,ME202."


def check(
    paths: Annotated[
        list[Path], typer.Argument(help="Briefs, folders of briefs, or tables.", readable=False)
    ],
    format_: Annotated[
        Literal["text", "json", "github", "sarif"],
        typer.Option("--format", help="For people, for programs, for pull requests, for scanners."),
    ] = "text",
    select: Annotated[list[str] | None, typer.Option(help=f"Only these findings. {_CODES}")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help=f"Not these findings. {_CODES}")] = None,
    today: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day that dates are compared with.")
    ] = None,
    files: Annotated[bool, typer.Option(help="Look at the files that sources name, too.")] = True,
    baseline: Annotated[
        bool,
        typer.Option("--baseline", help="Run the quick baseline on them, up to a minute each."),
    ] = False,
    rules: Annotated[
        list[Path] | None,
        typer.Option(
            help="A Python file with rules of your own. It is run; see docs/own-rules.md."
        ),
    ] = None,
) -> None:
    """Say what is wrong in briefs and what is missing, as file:line."""
    from kit.rules import errors_in, prefixes, refuse_ignoring, selected

    every = rules_with(rules)
    wanted, unwanted = prefixes(select or (), every), prefixes(ignore or (), every)
    refuse_ignoring(unwanted)
    day = _day(today)
    unreadable = errors = False

    def briefs() -> Iterator[Checked]:
        nonlocal unreadable, errors
        look = partial(_files, baseline=baseline) if files else _no_files
        for one, read in chain.from_iterable(_each(path, every, day, look) for path in paths):
            chosen = selected(one.findings, select=wanted, ignore=unwanted)
            unreadable, errors = unreadable or not read, errors or errors_in(chosen)
            yield replace(one, findings=chosen)

    for text in _writers()[format_](briefs(), every):
        typer.echo(text, nl=False)
    if unreadable or errors:
        raise typer.Exit(BriefError.exit_code if unreadable else 1)


def rules_with(files: Sequence[Path] | None) -> tuple[Rule, ...]:
    """The kit's rules and those of the files that were named."""
    from kit.rules import RULES, own_rules

    return (*RULES, *own_rules(files or ()))


def _writers() -> dict[str, Callable[[Iterable[Checked], Sequence[Rule]], Iterable[str]]]:
    """What makes pieces of text of briefs that come one by one."""
    from kit.cli.findings import as_github, as_json, as_text
    from kit.cli.sarif import as_sarif

    return {
        "text": lambda briefs, _: as_text(briefs),
        "json": lambda briefs, _: [as_json(_all(briefs))],  # whole or not at all
        "github": lambda briefs, _: as_github(_all(briefs)),
        "sarif": lambda briefs, rules: [as_sarif(_all(briefs), rules)],
    }


def _all(briefs: Iterable[Checked]) -> Iterator[Finding]:
    return (one for brief in briefs for one in brief.findings)


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as exc:
        raise UsageError(
            f"--today: expected a date such as 2027-03-31, found {text!r}. Write year, month and day."
        ) from exc


def _no_files(_: BriefFile) -> tuple[Found, ...]:
    return ()


def _files(file: BriefFile, *, baseline: bool) -> tuple[Found, ...]:
    """What the brief's files show; without a baseline also where one is known, so that nothing depends on that."""
    from kit.cli.files import files_of

    found = files_of(file, baseline=baseline)
    return found if baseline else tuple(one.without_baseline() for one in found)


def _each(
    path: Path,
    rules: Sequence[Rule],
    today: dt.date | None,
    look: Callable[[BriefFile], tuple[Found, ...]],
) -> Iterator[tuple[Checked, bool]]:
    """Every brief that a path names, with all findings, and whether it could be read at all."""
    from kit.brief import open_brief, read_table
    from kit.brief.places import briefs_in
    from kit.brief.table import SUFFIXES
    from kit.cli.findings import Checked
    from kit.rules import check as findings_of
    from kit.rules import check_row

    closed: list[BriefError] = []
    try:
        if path.suffix.lower() in SUFFIXES:
            for row in read_table(path):
                found = check_row(row, table=str(path), rules=rules, today=today)
                yield Checked(place=f"{path} row {row.number}", findings=found), True
            return
        briefs = briefs_in(path, closed=closed.append)
    except BriefError as exc:
        briefs, closed = (), [*closed, exc]
    for shut in closed:
        yield _unread(shut.problems[0].file, shut), False
    for brief in briefs:
        try:
            file = open_brief(brief)
        except BriefError as exc:
            yield _unread(str(brief), exc), False
        else:
            found = findings_of(file, rules=rules, today=today, files=look(file))
            yield Checked(place=str(brief), findings=found, text=file.text), True


def _unread(place: str, exc: BriefError) -> Checked:
    from kit.cli.findings import Checked
    from kit.rules import errors_of

    return Checked(place=place, findings=tuple(errors_of(exc.problems, nothing_read=True)))
