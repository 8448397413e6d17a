"""`framing open`: the workbooks in JupyterLab, or without code in Voilà."""

from __future__ import annotations

import importlib.util
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from kit.brief import find
from kit.errors import UsageError
from kit.resources import WORKBOOKS

FIRST = WORKBOOKS["goal"]


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
    raise typer.Exit(_attended(command))


def _attended(command: Sequence[str]) -> int:
    """Run a server until it ends, and let it end in its own way when we are told to."""
    server = subprocess.Popen(command)
    # Ctrl-C reaches the server too, which asks whether it is meant.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        code = server.wait()
    except BaseException:
        server.terminate()
        server.wait()
        raise
    return code if code >= 0 else 128 - code


def _lab(folder: Path, browser: bool) -> list[str]:
    quiet = [] if browser else ["--no-browser"]
    # -P: a jupyterlab.py that lies in the folder is not run.
    return [
        sys.executable, "-P", "-m", "jupyterlab", f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{FIRST}", *quiet,
    ]  # fmt: skip


def _voila(folder: Path, browser: bool) -> list[str]:
    if importlib.util.find_spec("voila") is None:
        raise UsageError(
            "--app: expected Voilà to be installed, found that it is not. "
            "Install the kit with it: pip install '.[app]' where its sources are."
        )
    quiet = [] if browser else ["--no-browser"]
    return [sys.executable, "-P", "-m", "voila", str(folder), *quiet]
