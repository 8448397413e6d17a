"""Briefs per second: this kit with both its engines, and the limit, the same briefs on as many processes.

The kit's figures are those of `framing batch`, from the start of the command to its end: execute, export, verify,
publish. The limit is what cannot be saved: the cells of `brief.ipynb` in a warm bare IPython shell and the Typst
compile, with nothing read back, nothing published, and no isolation of one brief from the next. The time before the
first brief is told apart, as it does not grow with the batch.

    python bench/batch.py [--briefs N] [--jobs N]
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from kit.batch.execution import prepare, warm
from kit.batch.sources import read_sources
from kit.export.notebook import notebook_document
from kit.export.passes import prepared
from kit.export.pdf import TEMPLATE, _files
from kit.export.typeset import Typesetter

ROOT = Path(__file__).parents[1]
BRIEFS = 120
LIMIT = 1.5  # times as long as the limit, at most


@dataclass(frozen=True, kw_only=True)
class Rate:
    """What a way of making briefs takes."""

    name: str
    start: float  # seconds before the first brief is there
    each: float  # seconds for each further one, on all processes together


def main() -> int:
    """Measure, print a table, and say by the exit code whether the limit is held."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--briefs", type=int, default=BRIEFS)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    asked = parser.parse_args()
    ideas, _ = read_sources([ROOT / "examples" / "ideas.csv"])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        briefs = folder / "briefs"
        for at in range(asked.briefs):
            path = briefs / f"{at:04}" / "brief.yaml"
            path.parent.mkdir(parents=True)
            path.write_text(ideas[at % len(ideas)].text, "utf-8")
        forked = _by_kit("this kit, forked", "forked", briefs, folder / "forked", asked.jobs)
        limit = _by_cells(sorted(briefs.iterdir()), asked.jobs)
        jupyter = _by_kit(
            "this kit, a kernel each", "jupyter", briefs, folder / "kernel", asked.jobs
        )
    for one in (limit, forked, jupyter):
        _say(
            f"  {one.name:<28} {one.start:5.1f} s to the first, {1 / one.each:6.2f} briefs/s, "
            f"{one.each / limit.each:6.2f} times the limit"
        )
    held = forked.each <= LIMIT * limit.each
    _say(
        f"{asked.briefs} briefs, {asked.jobs} processes; limit {LIMIT:g}: {'held' if held else 'missed'}"
    )
    return 0 if held else 1


def _by_kit(name: str, engine: str, briefs: Path, out: Path, jobs: int) -> Rate:
    """`framing batch`, which tells of each brief on a line when it is done."""
    command = [sys.executable, "-m", "kit", "batch", str(briefs), "--out", str(out)]
    began, done = time.perf_counter(), list[float]()
    with subprocess.Popen(
        [*command, "--engine", engine, "--jobs", str(jobs)],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    ) as batch:
        said = (line for line in batch.stderr or () if " of " in line)
        done.extend(time.perf_counter() - began for _ in said)
    made = json.loads((out / "report.json").read_text("utf-8"))["counts"]
    if batch.returncode or made["made"] != len(done):
        raise SystemExit(f"{name}: expected every brief to be made, found {made}")
    return _rate(name, sorted(done))


def _by_cells(folders: list[Path], jobs: int) -> Rate:
    began = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(jobs, initializer=_begin) as pool:
        done = [time.perf_counter() - began for _ in pool.imap_unordered(_cells, map(str, folders))]
    return _rate("cells and Typst alone", sorted(done))


def _rate(name: str, done: list[float]) -> Rate:
    """The slope over all but the first tenth, which pays for what is loaded late."""
    skipped = max(1, len(done) // 10)
    return Rate(
        name=name,
        start=done[0],
        each=(done[-1] - done[skipped - 1]) / (len(done) - skipped),
    )


_TOOLS: list[Typesetter] = []


def _begin() -> None:
    prepare(Path(tempfile.mkdtemp()))
    warm()
    _TOOLS.append(Typesetter())


def _cells(folder: str) -> None:
    """The cells of one brief, and its pages."""
    import nbformat
    from IPython.core.interactiveshell import InteractiveShell

    os.chdir(folder)
    own = sys.modules["__main__"]
    shell = InteractiveShell.instance()
    # A shell puts its own there, in which nobody finds what the pool asks for.
    sys.modules["__main__"] = own
    notebook = nbformat.read(ROOT / "workbooks" / "brief.ipynb", 4)  # type: ignore[no-untyped-call]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            with contextlib.redirect_stdout(io.StringIO()):
                shown = shell.run_cell(cell.source, store_history=False).result  # type: ignore[no-untyped-call]
            data, _ = shell.display_formatter.format(shown) if shown is not None else ({}, {})  # type: ignore[union-attr]
            cell.outputs = [{"output_type": "execute_result", "data": data, "metadata": {}}]
    document = prepared(notebook_document(notebook, name=folder))
    _TOOLS[0].set(_files(document), main=TEMPLATE.name)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
