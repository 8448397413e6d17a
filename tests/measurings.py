"""How often files are measured: each process that does so leaves a line, whoever starts it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

_AT_START = """
import sys

if "kit.data.child" in sys.orig_argv:
    with open({log!r}, "a") as log:
        log.write("one\\n")
"""


def count_measurings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Tells how many processes have begun to measure since; `folder` is made for that alone."""
    folder.mkdir()
    log = folder / "log"
    log.touch()
    shadow(folder, monkeypatch, "sitecustomize", _AT_START.format(log=str(log)))
    return lambda: len(log.read_text().splitlines())


def shadow(folder: Path, monkeypatch: pytest.MonkeyPatch, module: str, code: str) -> None:
    """Have each new process load this code instead of a module."""
    (folder / f"{module}.py").write_text(code)
    before = os.environ.get("PYTHONPATH")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [str(folder), before])))
