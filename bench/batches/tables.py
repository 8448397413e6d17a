"""The results as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from batches.measuring import Run
from batches.results import Line, Results

_WORDS = {True: "held", False: "MISSED", None: "not measured"}


def rates_table(results: Results) -> Iterator[str]:
    """Briefs per second of every run, and how much slower than the kit; processor time is nearly free of noise."""
    yield "| way | briefs | first PDF | briefs/s | time, against the kit | processor time per brief | failed |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    ours = results.each("forked")
    for name, way in results.ways.items():
        if name in results.missing:
            yield f"| {way.name} | {results.missing[name]} | | | | | |"
        for turn, run in enumerate(results.rates.get(name, [])):
            again = ", once more" if turn else ""
            yield (
                f"| {way.name}{again} | {run.briefs} | {run.first:.1f} s | {1 / run.each:.2f} "
                f"| {'' if ours is None else f'{run.each / ours:.2f} times'} "
                f"| {run.processor / run.briefs:.2f} s | {len(run.failures)} |"
            )


def growth_table(results: Results, sizes: Sequence[int]) -> Iterator[str]:
    """Seconds of wall clock per brief, all included, as the batch grows."""
    yield f"| seconds per brief, all included | {' | '.join(f'{size:,}' for size in sizes)} |"
    yield f"|---|{'---:|' * len(sizes)}"
    for name, way in results.ways.items():
        runs = [results.run(name, size) for size in sizes]
        if any(runs):
            yield f"| {way.name} | {' | '.join(map(_cost, runs))} |"
    firsts = [results.run("forked", size) for size in sizes]
    yield f"| this kit: seconds to the first PDF | {' | '.join(map(_first, firsts))} |"


def verdicts(found: Sequence[Line]) -> Iterator[str]:
    """What is asked of the kit, line by line."""
    for line in found:
        yield f"{_WORDS[line.held]}: {line.asked}; {line.found}"


def failures(results: Results) -> Iterator[str]:
    """What the ways said of briefs that they could not make."""
    for name, way in results.ways.items():
        for said in dict.fromkeys(said for run in results.every(name) for said in run.failures):
            yield f"{way.name} failed at {said}"


def _cost(run: Run | None) -> str:
    return "not measured" if run is None else f"{run.cost:.3f}"


def _first(run: Run | None) -> str:
    return "not measured" if run is None else f"{run.first:.1f}"
