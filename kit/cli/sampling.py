"""`framing data`: what the files of a brief show; `framing contract`: what is asked of them, for machines."""

from __future__ import annotations

import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kit.brief import Brief, BriefFile, files_named, open_brief, save
from kit.brief.store import write_atomically
from kit.cli.files import files_of
from kit.cli.wording import counted
from kit.errors import BriefError, UsageError, WriteError, visible

if TYPE_CHECKING:
    from kit.data import Found, Proposal

_INTERRUPTED = 128 + signal.SIGINT
_MAKER, _HEAD = b"Framing Kit", 200  # what the first bytes of each contract name


def data(
    path: Annotated[Path, typer.Argument(help="A brief, or its folder.", readable=False)],
    baseline: Annotated[
        bool, typer.Option(help="Run the quick baseline, too: up to a minute for each file.")
    ] = True,
    write: Annotated[
        bool, typer.Option("--write", help="Offer to write measured figures into the brief.")
    ] = False,
    yes: Annotated[
        bool,
        typer.Option(
            "--yes", help="Write all that hangs on no condition, without asking; implies --write."
        ),
    ] = False,
) -> None:
    """Look at the files that a brief names, and hold them against what it asks for."""
    from kit.cli.sample import Page, sample_lines
    from kit.data import Measured, proposals_of

    file, brief = _readable(path)
    if not files_named(brief.data):
        raise UsageError(
            f"{file.name}: expected a source that names a file, found none. "
            "Write it at the source: `file: data/clicks.csv`."
        )
    found = files_of(file, baseline=baseline)
    if not baseline:
        found = tuple(one.without_baseline() for one in found)
    page = Page(width=shutil.get_terminal_size().columns if sys.stdout.isatty() else None)
    for line in sample_lines(brief, found, page):
        typer.echo(line)
    proposals = [
        each for one in found if isinstance(one, Measured) for each in proposals_of(brief, one)
    ]
    _offer(file, proposals, write=write or yes, yes=yes)
    _leave_unread(found)


def _readable(path: Path) -> tuple[BriefFile, Brief]:
    file = open_brief(path)
    if file.problems or file.brief is None:
        raise BriefError(file.problems)
    return file, file.brief


def _leave_unread(found: Sequence[Found]) -> None:
    """Leave with an error where files were named and none of them could be read."""
    from kit.data import Refused

    if found and all(isinstance(one, Refused) for one in found):
        raise typer.Exit(BriefError.exit_code)


def _offer(file: BriefFile, proposals: list[Proposal], *, write: bool, yes: bool) -> None:
    """Say which figures could go into the brief, and write those that are wanted."""
    if not proposals:
        return
    typer.echo("\nMeasured figures that the brief does not have yet:")
    chosen = []
    for one in proposals:
        typer.echo(visible(f"  {_said(one)}"))
        if write and (not one.caution if yes else _wanted(one)):
            chosen.append(one)
    if not write:
        typer.echo("To write them, one by one: framing data PATH --write")
    elif chosen:
        save(file, {one.path: one.plain for one in chosen})
        typer.echo(f"{counted(len(chosen), 'figure')} written into {file.name}.")
    else:
        typer.echo("None was written.")


def _wanted(one: Proposal) -> bool:
    """Ask for one figure; whoever leaves here has chosen none."""
    try:
        return typer.confirm("  Write it?", default=not one.caution)
    except typer.Abort as exc:
        typer.echo("\nNone was written.", err=True)
        raise typer.Exit(_INTERRUPTED) from exc


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
    from kit.cli.sample import head_of
    from kit.data import Measured
    from kit.data.contract import odcs_of, pandera_of
    from kit.data.contract.terms import sources_of

    file, brief = _readable(path)
    sources = sources_of(brief)
    if not sources:
        raise UsageError(f"{file.name}: expected sources in `data.sources`, found none. Name one.")
    found = files_of(file, baseline=False)
    shown = {one.file: one for one in found if isinstance(one, Measured)}
    folder = out or file.path.parent
    for at, slug in enumerate(_slugs([one.name for one in sources])):
        name = sources[at].file
        measured = shown.get(name) if isinstance(name, str) else None
        _write(folder / f"{slug}.odcs.yaml", odcs_of(brief, at, measured))
        if measured is not None:
            _write(folder / f"{slug}_schema.py", pandera_of(brief, at, measured))
    for one in found:
        if not isinstance(one, Measured):
            typer.echo(visible(head_of(one)), err=True)
    _leave_unread(found)


def _slugs(names: Sequence[str]) -> Iterator[str]:
    """A name for each source that any system takes, and no other has."""
    from kit.batch.slugs import slug, slugs

    wanted = [name if slug(name) else f"source {at}" for at, name in enumerate(names, start=1)]
    return (one.name.replace("-", "_") for one in slugs(wanted))


def _write(path: Path, text: str) -> None:
    """Write a contract in the place of an older one, and of nothing else.

    Raises
    ------
    WriteError
        If something else has the name, or the system refuses.
    """
    try:
        if path.exists() and _MAKER not in path.read_bytes()[:_HEAD]:
            raise WriteError(
                f"{path}: expected a contract that Framing Kit wrote or nothing, found another file. "
                "It was left as it is; rename it, or choose another --out."
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, text.encode())
    except OSError as exc:
        raise WriteError.from_os(exc, path) from exc
    typer.echo(str(path))
