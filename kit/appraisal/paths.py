"""The model paths of a brief, compared in money, latency and cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from kit.appraisal.bridge import complete, net_of
from kit.appraisal.draws import DRAWS, drawn, stream
from kit.appraisal.fault import Fault, out_of_reach
from kit.appraisal.inputs import read_inputs
from kit.appraisal.measures import measure
from kit.appraisal.reading import Input, Reading, said, scale_to
from kit.brief import Brief, Hypothesis, Quantity, Value
from kit.brief.reading import nearest
from kit.numbers.domain import Array
from kit.numbers.paths import PathComparison, compare_paths
from kit.numbers.uncertainty import Estimate, Interval, Kind, interval, sample

MILLION = 1_000_000
_SHARES = {
    "detection": ("precision", "recall"),
    "assist": ("acceptance", "error_rate"),
    "regression": (),
}
_ERRORS = frozenset({"error", "mae", "mean absolute error", "average error"})


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
    lacks: tuple[str, ...]  # qualities without which its value cannot be worked out


@dataclass(frozen=True, kw_only=True)
class Paths:
    """All paths of a brief."""

    currency: str
    facts: tuple[PathFacts, ...]
    comparison: PathComparison | None  # of those whose value is known; None for fewer than two
    missing: tuple[str, ...]
    faults: tuple[Fault, ...]


def paths_of(brief: Brief) -> Paths | None:
    """The model paths; None where the brief names none."""
    hypothesis = brief.hypothesis
    if not isinstance(hypothesis, Hypothesis) or not isinstance(hypothesis.paths, list):
        return None
    reading = Reading(brief)
    worth = _Worth.of(reading, brief.value)
    costs = [
        reading.money(f"hypothesis.paths.{at}.cost_per_prediction", needed=False)
        for at in range(len(hypothesis.paths))
    ]
    spent = next(
        (
            cost.middle
            for path, cost in zip(hypothesis.paths, costs, strict=True)
            if cost and path.name == hypothesis.chosen
        ),
        0.0,
    )
    names = [path.name for path in hypothesis.paths]
    _refuse_equal_names(reading, names)
    _refuse_strange_choice(reading, names)
    facts: list[PathFacts] = []
    draws: dict[str, Array] = {}
    for at, cost in enumerate(costs):
        chosen = hypothesis.paths[at].name == hypothesis.chosen
        lacks, net = _net(reading, worth, at, cost, spent, chosen=chosen)
        facts.append(_facts(reading, hypothesis, at, cost, net, lacks))
        if net is not None:
            draws[hypothesis.paths[at].name] = net
    # What no range enters is one number, and meets the others in each of their draws.
    even = dict(zip(draws, np.broadcast_arrays(*draws.values()), strict=True))
    return Paths(
        currency=reading.currency,
        facts=tuple(facts),
        comparison=compare_paths(even) if len(even) > 1 else None,
        missing=_missing(reading, worth, len(names)),
        faults=tuple(reading.faults),
    )


def _missing(reading: Reading, worth: _Worth | None, paths: int) -> tuple[str, ...]:
    """What of the value no path brings; a running cost only where a path states none of its own."""
    if worth is None:
        return ("value",)
    own = all(_states_run_cost(reading, f"hypothesis.paths.{at}") for at in range(paths))
    return (*worth.missing, *([] if own or worth.runs else ["value.run_cost"]))


def _states_run_cost(reading: Reading, path: str) -> bool:
    return reading.at(f"{path}.run_cost") is not None


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


@dataclass(frozen=True, kw_only=True)
class _Worth:
    """The value bridge without what a path brings itself."""

    kind: str
    values: Mapping[str, Any]  # draws and numbers
    volume: Input | None
    missing: tuple[str, ...]  # without what a path may bring
    faulty: bool

    @property
    def runs(self) -> bool:
        """Whether the running cost is known."""
        return "run_cost" in self.values

    @classmethod
    def of(cls, reading: Reading, value: Any) -> _Worth | None:
        if not isinstance(value, Value):
            return None
        own = Reading(reading.brief)  # its faults are the bridge's, and are told there
        inputs, waived = read_inputs(own, value)
        return cls(
            kind=value.kind,
            values=drawn({key: one.estimate for key, one in inputs.items()}) | waived,
            volume=inputs.get("volume"),
            faulty=bool(own.faults),
            missing=tuple(key for key in own.missing if key.split(".")[-1] not in _BROUGHT),
        )


_BROUGHT = frozenset({"precision", "recall", "acceptance", "error_wanted", "run_cost"})


def _net(
    reading: Reading,
    worth: _Worth | None,
    at: int,
    cost: Input | None,
    spent: float,
    *,
    chosen: bool,
) -> tuple[tuple[str, ...], Array | None]:
    """What the path lacks, and its money per year in every draw."""
    if worth is None or worth.missing or worth.volume is None or worth.faulty:
        return (), None
    path = f"hypothesis.paths.{at}"
    # The chosen path's quality is that of the value: the same range gives the same draws.
    brought, lacks = _quality(reading, worth.kind, path, "" if chosen else f"{path}.")
    own = _states_run_cost(reading, path)
    if lacks or not (own or cost):
        return (*lacks, *(() if own or cost else ("cost_per_prediction",))), None
    running = _running(reading, worth, path, cost, spent)
    values = {**worth.values, **brought, "run_cost": 0.0}
    if running is None or not complete(worth.kind, values, costs=True):
        return (), None
    try:
        net = net_of(worth.kind, values) - running
    except ValueError as exc:
        reading.faults.append(out_of_reach(f"{path}.quality", exc))
        return (), None
    return (), np.atleast_1d(net)


def _running(
    reading: Reading, worth: _Worth, path: str, cost: Input | None, spent: float
) -> Array | None:
    """A path's own running cost; else that of the value, which is the chosen path's, and the difference."""
    key = f"{path}.run_cost"
    if _states_run_cost(reading, path):
        run = reading.money(key, per="year", needed=False)
        if run is None:  # not applicable, or told as a fault
            return None if reading.applies(key) else np.zeros(1)
        return np.asarray(drawn({key: run.estimate})[key])
    if cost is None or not worth.runs:
        return None
    return np.asarray(
        worth.values["run_cost"] + (cost.middle - spent) * np.asarray(worth.values["volume"])
    )


def _quality(
    reading: Reading, kind: str, path: str, stream_of: str
) -> tuple[dict[str, Array | float], tuple[str, ...]]:
    """The inputs of the bridge that the path's qualities name."""
    qualities = reading.at(f"{path}.quality")
    named = {
        measure(name).replace(" ", "_"): given
        for name, given in (qualities if isinstance(qualities, dict) else {}).items()
    }
    found: dict[str, Array | float] = {}
    for key in _SHARES[kind]:
        if (given := named.get(key)) is not None:
            found |= _drawn(reading, given, "share", path, key, stream_of)
    if kind == "regression":
        errors = [given for name, given in named.items() if name.replace("_", " ") in _ERRORS]
        for given in errors[:1]:
            found |= _drawn(reading, given, "positive", path, "error_wanted", stream_of)
    wanted = {"detection": _SHARES["detection"], "assist": ("acceptance",)}.get(
        kind, ("error_wanted",)
    )
    return found, tuple(key for key in wanted if key not in found)


