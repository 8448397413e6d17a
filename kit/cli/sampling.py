"""`framing data`: what the files of a brief show; `framing contract`: what is asked of them, for machines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kit.brief import BriefFile, files_named, open_brief, save
from kit.brief.store import write_atomically
from kit.cli.files import files_of
from kit.cli.wording import counted
from kit.errors import BriefError, UsageError, WriteError, visible

if TYPE_CHECKING:
    from kit.data import Found, Ladder, Proposal, Verdict

_WORDS = {"met": "green", "yes": "green", "missed": "red", "no": "red", "cannot tell": "yellow"}


def data(
    path: Annotated[Path, typer.Argument(help="A brief, or its folder.", readable=False)],
    baseline: Annotated[
        bool, typer.Option(help="Run the quick baseline, too: up to a minute for each file.")
    ] = True,
    write: Annotated[
        bool, typer.Option("--write", help="Offer to write measured figures into the brief.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Write all that hangs on no condition, without asking.")
    ] = False,
) -> None:
    """Look at the files that a brief names, and hold them against what it asks for."""
    from kit.data import Measured, Refused, proposals_of, verdicts_of

    file = _readable(path)
    brief = file.brief
    found = files_of(file, baseline=baseline)
    if not baseline:
        found = tuple(one.without_baseline() for one in found)
    if brief is None or not found:
        raise UsageError(
            f"{file.name}: expected a source that names a file, found none. "
            "Write it at the source: `file: data/clicks.csv`."
        )
    for one in found:
        typer.echo(_head(one))
    for verdict in verdicts_of(brief, found):
        typer.echo(_told(verdict))
    for one in found:
        if isinstance(one, Measured) and one.ladder is not None:
            typer.echo("\n".join(_ladder(one.ladder)))
    proposals = [
        each for one in found if isinstance(one, Measured) for each in proposals_of(brief, one)
    ]
    _offer(file, proposals, write=write, yes=yes)
    if all(isinstance(one, Refused) for one in found):
        raise typer.Exit(BriefError.exit_code)


def _readable(path: Path) -> BriefFile:
    file = open_brief(path)
    if file.problems:
        raise BriefError(file.problems)
    return file


def _head(found: Found) -> str:
    from kit.data import Refused

    if isinstance(found, Refused):
        said = f"expected {found.expected}, found {found.found}. {found.remedy}"
        return visible(f"{found.name}: {said}")
    profile = found.profile
    rows, columns = f"{profile.rows:,} rows", counted(len(profile.columns), "column")
    return visible(f"{found.file}: {rows}, {columns}; {'; '.join(profile.said)}.")


def _told(verdict: Verdict) -> str:
    word = typer.style(f"{verdict.word:11}", fg=_WORDS[verdict.word])
    figures = [f"{verdict.stated} asked for" if verdict.stated else "", verdict.measured]
    said = ", ".join(part for part in figures if part)
    return f"  {word} {visible(f'{verdict.about}, {verdict.requirement}: {said}. {verdict.why}')}"


def _ladder(ladder: Ladder) -> Iterator[str]:
    from kit.data import AT_WANTED, interval

    yield f"\nQuick baseline: {ladder.rows:,} rows, {ladder.folds}; 95% intervals"
    for rung in ladder.rungs:
        names = [name for name in rung.scores if not name.endswith(AT_WANTED)]
        shown = {name: rung.score(name) or rung.scores[name] for name in names}
        scores = "; ".join(f"{name} {interval(score, name)}" for name, score in shown.items())
        detail = f" ({rung.detail})" if rung.detail else ""
        yield visible(f"  {rung.name}{detail}: {scores}")
    if ladder.signal is False:
        yield "  No way of predicting does better than none, beyond chance."
    for name in ladder.unfinished:
        yield f"  Not finished in time: {name}"


def _offer(file: BriefFile, proposals: list[Proposal], *, write: bool, yes: bool) -> None:
    """Say which figures could go into the brief, and write those that are wanted."""
    if not proposals:
        return
    typer.echo("\nMeasured figures that the brief does not have yet:")
    chosen = []
    for one in proposals:
        typer.echo(visible(f"  {_said(one)}"))
        if write and (
            not one.caution if yes else typer.confirm("  Write it?", default=not one.caution)
        ):
            chosen.append(one)
    if not write:
        typer.echo("To write them, one by one: framing data PATH --write")
    elif chosen:
        save(file, {one.path: one.plain for one in chosen})
        typer.echo(f"{counted(len(chosen), 'figure')} written into {file.name}.")


def _said(one: Proposal) -> str:
    before = f", now {one.before}" if one.before else ""
    caution = f" ({one.caution})" if one.caution else ""
    return f"{one.name}: {one.said}{before}{caution} [{one.path}]"


def contract(
    path: Annotated[Path, typer.Argument(help="A brief, or its folder.", readable=False)],
    out: Annotated[
        Path | None, typer.Option(help="A folder for the contracts; beside the brief when missing.")
    ] = None,
) -> None:
    """Write what a brief asks of each source as a data contract (ODCS), and as a pandera schema for its file."""
    from kit.data import Measured
    from kit.data.contract import odcs_of, pandera_of

    file = _readable(path)
    brief = file.brief
    sources = file.value("data.sources")
    if brief is None or not isinstance(sources, list):
        raise UsageError(f"{file.name}: expected sources in `data.sources`, found none. Name one.")
    shown = {one.file: one for one in files_of(file, baseline=False) if isinstance(one, Measured)}
    named = {
        at: shown[name]
        for name, places in files_named(brief.data).items()
        if name in shown
        for at in places
    }
    folder = out or file.path.parent
    for at, slug in enumerate(_slugs([str(one.get("name", "")) for one in sources])):
        _write(folder / f"{slug}.odcs.yaml", odcs_of(brief, at, named.get(at)))
        if at in named:
            _write(folder / f"{slug}_schema.py", pandera_of(brief, at, named[at]))


def _slugs(names: list[str]) -> list[str]:
    """A name for each source that any system takes, and no other has."""
    slugs: list[str] = []
    for at, name in enumerate(names, start=1):
        slug = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:60] or f"source_{at}"
        slugs.append(slug if slug not in slugs else f"{slug}_{at}")
    return slugs


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, text.encode())
    except OSError as exc:
        raise WriteError.from_os(exc, path) from exc
    typer.echo(str(path))
