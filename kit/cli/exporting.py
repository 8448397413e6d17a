"""`framing export`: briefs as documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from kit.brief import open_brief
from kit.brief.places import FILE_NAME, briefs_in
from kit.brief.store import write_atomically
from kit.cli.wording import counted
from kit.errors import BriefError, FramingError, UsageError, WriteError


def export(
    paths: Annotated[list[Path], typer.Argument(help="Briefs, or folders of briefs.")],
    to: Annotated[
        str, typer.Option(help="Formats, separated by commas: pdf, html, md, docx.")
    ] = "pdf",
    out: Annotated[
        Path | None,
        typer.Option(help="A folder for the documents; beside each brief when missing."),
    ] = None,
) -> None:
    """Write briefs as documents, in the formats asked for."""
    from kit.brief.table import SUFFIXES
    from kit.export import formats_in

    formats = formats_in(to)
    for path in paths:
        if path.suffix.lower() in SUFFIXES and path.is_file():
            raise UsageError(
                f"{path}: expected a brief or a folder of briefs, found a table of them. "
                f"Make their documents with: framing batch {path} --out FOLDER"
            )
    briefs = _once([brief for path in paths for brief in briefs_in(path)])
    targets = _targets(briefs, out)
    failures: list[FramingError] = []
    for brief, target in zip(briefs, targets, strict=True):
        try:
            _write(brief, target, formats)
        except FramingError as exc:
            failures.append(exc)
            typer.echo(_named(brief, exc), err=True)
    if failures:
        made = len(briefs) - len(failures)
        typer.echo(f"{made} of {len(briefs)} briefs written.", err=True)
        raise typer.Exit(1 if made else failures[0].exit_code)


def _once(briefs: Sequence[Path]) -> list[Path]:
    """The briefs without those that were named before under another path."""
    return list({brief.resolve(): brief for brief in reversed(briefs)}.values())[::-1]


def _named(brief: Path, exc: FramingError) -> str:
    """The error's text, which names the brief."""
    return str(exc) if str(brief) in str(exc) else f"{brief}: {exc}"


def _targets(briefs: Sequence[Path], out: Path | None) -> list[Path]:
    """Where each brief's documents go, without their ending."""
    if out is None:
        targets = [brief.with_suffix("") for brief in briefs]
    else:
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            raise WriteError.from_os(exc, out) from exc
        targets = [out / _stem(brief) for brief in briefs]
    for target in targets:
        if targets.count(target) > 1:
            raise UsageError(
                f"{target}: expected documents with different names, found more than one brief "
                "that gives this one. Rename a brief, or use `framing batch`, which numbers them."
            )
    return targets


def _stem(brief: Path) -> str:
    return brief.resolve().parent.name if brief.name == FILE_NAME else brief.stem


def _write(brief: Path, target: Path, formats: Sequence[str]) -> None:
    from kit.export import brief_document, write

    file = open_brief(brief)
    if file.problems:
        raise BriefError(file.problems)
    document = brief_document(file)
    for name in formats:
        made = write(document, name)
        path = target.with_name(f"{target.name}.{name}")
        if path.resolve() == brief.resolve():
            raise UsageError(
                f"{path}: expected a document to write, found the brief itself. "
                "Give the brief the ending .yaml, or choose another --out."
            )
        if path.is_symlink():
            raise WriteError(
                f"{path}: expected a file or nothing, found a link. Delete it, or choose another --out."
            )
        write_atomically(path, made.data)
        pages = f" ({counted(made.pages, 'page')})" if made.pages else ""
        typer.echo(f"{path}{pages}")
        for warning in made.warnings:
            typer.echo(f"{path}: {warning}", err=True)