def _drawn(
    reading: Reading, given: Quantity, kind: Kind, path: str, key: str, stream_of: str
) -> dict[str, Array | float]:
    """The quality under its key; nothing, and a fault, where it is out of its range or unit."""
    today = reading.at("value.error_today")
    scale: float | None = 1.0
    if kind == "share" and given.unit and not given.percent:
        scale = None
    elif kind == "positive" and isinstance(today, Quantity):
        scale = scale_to(given, today)
    if scale is None:
        expected = "a share" if kind == "share" else "the unit of value.error_today"
        reading.say(
            "unit",
            f"{path}.quality",
            f"{path}.quality: expected {expected} as {key.replace('_', ' ')}, found {said(given)}.",
            "Look at the unit.",
        )
        return {}
    low, high = (end * scale for end in given.bounds)
    least = 1e-12 if key == "precision" else 0.0  # no number of flags finds a case at 0%
    if low < least or (kind == "share" and high > 1):
        expected = "a share from 0% to 100%" if kind == "share" else "a number of 0 or more"
        above = " and above 0%" if key == "precision" else ""
        reading.say(
            "not a share" if kind == "share" else "negative",
            f"{path}.quality",
            f"{path}.quality: expected {expected}{above} as {key.replace('_', ' ')}, "
            f"found {said(given)}.",
            "Look the number up again.",
        )
        return {}
    if low == high:
        return {key: low}
    estimate = Estimate(low=low, high=high, kind=kind)
    return {key: sample(estimate, stream(f"{stream_of}{key}"), DRAWS)}


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
