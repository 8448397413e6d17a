"""`framing check`: what is wrong in a brief, and what is missing."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from kit.brief import open_brief, read_table
from kit.brief.store import briefs_in
from kit.brief.table import SUFFIXES
from kit.cli.wording import counted
from kit.errors import BriefError
from kit.rules import Finding, check_row, errors_of
from kit.rules import check as findings_of

_COLOURS = {"error": "red", "warning": "yellow", "advice": "blue"}


def check(
    paths: Annotated[list[Path], typer.Argument(help="Briefs, folders of briefs, or tables.")],
    format_: Annotated[
        Literal["text", "json"],
        typer.Option("--format", help="Text for people, JSON for programs."),
    ] = "text",
) -> None:
    """Say what is wrong in briefs and what is missing, as file:line."""
    findings: list[Finding] = []
    unreadable = False
    for path in paths:
        for found in _each(path):
            unreadable = unreadable or isinstance(found, BriefError)
            findings += errors_of(found.problems) if isinstance(found, BriefError) else found
    if format_ == "json":
        typer.echo(json.dumps([_contract(one) for one in findings], indent=2, ensure_ascii=False))
    else:
        _tell(findings)
    errors = any(one.status == "finding" and one.severity == "error" for one in findings)
    if unreadable or errors:
        raise typer.Exit(BriefError.exit_code if unreadable else 1)


def _each(path: Path) -> Iterator[tuple[Finding, ...] | BriefError]:
    """The findings of every brief that a path names, or why it cannot be read at all."""
    try:
        if path.suffix.lower() in SUFFIXES:
            for row in read_table(path):
                yield check_row(row, table=str(path))
            return
        briefs = briefs_in(path)
    except BriefError as exc:
        yield exc
        return
    for brief in briefs:
        try:
            yield findings_of(open_brief(brief))
        except BriefError as exc:
            yield exc


def _contract(finding: Finding) -> dict[str, Any]:
    """A finding as programs read it; a row of a table stands where a line would."""
    keys = dataclasses.asdict(finding)
    row = keys.pop("row")
    return keys | ({"line": row} if row is not None else {})


def _tell(findings: Iterable[Finding]) -> None:
    counts: Counter[str] = Counter()
    for one in findings:
        counts[one.severity if one.status == "finding" else one.status] += 1
        if one.status == "finding":
            code = typer.style(f"{one.code} {one.name}", fg=_COLOURS[one.severity], bold=True)
            typer.echo(f"{one.place}: {code}: {one.message} {one.remedy} [{one.severity}]")
        elif one.status == "waived":
            typer.echo(f"{one.place}: {one.code} {one.name}: waived: {one.reason}")
    typer.echo(_summary(counts))


def _summary(counts: Counter[str]) -> str:
    said = [
        counted(counts["error"], "error"),
        counted(counts["warning"], "warning"),
        f"{counts['advice']} advice",
    ]
    if counts["waived"]:
        said.append(f"{counts['waived']} waived")
    if counts["skipped"]:
        said.append(f"{counts['skipped']} skipped, as their step is not started")
    return ", ".join(said)
