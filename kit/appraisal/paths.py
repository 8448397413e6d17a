"""The model paths of a brief, compared in money, latency and cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kit.appraisal.draws import IN_FULL, Drawing
from kit.appraisal.fault import Fault
from kit.appraisal.inputs import Given
from kit.appraisal.ledger import Ledger
from kit.appraisal.number import Input
from kit.appraisal.reading import Reading
from kit.brief import Brief, Hypothesis
from kit.brief.reading import nearest
from kit.numbers.domain import Array
from kit.numbers.paths import PathComparison, compare_paths
from kit.numbers.uncertainty import Interval, interval

MILLION = 1_000_000


@dataclass(frozen=True, kw_only=True)
class PathFacts:
    """One path, as far as it can be worked out."""

    name: str
    chosen: bool
    latency: float | None  # [s]
    latency_fits: bool | None  # within the minimum viable model's; None where one is missing
    cost_per_million: float | None  # money for a million predictions
    cost_fits: bool | None
    cost_per_year: float | None  # money, at the stated volume
    net: Interval | None  # money per year
    lacks: tuple[str, ...]  # dotted keys without which its value cannot be worked out


@dataclass(frozen=True, kw_only=True)
class Paths:
    """All paths of a brief."""

    currency: str
    facts: tuple[PathFacts, ...]
    comparison: PathComparison | None  # of those whose value is known; None for fewer than two
    on_top: (
        bool  # whether predictions come on top of the value's running cost, no path being chosen
    )
    missing: tuple[str, ...]
    faults: tuple[Fault, ...]


def paths_of(brief: Brief, given: Given | None, drawing: Drawing = IN_FULL) -> Paths | None:
    """The model paths; None where the brief names none."""
    hypothesis = brief.hypothesis
    if not isinstance(hypothesis, Hypothesis) or not isinstance(hypothesis.paths, list):
        return None
    reading = Reading(brief)
    names = [path.name for path in hypothesis.paths]
    _refuse_equal_names(reading, names)
    _refuse_strange_choice(reading, names)
    ledger = Ledger.of(reading, given, names, drawing)
    facts: list[PathFacts] = []
    draws: dict[str, Array] = {}
    for at, name in enumerate(names):
        lacks, net = ledger.net(at)
        facts.append(_facts(reading, hypothesis, at, ledger.costs[at], net, lacks))
        if net is not None:
            draws[name] = net
    # What no range enters is one number, and meets the others in each of their draws.
    even = dict(zip(draws, np.broadcast_arrays(*draws.values()), strict=True))
    return Paths(
        currency=reading.currency,
        facts=tuple(facts),
        comparison=compare_paths(even) if len(even) > 1 else None,
        on_top=ledger.on_top,
        missing=ledger.missing,
        faults=tuple(reading.faults),
    )


def _refuse_equal_names(reading: Reading, names: list[str]) -> None:
    for at, name in enumerate(names):
        if name in names[:at]:
            reading.say(
                "contradiction",
                f"hypothesis.paths.{at}.name",
                f"hypothesis.paths.{at}.name is {name!r}, as that of another path: "
                "which of the two is meant cannot be told.",
                "Give each path a name of its own.",
            )


def _refuse_strange_choice(reading: Reading, names: list[str]) -> None:
    chosen = reading.at("hypothesis.chosen")
    if isinstance(chosen, str) and chosen not in names:
        message = f"hypothesis.chosen is {chosen!r}, and no path has that name."
        reading.say("contradiction", "hypothesis.chosen", message, nearest(chosen, names))


def _facts(
    reading: Reading,
    hypothesis: Hypothesis,
    at: int,
    cost: Input | None,
    net: Array | None,
    lacks: tuple[str, ...],
) -> PathFacts:
    path = f"hypothesis.paths.{at}"
    name = reading.at(f"{path}.name")
    latency = reading.duration(f"{path}.latency", unit="s", needed=False)
    longest = reading.duration("metrics.minimum_viable.latency", unit="s", needed=False)
    dearest = reading.money("metrics.minimum_viable.cost_per_prediction", needed=False)
    volume = reading.rate("value.volume", needed=False)
    return PathFacts(
        name=name,
        chosen=name == hypothesis.chosen,
        latency=latency.middle if latency else None,
        latency_fits=latency.middle <= longest.middle if latency and longest else None,
        cost_per_million=cost.middle * MILLION if cost else None,
        cost_fits=cost.middle <= dearest.middle if cost and dearest else None,
        cost_per_year=cost.middle * volume.middle if cost and volume else None,
        net=interval(net) if net is not None else None,
        lacks=lacks,
    )
