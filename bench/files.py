"""Reading and profiling a file against plain pandas and against ydata-profiling, each as a process of its own.

The kit's figure is that of `kit.data.measuring`, the child process included: reading, typing, and the profile of
every column. pandas is `read_csv` and `describe(include="all")` of the same file. ydata-profiling, which is the
rival for the profile itself, is installed into an environment of its own, and looks at a smaller file.

    python bench/files.py [--rows N] [--without-ydata]
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SECONDS_LIMIT = 10.0  # for a million rows of 20 columns
MEMORY_LIMIT = 2048.0  # MB
PANDAS_LIMIT = 3.0  # times as long as pandas, at most
YDATA_LIMIT = 10.0  # times as fast as ydata-profiling, at least
YDATA_ROWS = 100_000
RUNS = 3
_KIT = (
    "import sys, json, datetime as dt; from pathlib import Path; from kit.data import Attached, Question, Measured\n"
    "from kit.data.measuring import Task, measure\n"
    "path = Path(sys.argv[1]); file = Attached(sources=(0,), name=path.name, path=path, size=path.stat().st_size)\n"
    "now = dt.datetime(2026, 11, 20, 12); asked = Question()\n"
    "found = measure(Task(file=file, stamp='', question=asked, now=now, baseline=False))\n"
    "assert isinstance(found, Measured), found\n"
    "assert found.profile.rows == int(sys.argv[2]), found.profile.rows\n"
)
_PANDAS = "import sys, pandas as pd; pd.read_csv(sys.argv[1]).describe(include='all')"
_YDATA = (
    "import sys, pandas as pd; from ydata_profiling import ProfileReport\n"
    "ProfileReport(pd.read_csv(sys.argv[1]), progress_bar=False).to_json()"
)


@dataclass(frozen=True, kw_only=True)
class Run:
    """A process that has ended, its children included."""

    seconds: float
    megabytes: float  # at its peak, of the largest of its processes


def main() -> int:
    """Measure, print a table, and say by the exit code whether every limit is held."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--without-ydata", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        large = _written(folder / "large.csv", asked.rows)
        held = _against_pandas(large, asked.rows)
        if not asked.without_ydata:
            small = _written(folder / "small.csv", YDATA_ROWS)
            held = _against_ydata(small, folder / "rival") and held
    return 0 if held else 1


def _against_pandas(path: Path, rows: int) -> bool:
    kit = _best([sys.executable, "-c", _KIT, str(path), str(rows)])
    pandas = _best([sys.executable, "-c", _PANDAS, str(path)])
    ratio = kit.seconds / pandas.seconds
    size = path.stat().st_size / 1e6
    limit = SECONDS_LIMIT * rows / 1_000_000
    _say(f"{rows:,} rows of 20 columns, {size:.0f} MB")
    _say(
        f"  kit     {kit.seconds:6.2f} s  {kit.megabytes:6.0f} MB  limits {limit:.0f} s, {MEMORY_LIMIT:.0f} MB"
    )
    _say(f"  pandas  {pandas.seconds:6.2f} s  {pandas.megabytes:6.0f} MB")
    _say(f"  {ratio:.2f} times as long as pandas; limit {PANDAS_LIMIT:g}")
    return kit.seconds <= limit and kit.megabytes <= MEMORY_LIMIT and ratio <= PANDAS_LIMIT


def _against_ydata(path: Path, home: Path) -> bool:
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "ydata-profiling", "setuptools<81"], check=True
    )
    kit = _best([sys.executable, "-c", _KIT, str(path), str(YDATA_ROWS)])
    rival = _best([str(python), "-c", _YDATA, str(path)])
    ratio = rival.seconds / kit.seconds
    _say(f"{YDATA_ROWS:,} rows of 20 columns")
    _say(f"  kit              {kit.seconds:6.2f} s  {kit.megabytes:6.0f} MB")
    _say(f"  ydata-profiling  {rival.seconds:6.2f} s  {rival.megabytes:6.0f} MB")
    _say(f"  {ratio:.1f} times as fast as ydata-profiling; limit {YDATA_LIMIT:g}")
    return ratio >= YDATA_LIMIT


def _written(path: Path, rows: int) -> Path:
    """A table of the usual kinds: numbers, categories, a time, a key, a label and an address."""
    rng = np.random.default_rng(7)
    numbers = rng.normal(size=(rows, 12)).round(4)
    colours = np.array(["red", "green", "blue", "yellow", "white"])
    picked = colours[rng.integers(0, len(colours), size=(rows, 4))]
    start = dt.datetime(2023, 1, 1)  # noqa: DTZ001  as files say it
    moments = rng.integers(0, 3 * 365 * 86_400, size=rows)
    heads = [*(f"x{at}" for at in range(12)), *(f"c{at}" for at in range(4)), "t", "id", "y", "e"]
    with path.open("w", encoding="utf-8") as out:
        out.write(",".join(heads) + "\n")
        for at in range(rows):
            when = start + dt.timedelta(seconds=int(moments[at]))
            row = (
                *map(str, numbers[at]),
                *picked[at],
                str(when),
                str(at),
                str(int(numbers[at, 0] > 1)),
            )
            out.write(",".join(row) + f",user{at}@example.org\n")
    return path


def _best(command: list[str]) -> Run:
    """The fastest of several runs: what else the machine does only ever adds."""
    return min((_run(command) for _ in range(RUNS)), key=lambda one: one.seconds)


def _run(command: list[str]) -> Run:
    """Run a command as the only child of a process that tells its and its children's peak."""
    program = (
        "import json, resource, subprocess, sys, time\n"
        "start = time.perf_counter(); done = subprocess.run(sys.argv[1:])\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024\n"
        "print(json.dumps([done.returncode, time.perf_counter() - start, used]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *command], stdout=subprocess.PIPE, text=True, check=True
    )
    code, seconds, megabytes = json.loads(done.stdout.splitlines()[-1])
    if code:
        raise RuntimeError(f"{' '.join(command[:2])}: left with {code}")
    return Run(seconds=seconds, megabytes=megabytes)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()  # each takes its time


if __name__ == "__main__":
    sys.exit(main())
