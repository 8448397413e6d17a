"""What was measured, and whether it holds what is asked of the kit."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field

from batches.measuring import Run
from batches.ways import Way

AT_LEAST = {"webpdf": 15.0, "latex": 20.0}  # times as many briefs per second
OF_LIMIT = 1.5  # times as long as the limit, at most
FIRST_PDF = 3.0  # seconds, at most


@dataclass(kw_only=True)
class Results:
    """The runs of every way, and why some have none."""

    ways: dict[str, Way]
    rates: dict[str, list[Run]] = field(default_factory=dict)  # for briefs per second, in order
    growth: dict[str, dict[int, Run]] = field(default_factory=dict)  # by the size of the batch
    missing: dict[str, str] = field(default_factory=dict)  # why a way could not be measured

    def each(self, name: str) -> float | None:
        """Seconds for a further brief; the mean of the runs of a way, None where there is none."""
        found = self.rates.get(name)
        return statistics.fmean(run.each for run in found) if found else None

    def processor(self, name: str) -> float | None:
        """Seconds of processor time per brief, all included; the mean of the runs of a way."""
        found = self.rates.get(name)
        return statistics.fmean(run.processor / run.briefs for run in found) if found else None

    def run(self, name: str, size: int) -> Run | None:
        """A run over `size` briefs."""
        measured = [one for one in self.rates.get(name, []) if one.briefs == size]
        return self.growth.get(name, {}).get(size) or (measured[-1] if measured else None)

    def every(self, name: str) -> list[Run]:
        """All runs of a way."""
        return [*self.rates.get(name, []), *self.growth.get(name, {}).values()]


@dataclass(frozen=True, kw_only=True)
class Line:
    """Something that is asked of the kit, and what was found."""

    asked: str
    found: str
    held: bool | None  # None where it was not measured


def lines(results: Results) -> list[Line]:
    """Every line to hold, in the order in which they are told."""
    return [
        *(_faster(results, name, least) for name, least in AT_LEAST.items()),
        _of_limit(results),
        _first(results),
    ]


def _faster(results: Results, name: str, least: float) -> Line:
    asked = f"at least {least:g} times as many briefs per second as {results.ways[name].name}"
    ours, theirs = results.each("forked"), results.each(name)
    if ours is None or theirs is None:
        return Line(asked=asked, found=results.missing.get(name, "was left out"), held=None)
    return Line(asked=asked, found=f"{theirs / ours:.1f} times", held=theirs >= least * ours)


def _of_limit(results: Results) -> Line:
    asked = f"at most {OF_LIMIT:g} times as long as the limit"
    runs = zip(results.rates.get("forked", []), results.rates.get("limit", []), strict=False)
    pairs = [ours.each / limit.each for ours, limit in runs]
    if not pairs:
        return Line(asked=asked, found=results.missing.get("limit", "was left out"), held=None)
    usual = statistics.median(pairs)
    told = ", ".join(f"{one:.2f}" for one in pairs)
    return Line(
        asked=asked,
        found=f"{usual:.2f} times, the median of {len(pairs)} pairs ({told})",
        held=usual <= OF_LIMIT,
    )


def _first(results: Results) -> Line:
    """The slowest of all runs counts, whatever the size of the batch."""
    asked = f"at most {FIRST_PDF:g} s from the start of the command to the first PDF"
    runs = results.every("forked")
    if not runs:
        return Line(asked=asked, found=results.missing.get("forked", "was left out"), held=None)
    slowest = max(runs, key=lambda run: run.first)
    usual = statistics.median(run.first for run in runs)
    found = f"{slowest.first:.1f} s with {slowest.briefs:,} briefs; the median of {len(runs)} runs is {usual:.1f} s"
    return Line(asked=asked, found=found, held=slowest.first <= FIRST_PDF)
