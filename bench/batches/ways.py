"""The ways that are measured: what each is called, how it is started, and what it needs."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Started = Callable[
    [Path, Path, int], list[str]
]  # briefs, output folder, processes; gives a command

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_SET_UP = "not installed: run bench/setup.sh"


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way of making briefs."""

    name: str
    command: Started
    missing: str  # why it cannot be measured here; empty where it can
    ours: bool = False  # an engine of the kit, or its limit: none of its briefs may fail


def ways() -> dict[str, Way]:
    """Every way by its short name, the kit's first."""
    return {
        "forked": Way(name="this kit", command=_kit("forked"), missing="", ours=True),
        "limit": Way(
            name="the limit: cells and Typst alone", command=_other("limit"), missing="", ours=True
        ),
        "jupyter": Way(
            name="this kit, a Jupyter kernel each", command=_kit("jupyter"), missing="", ours=True
        ),
        "webpdf": Way(
            name="papermill + nbconvert webpdf",
            command=_other("webpdf"),
            missing=_without(browser() is not None and _has_module("playwright")),
        ),
        "latex": Way(
            name="papermill + nbconvert LaTeX",
            command=_other("latex"),
            missing=_without(_has("xelatex") and _has("pandoc")),
        ),
        "quarto-typst": Way(
            name="Quarto to Typst", command=_other("quarto-typst"), missing=_without_quarto()
        ),
        "quarto-pdf": Way(
            name="Quarto to LaTeX", command=_other("quarto-pdf"), missing=_without_quarto()
        ),
    }


def browser() -> str | None:
    """A Chromium on the path."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def _kit(engine: str) -> Started:
    def command(briefs: Path, out: Path, jobs: int) -> list[str]:
        given = [str(briefs), "--out", str(out), "--engine", engine, "--jobs", str(jobs)]
        return [sys.executable, "-m", "kit", "batch", *given]

    return command


def _other(name: str) -> Started:
    def command(briefs: Path, out: Path, jobs: int) -> list[str]:
        return [sys.executable, "-m", "batches", name, *map(str, (briefs, out, jobs))]

    return command


def _without(found: bool) -> str:  # noqa: FBT001  one yes or no
    return "" if found else _SET_UP


def _without_quarto() -> str:
    return "" if _has("quarto") else "not installed: put quarto on the path"


def _has(program: str) -> bool:
    return shutil.which(program) is not None


def _has_module(name: str) -> bool:
    return importlib.util.find_spec(name) is not None
