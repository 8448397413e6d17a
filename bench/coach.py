"""The coach against the clock: one brief as a whole process, and 1,000 briefs on one core.

Two kinds of briefs: ideas as a table holds them (about 60 keys), and worked cases with everything filled in
(about 300 lines). No two are the same: every number and range is moved a little. Beside each stands the time
that reading alone takes, as nothing can be checked that was not read.

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
ONE_LIMIT = 0.4  # s, the whole process
MANY_LIMIT = 3.0  # s for 1,000 briefs
RUNS = 15
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
    """Measure, print a table, and say by the exit code whether both limits are held."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--briefs", type=int, default=1000)
    count = parser.parse_args().briefs
    os.sched_setaffinity(0, {0})  # one core, for what is started, too
    framing = str(Path(sys.executable).with_name("framing"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kinds = {"ideas": _ideas(), "worked cases": _cases()}
        one = [
            _run([framing, "check", str(ROOT / "examples" / "fraud-detection")])
            for _ in range(RUNS)
        ]
        middle = statistics.median(run.seconds for run in one)
        _say(f"one brief, whole process: median {middle:.3f} s, limit {ONE_LIMIT} s")
        held = middle <= ONE_LIMIT
        _say(
            "\n| briefs | check | per brief | reading alone | ratio | peak memory |\n|---|---|---|---|---|---|"
        )
        for kind, texts in kinds.items():
            _write(texts, folder / kind, count)
            checked = _run([framing, "check", str(folder / kind), "--format", "json"])
            read = _run([sys.executable, "-c", _READ, str(folder / kind)])
            held = held and checked.seconds <= MANY_LIMIT * count / 1000
            _say(
                f"| {count:,} {kind} | {checked.seconds:.2f} s | {checked.seconds / count * 1e3:.2f} ms "
                f"| {read.seconds:.2f} s | {checked.seconds / read.seconds:.2f} | {checked.megabytes:.0f} MB |"
            )
    _say(f"\nlimit for 1,000: {MANY_LIMIT} s on one core; limits {'held' if held else 'NOT held'}")
    return 0 if held else 1


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _run(command: list[str]) -> Run:
    """Run a command, its output thrown away."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return Run(seconds=time.perf_counter() - start, megabytes=usage.ru_maxrss / 1024)


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
    """The text with every number of four digits or more, and every end of a range, a little larger."""

    def larger(found: re.Match[str]) -> str:
        return f"{found[1]}{float(found[2]) * factor:.6f}"

    return re.sub(r"(\b(?:value|low|high): )(\d+\.?\d*(?:e\d)?)(?=[,}])", larger, text)


if __name__ == "__main__":
    sys.exit(main())
