"""`framing open`: the workbooks in JupyterLab, or without code in Voilà."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from kit.brief import find
from kit.errors import UsageError

FIRST = "1_business_goal.ipynb"


def open_lab(
    name: Annotated[Path, typer.Argument(help="The brief's folder.")] = Path(),
    app: Annotated[bool, typer.Option("--app", help="Without code in sight, by Voilà.")] = False,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
) -> None:
    """Open the workbooks at step 1."""
    folder = find(name).parent.resolve()
    if not (folder / FIRST).is_file():
        raise UsageError(
            f"{folder}: expected the workbook {FIRST} beside the brief, found none. "
            "Make a folder with workbooks by: framing new NAME"
        )
    command = _voila(folder, browser) if app else _lab(folder, browser)
    raise typer.Exit(subprocess.run(command, check=False).returncode)


def _lab(folder: Path, browser: bool) -> list[str]:
    quiet = [] if browser else ["--no-browser"]
    return [
        sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{FIRST}", *quiet,
    ]  # fmt: skip


def _voila(folder: Path, browser: bool) -> list[str]:
    if importlib.util.find_spec("voila") is None:
        raise UsageError(
            "--app: expected Voilà to be installed, found that it is not. "
            "Install it by: pip install 'framing-kit[app]'"
        )
    quiet = [] if browser else ["--no-browser"]
    return [sys.executable, "-m", "voila", str(folder), *quiet]
