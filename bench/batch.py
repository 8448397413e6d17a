"""Briefs per second, and what a brief costs as the batch grows: this kit, its rivals, and the limit.

The same briefs, the same `brief.ipynb` and the same number of processes for all; each way is a command, timed from
start to end: execute, export, verify, publish. The rivals are papermill and nbconvert, by a browser and by LaTeX, and
Quarto where it is on the path; `bench/setup.sh` installs what they need. The limit is what cannot be saved: the
notebook's cells in one warm bare IPython shell and the Typst compile, with nothing read back and no isolation of one
brief from the next. Briefs per second are the slope over all but the first tenth; what comes before is told apart.
No machine is equally fast all the time: the kit and the limit are measured in pairs, one right after the other, before
the rivals and after them, and what counts is the median of what the pairs show.

    python bench/batch.py [--quick | --full] [--briefs N] [--rival-briefs N] [--pairs N] [--sizes N ...] [--jobs N]
                          [--chart FILE]
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from batches.chart import draw, in_words
from batches.measuring import BrokenWayError, Run, measure
from batches.results import Results, lines
from batches.tables import failures, growth_table, rates_table, verdicts
from batches.ways import ways

SIZES = (10, 30, 100, 300, 1000)
RIVAL_SIZES = (10, 30)  # without --full: a thousand briefs take them an hour
OURS = ("forked", "limit")
LEAST = 4  # briefs that give a slope
BUSY = 0.5  # processes that wait for a processor before anything is begun


def main() -> int:
    """Measure, print tables, draw, and say by the exit code whether all that was measured holds."""
    asked = _asked()
    results = Results(ways=ways())
    results.missing = {name: way.missing for name, way in results.ways.items() if way.missing}
    bench = _Bench(results=results, jobs=asked.jobs)
    rivals = [name for name in results.ways if name not in OURS]
    _say(
        f"{asked.jobs} processes; the kit and the limit with {asked.briefs} briefs, rivals with {asked.rival_briefs}"
    )
    load = os.getloadavg()[0]
    if load > BUSY:
        _say(f"Other programs are at work (load {load:.1f}): ratios count, seconds less so.")
    bench.first_go()
    for turn in range(asked.pairs):
        bench.rates(reversed(OURS) if turn % 2 else OURS, asked.briefs)
        if not turn:
            bench.rates(rivals, asked.rival_briefs)
    if not asked.quick:
        for size in asked.sizes:
            bench.growth(OURS, size)
            if asked.full or size in RIVAL_SIZES:
                bench.growth(rivals, size)
    return _told(results, asked)


class _Bench:
    """Runs ways, and keeps what was found; a way that broke once is not tried again."""

    def __init__(self, *, results: Results, jobs: int) -> None:
        self.results, self.jobs = results, jobs

    def first_go(self) -> None:
        """A brief for each process, off the record: it leaves byte code and lists of fonts for those that count."""
        for name in self.results.ways:
            self._run(name, self.jobs, checked=True)

    def rates(self, names: Iterable[str], count: int) -> None:
        """Runs that count for briefs per second."""
        for name in names:
            run = self._run(name, count, checked=True)
            if run:
                self.results.rates.setdefault(name, []).append(run)

    def growth(self, names: Iterable[str], size: int) -> None:
        """Runs that count for the chart, where there is none of that size."""
        for name in names:
            if self.results.run(name, size) is None and (run := self._run(name, size)):
                self.results.growth.setdefault(name, {})[size] = run

    def _run(self, name: str, count: int, *, checked: bool = False) -> Run | None:
        if name in self.results.missing:
            return None
        way = self.results.ways[name]
        try:
            run = measure(way, count, jobs=self.jobs, checked=checked)
        except BrokenWayError as exc:
            self.results.missing[name] = f"did not run: {str(exc).splitlines()[0]}"
            _say(f"  {way.name}: {exc}")
            return None
        _say(f"  {way.name}, {count:,}: {run.whole:.1f} s, the first after {run.first:.1f} s")
        return run


def _told(results: Results, asked: argparse.Namespace) -> int:
    _say("")
    for line in (*rates_table(results), "", *failures(results)):
        _say(line)
    if not asked.quick:
        for line in (*growth_table(results, asked.sizes), ""):
            _say(line)
        draw(results, asked.sizes, asked.chart)
        _say(f"{asked.chart}: {in_words(results, asked.sizes)}\n")
    found = lines(results)
    for line in verdicts(found):
        _say(line)
    # A rival may be missing; the kit and what it is held against may not.
    broken = any(name in results.missing for name, way in results.ways.items() if way.ours)
    return 1 if broken or any(line.held is False for line in found) else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="briefs per second only, no growth")
    parser.add_argument("--full", action="store_true", help="the rivals at every size; takes hours")
    parser.add_argument("--briefs", type=int, default=120, help="for the kit and the limit")
    parser.add_argument("--rival-briefs", type=int, default=30)
    parser.add_argument("--pairs", type=int, default=3, help="runs of the kit and of the limit")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="batches for the chart")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--chart", type=Path, default=Path(__file__).with_suffix(".svg"))
    asked = parser.parse_args()
    if min(asked.briefs, asked.rival_briefs) < LEAST:
        parser.error(f"--briefs, --rival-briefs: expected at least {LEAST}, for a slope")
    if asked.pairs < 1:
        parser.error("--pairs: expected at least 1")
    return asked


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()  # each takes its time


if __name__ == "__main__":
    sys.exit(main())
