"""Quarto, which executes a notebook and prints it, one process per brief.

Written from its documentation. It is measured where `quarto` is on the path.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Literal

from batches.briefs import FILE, NOTEBOOK
from batches.making import PDF, Make

SECONDS = 300


def begin_typst() -> Make:
    """For a worker: `--to typst`."""
    return partial(_make, to="typst")


def begin_latex() -> Make:
    """For a worker: `--to pdf`, by LaTeX."""
    return partial(_make, to="pdf")


def _make(folder: Path, *, to: Literal["typst", "pdf"]) -> None:
    shutil.copy(NOTEBOOK, folder)
    # A kernel is kept for the next go at the same document; each brief is a document of its own, with one go.
    command = [
        "quarto", "render", NOTEBOOK.name, "--to", to, "--output", PDF, "--execute",
        "--no-execute-daemon", "--execute-param", f"brief:{FILE}", "--metadata", "echo:false",
    ]  # fmt: skip
    surroundings = {"FRAMING_FORMS": "off", "QUARTO_PYTHON": sys.executable}
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **surroundings},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"quarto left with {done.returncode}: {done.stdout}{done.stderr}")
