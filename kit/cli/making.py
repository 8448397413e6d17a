"""`framing new`: a folder with a brief and the workbooks, ready to open."""

from __future__ import annotations

import re
import secrets
import shlex
import shutil
from pathlib import Path
from typing import Annotated

import typer

from kit.brief import open_brief
from kit.brief.reading import nearest
from kit.brief.store import FILE_NAME, write_atomically
from kit.errors import UsageError, WriteError
from kit.resources import shipped


def new(
    name: Annotated[
        str, typer.Argument(help="The folder to make; its last part becomes the title.")
    ],
    from_: Annotated[
        str | None, typer.Option("--from", metavar="EXAMPLE", help="Start from a worked case.")
    ] = None,
) -> None:
    """Make a folder with a brief and the five workbooks."""
    folder = Path(name)
    _refuse_taken(folder)
    start = shipped("workbooks") if from_ is None else _example(from_)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = folder.parent / f".framing-new-{secrets.token_hex(4)}"
        made.mkdir()
        try:
            _fill(made, start, None if from_ else _title(folder))
            _refuse_unreadable(made, name)
            if folder.exists():
                folder.rmdir()
            made.rename(folder)
        except BaseException:
            shutil.rmtree(made)
            raise
    except OSError as exc:
        raise WriteError.from_os(exc, folder) from exc
    typer.echo(f"Made {folder}/ with {FILE_NAME} and the workbooks.")
    typer.echo(f"Next: framing open {shlex.quote(str(folder))}")


def _refuse_unreadable(made: Path, name: str) -> None:
    """A title taken from the folder's name may hold what no brief may."""
    problems = open_brief(made).problems
    if problems:
        raise UsageError(
            f"{name!r}: expected a name that can be a title, that is {problems[0].expected}. "
            "Choose another name."
        )


def _refuse_taken(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            f"{folder}: expected a name that is free, found that it exists. "
            "Nothing was changed; choose another name."
        )
    if not re.search(r"\w", folder.name):
        raise UsageError(
            f"{str(folder)!r}: expected a name for the folder, found none. Try: framing new churn"
        )


def _example(name: str) -> Path:
    names = sorted(path.parent.name for path in shipped("examples").glob(f"*/{FILE_NAME}"))
    if name not in names:
        raise UsageError(
            f"--from: expected the name of an example, found {name!r}. {nearest(name, names)}"
        )
    return shipped("examples") / name


def _title(folder: Path) -> str:
    words = re.sub(r"[-_\s]+", " ", folder.name).strip()
    return words[:1].upper() + words[1:]


def _fill(made: Path, start: Path, title: str | None) -> None:
    for workbook in sorted(shipped("workbooks").glob("*.ipynb")):
        shutil.copyfile(workbook, made / workbook.name)
    if (start / "data").is_dir():
        shutil.copytree(start / "data", made / "data", copy_function=shutil.copyfile)
    from kit.brief.editing import edit  # nothing else that this command line does at first needs it

    text = (start / FILE_NAME).read_text("utf-8")
    changed = edit(text, {"title": title}) if title else text
    write_atomically(made / FILE_NAME, changed.encode())
