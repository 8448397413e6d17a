"""`framing check`: what is wrong in a brief, and what is missing."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer

from kit.brief import open_brief, read_table
from kit.brief.store import briefs_in
from kit.brief.table import SUFFIXES
from kit.rules import Finding
from kit.rules import check as findings_of
from kit.rules.check import errors_of

_COLOURS = {"error": "red", "warning": "yellow", "advice": "blue"}


def check(
    paths: Annotated[list[Path], typer.Argument(help="Briefs, folders of briefs, or tables.")],
    format_: Annotated[
        Literal["text", "json"],
        typer.Option("--format", help="Text for people, JSON for programs."),
    ] = "text",
) -> None:
    """Say what is wrong in briefs and what is missing, as file:line."""
    findings = [finding for path in paths for finding in _findings(path)]
    if format_ == "json":
        typer.echo(
            json.dumps([dataclasses.asdict(one) for one in findings], indent=2, ensure_ascii=False)
        )
    else:
        _tell(findings)
    if any(one.status == "finding" and one.severity == "error" for one in findings):
        raise typer.Exit(1)


def _findings(path: Path) -> Iterator[Finding]:
    if path.suffix.lower() in SUFFIXES:
        for row in read_table(path):
            yield from errors_of(row.problems)
    else:
        for brief in briefs_in(path):
            yield from findings_of(open_brief(brief))


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
        _counted(counts["error"], "error"),
        _counted(counts["warning"], "warning"),
        f"{counts['advice']} advice",
    ]
    if counts["waived"]:
        said.append(f"{counts['waived']} waived")
    if counts["skipped"]:
        said.append(f"{counts['skipped']} skipped, as their step is not started")
    return ", ".join(said)


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
