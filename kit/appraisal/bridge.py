"""The value bridge: from the quality of a model, over what people act on, to money per year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from kit.appraisal.coherence import agree
from kit.appraisal.draws import IN_FULL, Drawing
from kit.appraisal.fault import Fault, out_of_reach
from kit.appraisal.goal import ends_of, goal_worth, probability_reached
from kit.appraisal.inputs import Given, Inputs
from kit.appraisal.measures import metric_path
from kit.appraisal.number import Input, Origin
from kit.appraisal.qualities import quality_of
from kit.appraisal.reading import Reading
from kit.brief import Value
from kit.numbers.domain import Array
from kit.numbers.uncertainty import (
    Estimate,
    Interval,
    Swing,
    interval,
    probability_below,
    sensitivity,
    tornado,
)
from kit.numbers.value import (
    ExpectedValue,
    Reference,
    assist_value,
    break_even_precision,
    covering_precision,
    expected_value,
    regression_value,
)

STEP = 0.1  # by how much a number without a range is moved to see what hangs on it

_MODELS: dict[str, Callable[..., ExpectedValue]] = {
    "detection": expected_value,
    "regression": regression_value,
    "assist": assist_value,
}
_COSTS = frozenset({"cost_action", "cost_false_positive", "error_rate", "cost_error", "run_cost"})


@dataclass(frozen=True, kw_only=True)
class Move:
    """What the answer does when one input is moved and the others stay at their medians."""

    input: Input
    swing: Swing  # money per year, at the two ends of the input
    stated: bool  # moved over the range the brief states; else by a tenth up and down


@dataclass(frozen=True, kw_only=True)
class Bridge:
    """What a year with the model is worth, and what that rests on."""

    kind: str
    currency: str
    inputs: tuple[Input, ...]  # as read, per year
    waived: Mapping[str, float]  # what the brief calls not applicable, and what it counts as
    missing: tuple[str, ...]  # dotted keys
    faults: tuple[Fault, ...]
    gain: Interval | None = None  # money per year, before any cost
    net: Interval | None = None  # money per year, all costs off
    loss: float | None = None  # probability that a year ends below zero
    against_rule: Interval | None = None  # net, less what today's rule brings
    rule_path: str | None = None  # the path that is the rule, whose running cost it has; else none
    rule_loss: float | None = None  # probability that today's rule brings more
    base: float | None = None  # net with every input at its median
    worth: Interval | None = None  # money per year that reaching the goal is worth
    reaches: float | None = None  # probability that the gain is at least that
    break_even: float | None = None  # precision at which acting on a flag pays for itself
    covering: float | None = None  # precision at which the running cost is paid, too

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """What each input does to the answer, the widest move first; none where the answer is not known."""
        return _moves(self.kind, self._given) if self.net is not None else ()

    @cached_property
    def resting(self) -> Mapping[Origin, float] | None:
        """Shares of the answer by where its inputs are from; None where nothing moves it."""
        return _resting(self.kind, self._given) if self.net is not None else None

    @property
    def test_first(self) -> tuple[Input, ...]:
        """The guesses that move the answer most."""
        guesses = (move.input for move in self.moves if move.input.guessed and move.swing.width > 0)
        return tuple(guesses)[:2]

    @property
    def _given(self) -> Inputs:
        read = {one.key.removeprefix("value."): one for one in self.inputs}
        return Inputs(read=read, waived=self.waived)

    @property
    def medians(self) -> dict[str, float]:
        """Every input at its median, and what stands for those that do not apply."""
        found = {one.key.removeprefix("value."): one.middle for one in self.inputs}
        return found | dict(self.waived)

    def middle(self, name: str) -> float | None:
        """The median of an input, by the last part of its key; None where it is not stated."""
        return next((one.middle for one in self.inputs if one.key == f"value.{name}"), None)


def gain_of_plan(given: Given, drawing: Drawing = IN_FULL) -> Bridge:
    """The value bridge as far as the gain, which is half the work."""
    value, inputs = given.value, given.inputs
    reading = given.reading()
    found = Bridge(
        kind=value.kind,
        currency=reading.currency,
        inputs=tuple(inputs.read.values()),
        waived=inputs.waived,
        missing=tuple(reading.missing),
        faults=tuple(reading.faults),
    )
    try:
        return _gained(found, given, reading, drawing)
    except ValueError as exc:
        return replace(found, faults=(*reading.faults, out_of_reach("value", exc)))


def bridge_of(gain: Bridge, given: Given, drawing: Drawing = IN_FULL) -> Bridge:
    """The whole value bridge, where the gain is known."""
    try:
        return _appraised(gain, given, drawing)
    except ValueError as exc:
        faults = (*gain.faults, out_of_reach("value", exc))
        return replace(gain, gain=None, worth=None, reaches=None, faults=faults)


def _gained(found: Bridge, given: Given, reading: Reading, drawing: Drawing) -> Bridge:
    if found.faults or (gain := gain_of(found.kind, given.inputs.estimates, drawing)) is None:
        return found
    found = replace(found, gain=interval(gain))
    worth = goal_worth(reading)
    if worth is None:
        return found
    return replace(found, worth=ends_of(worth), reaches=probability_reached(gain, worth, drawing))


def complete(kind: str, known: Mapping[str, Any], *, costs: bool) -> bool:
    """Whether every input of the kind is known; without `costs`, every one of its gain."""
    keys = set(Value.keys_of(kind)) - {"kind", "currency", "rates", "capacity"}
    if not costs:
        keys -= _COSTS
        if kind == "assist":
            keys -= {"review_minutes", *_gains(known)}
    return keys <= known.keys()


def _gains(known: Mapping[str, Any]) -> set[str]:
    """Keys of the assist kind without which its gain is known all the same."""
    if known.get("minutes_saved") == 0.0 and "gain" in known:
        return {"wage"}
    return set()


def net_of(kind: str, values: Mapping[str, Any]) -> Array:
    """Money per year, for numbers or draws of the inputs."""
    return np.asarray(_MODELS[kind](**values).net)


def gain_of(kind: str, known: Mapping[str, float | Estimate], drawing: Drawing) -> Array | None:
    """Money per year before any cost, in every draw; None where an input of it is missing."""
    if not complete(kind, known, costs=False):
        return None
    free = {key: estimate for key, estimate in known.items() if key not in _COSTS}
    return np.atleast_1d(np.asarray(_MODELS[kind](**drawing.of(free)).gain))


def _appraised(found: Bridge, given: Given, drawing: Drawing) -> Bridge:
    kind, inputs = found.kind, given.inputs
    if found.gain is None or not complete(kind, inputs.estimates, costs=True):
        return found
    reading = given.reading()
    rule = _rule(reading, given.value)
    values, middles = drawing.of(inputs.estimates), inputs.middles
    net = np.atleast_1d(net_of(kind, values))
    found = replace(
        found,
        net=interval(net),
        loss=probability_below(net, 0.0),
        base=float(net_of(kind, middles)),
    )
    if kind == "detection":
        found = _with_precision(found, middles)
    if rule is None:
        return found
    own = drawing.of({one.key: one.estimate for one in rule.values()})
    name, cost = _rule_cost(reading, rule, values["run_cost"])
    today = values | {key: own[one.key] for key, one in rule.items()} | {"run_cost": cost}
    reference = Reference(name="today's rule", net=net_of(kind, today))
    more = np.atleast_1d(_MODELS[kind](**values, reference=reference).advantage)
    lost = probability_below(more, 0.0)
    return replace(found, against_rule=interval(more), rule_loss=lost, rule_path=name)


def _moves(kind: str, inputs: Inputs) -> tuple[Move, ...]:
    """Every input over its stated range, or a tenth down and up where there is none; the widest first."""
    swings = tornado(
        lambda values: net_of(kind, {**values, **inputs.waived}),
        inputs.stated,
        ends={name: _tenth(one) for name, one in inputs.read.items() if not one.is_range},
    )
    read = inputs.read
    return tuple(
        Move(input=read[swing.name], swing=swing, stated=read[swing.name].is_range)
        for swing in swings
    )


def _tenth(given: Input) -> tuple[float, float]:
    """A tenth down and up; no share is more than all."""
    high = given.low * (1 + STEP)
    return given.low * (1 - STEP), min(high, 1.0) if given.kind == "share" else high


def _resting(kind: str, inputs: Inputs) -> dict[Origin, float] | None:
    """How the answer's sensitivity is spread over where the inputs are from; None where nothing moves it."""
    moved = sensitivity(
        lambda values: net_of(kind, {**values, **inputs.waived}), inputs.stated, step=STEP
    )
    total = sum(moved.values())
    if total == 0:
        return None
    shares: dict[Origin, float] = {}
    for key, change in moved.items():
        origin = inputs.read[key].origin
        shares[origin] = shares.get(origin, 0.0) + change / total
    return shares


