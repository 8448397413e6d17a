"""The coach against the clock: each example as a whole process, and 1,000 briefs on one core.

Two kinds of briefs: ideas as a table holds them (about 60 keys), and worked cases with everything filled in
(about 300 lines). No two are the same: their numbers and ranges are moved a little. Beside each stands the time
that reading alone takes, as nothing can be checked that was not read; a time over its limit says by how much.
Modules are read as byte code, as after any install, and not compiled from source each time.

    python bench/coach.py [--briefs N]
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from kit.batch.sources import read_sources

ROOT = Path(__file__).parents[1]
FRAMING = str(Path(sys.executable).with_name("framing"))
ONE_LIMIT = 0.4  # s, the whole process
MANY_LIMIT = 3.0  # s for 1,000 briefs
FORMATS = ("text", "json")  # for people, for programs
RUNS = 15
# Set on some machines, these make every start compile all modules, and every line written by itself.
_UNLIKE_INSTALLED = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
_READ = (
    "import sys; from pathlib import Path; from kit.brief import open_brief\n"
    "from kit.brief.store import briefs_in\n"
    "for path in briefs_in(Path(sys.argv[1])): open_brief(path)\n"
)


@dataclass(frozen=True, kw_only=True)
class Run:
    """One process that has ended."""

    seconds: float
    megabytes: float  # at its peak


def main() -> int:
    """Measure, print a table, and say by the exit code whether every limit is held."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--briefs", type=int, default=1000)
    count = parser.parse_args().briefs
    os.sched_setaffinity(0, {0})  # one core, for what is started, too
    for name in _UNLIKE_INSTALLED:
        os.environ.pop(name, None)
    _run([FRAMING, "check", str(ROOT / "examples")], fine=(0, 1))  # leaves the byte code
    _say("| what | format | check | limit | | reading alone | ratio | peak memory |")
    _say("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        held = True
        for example in sorted((ROOT / "examples").glob("*/brief.yaml")):
            held = _measured(example.parent.name, example, ONE_LIMIT, RUNS) and held
        for kind, texts in {"ideas": _ideas(), "worked cases": _cases()}.items():
            _write(texts, folder / kind, count)
            limit = MANY_LIMIT * count / 1000
            held = _measured(f"{count:,} {kind}", folder / kind, limit, 1) and held
    return 0 if held else 1


def _measured(what: str, path: Path, limit: float, runs: int) -> bool:
    """Print a row for each format; whether all of them hold the limit."""
    read = _median([sys.executable, "-c", _READ, str(path)], runs, fine=(0,))
    held = True
    for format_ in FORMATS:
        # 1: there are errors in what was checked.
        run = _median([FRAMING, "check", str(path), "--format", format_], runs, fine=(0, 1))
        held = held and run.seconds <= limit
        _say(
            f"| {what} | {format_} | {run.seconds:.2f} s | {limit:.2f} s | {_verdict(run.seconds, limit)} "
            f"| {read.seconds:.2f} s | {run.seconds / read.seconds:.2f} | {run.megabytes:.0f} MB |"
        )
    return held


def _verdict(seconds: float, limit: float) -> str:
    if seconds <= limit:
        return "held"
    return f"MISSED by {seconds - limit:.2f} s ({seconds / limit - 1:.0%})"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()  # each row takes its time


def _median(command: list[str], runs: int, *, fine: tuple[int, ...]) -> Run:
    """Run a command several times; its median, its output thrown away."""
    every = [_run(command, fine) for _ in range(runs)]
    return Run(
        seconds=statistics.median(one.seconds for one in every),
        megabytes=max(one.megabytes for one in every),
    )


def _run(command: list[str], fine: tuple[int, ...]) -> Run:
    """Run a command; one that crashed is no fast one, and Python leaves with 1, too, when it does."""
    with tempfile.TemporaryFile() as complaints:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=complaints)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        code = process.returncode = os.waitstatus_to_exitcode(status)
        complaints.seek(0)
        said = complaints.read().decode(errors="replace")
    if code not in fine or said:
        raise RuntimeError(f"{' '.join(command)}: left with {code}: {said}")
    return Run(seconds=seconds, megabytes=usage.ru_maxrss / 1024)


def _cases() -> list[str]:
    return [path.read_text("utf-8") for path in sorted((ROOT / "examples").glob("*/brief.yaml"))]


def _ideas() -> list[str]:
    """Each row of the table of ideas, as a batch writes it."""
    ideas, _ = read_sources([ROOT / "examples" / "ideas.csv"])
    return [idea.text for idea in ideas]


def _write(texts: list[str], folder: Path, count: int) -> None:
    for at in range(count):
        brief = folder / f"{at:04}" / "brief.yaml"
        brief.parent.mkdir(parents=True)
        brief.write_text(_moved(texts[at % len(texts)], 1 + at * 1e-6), "utf-8")


def _moved(text: str, factor: float) -> str:
    """The text with every number in braces that a `value`, `low` or `high` names a little larger."""

    def larger(found: re.Match[str]) -> str:
        return f"{found[1]}{float(found[2]) * factor:.6f}"

    return re.sub(r"(\b(?:value|low|high): )(\d+\.?\d*(?:e\d)?)(?=[,}])", larger, text)


if __name__ == "__main__":
    sys.exit(main())