def _with_precision(found: Bridge, middles: Mapping[str, float]) -> Bridge:
    """The precisions from which on a flag, and the whole, pays; with every other input at its median."""
    costs = {key: middles[key] for key in ("cost_action", "cost_false_positive")}
    rest = {key: amount for key, amount in middles.items() if key != "precision"}
    return replace(
        found,
        break_even=float(
            break_even_precision(
                middles["benefit"],
                costs["cost_false_positive"],
                cost_action=costs["cost_action"],
            )
        ),
        covering=float(covering_precision(**{"capacity": np.inf, **rest})),
    )


def _rule(reading: Reading, value: Value) -> dict[str, Input] | None:
    """Today's precision and recall, where the brief gives both as baselines of its model metrics."""
    if value.kind != "detection":
        return None
    paths = {name: metric_path(reading, name) for name in ("precision", "recall")}
    found = {
        name: reading.share(f"{path}.baseline", needed=False) if path else None
        for name, path in paths.items()
    }
    known = {name: one for name, one in found.items() if one is not None and one.low > 0}
    prevalence = reading.share("value.prevalence", needed=False)
    if len(known) < len(found) or prevalence is None:
        return None
    own = Reading(reading.brief)  # what cannot be is told among the targets
    return known if agree(own, known["precision"], known["recall"], prevalence) else None


def _rule_cost(
    reading: Reading, rule: Mapping[str, Input], run_cost: Any
) -> tuple[str | None, Any]:
    """The running cost of the path that is today's rule, with its name; nothing where no path is."""
    own = Reading(reading.brief)  # what is wrong with the paths, they tell
    paths = own.at("hypothesis.paths")
    for at, path in enumerate(paths if isinstance(paths, list) else ()):
        key = f"hypothesis.paths.{at}"
        brought, _ = quality_of(own, "detection", key)
        if all(name in brought and _same(brought[name], one) for name, one in rule.items()):
            if not own.applies(f"{key}.run_cost"):
                return path.name, 0.0
            cost = own.money(f"{key}.run_cost", per="year", needed=False)
            return path.name, cost.middle if cost else run_cost
    return None, 0.0


def _same(one: Input, other: Input) -> bool:
    return (one.low, one.high) == (other.low, other.high)
