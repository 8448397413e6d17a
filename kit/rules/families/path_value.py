"""Step 3: what the chosen model path brings, beside the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kit.appraisal.draws import GLANCE_ERROR
from kit.appraisal.measures import measure
from kit.appraisal.reading import scale_to
from kit.appraisal.wording import chance
from kit.brief import Metric, Quantity
from kit.brief.hypothesis import Path
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.model_paths import chosen_at
from kit.rules.vocabulary.wording import figure

if TYPE_CHECKING:
    from kit.appraisal import Paths
    from kit.numbers.paths import PathPair

_SMALL = 0.05  # of what the chosen path brings


@rule("HY302", "warning", requires=("HY301", "HY308"))
def complex_path_within_noise(case: Case) -> Iterator[Said]:
    """Finds a cheaper path that brings as much as the chosen one, as far as can be told.

    Why it matters: the simplest model that works is easier to explain, to approve and to keep running. Paths
    are the same where the 90% interval of the difference of their values holds 0; one that misses the
    ship-at of a model metric is no choice.

    Bad:
        hypothesis: {chosen: fine-tuned model}

    Good:
        hypothesis: {chosen: hybrid}

    Source: AI-PM guide, lifecycle stage 1; Who owns the roadmap, the case of the contract deadlines.
    """
    chosen, others = _chosen(case), _cheaper(case)
    paths = _looked_at(case, chosen, others, _may_be_one) if chosen else None
    if chosen is None or paths is None:
        return
    for other in others:
        pair = _pair(paths, chosen.name, other.name)
        if pair and not pair.distinct and _fits(paths, other.name):
            yield Said(
                path="hypothesis.chosen",
                message=f"{chosen.name} costs more per prediction than {other.name}, and in money the two cannot "
                f"be told apart: {_difference(pair, chosen.name, paths.currency)}.",
                remedy=f"Choose {other.name}, or test on the same cases whether the other is better.",
            )
            return


@rule("HY303", "warning", requires=("HY301", "HY308"))
def chosen_path_brings_less(case: Case) -> Iterator[Said]:
    """Finds a path within all limits that clearly brings more than the chosen one.

    Why it matters: there may be a reason, and the reader cannot guess it. A path that is worse in any measure
    of step 4 is not held against the chosen one.

    Bad:
        hypothesis: {chosen: logistic regression on burst counts}

    Good:
        hypothesis: {chosen: gradient boosted trees}

    Source: Who owns the roadmap, on model paths.
    """
    chosen = _chosen(case)
    others = [
        one
        for one in _compared(case)
        if chosen and one.name != chosen.name and not _better_in_something(case, chosen, one)
    ]
    paths = _looked_at(case, chosen, others, _may_bring_more) if chosen else None
    if chosen is None or paths is None or paths.comparison is None:
        return
    for other in others:
        pair = _pair(paths, chosen.name, other.name)
        net = next((fact.net for fact in paths.facts if fact.chosen), None)
        if pair is None or net is None or pair.one != other.name or not pair.distinct:
            continue
        large = pair.median > _SMALL * abs(net.median)
        if large and _fits(paths, other.name):
            yield Said(
                path="hypothesis.chosen",
                message=f"{other.name} brings more than the chosen path, {chosen.name}: "
                f"{_difference(pair, other.name, paths.currency)}.",
                remedy=f"Choose {other.name}, or say in hypothesis.trade_off.why what speaks against it.",
            )
            return


def _chosen(case: Case) -> Path | None:
    place = chosen_at(case)
    found = case.at(place) if place else None
    return found if isinstance(found, Path) and isinstance(found.quality, dict) else None


def _compared(case: Case) -> list[Path]:
    """The paths that say how good they are."""
    entries = (entry for _, entry in case.entries("hypothesis.paths"))
    return [entry for entry in entries if isinstance(entry.quality, dict)]


def _cheaper(case: Case) -> list[Path]:
    """Paths of less cost per prediction than the chosen one that miss no ship-at, the cheapest first."""
    chosen = _chosen(case)
    limit = _cost(chosen, chosen) if chosen else None
    if chosen is None or limit is None:
        return []
    costs = [(cost, one) for one in _compared(case) if (cost := _cost(one, chosen)) is not None]
    cheaper = [(cost, one) for cost, one in costs if cost < limit and one.name != chosen.name]
    ships = [(cost, one) for cost, one in cheaper if not _misses_ship_at(case, one)]
    return [one for _, one in sorted(ships, key=lambda found: found[0])]


def _cost(path: Path, like: Path) -> float | None:
    """The cost of a prediction, in the unit in which another path states its own."""
    cost, model = path.cost_per_prediction, like.cost_per_prediction
    if not isinstance(cost, Quantity) or not isinstance(model, Quantity):
        return None
    scale = scale_to(cost, model)
    return None if scale is None else cost.number * scale


def _misses_ship_at(case: Case, path: Path) -> bool:
    found = _measured(case, path)
    return any(
        isinstance(metric.ship_at, Quantity) and _above(metric.ship_at, quality, metric) is True
        for metric, quality in found
    )


def _better_in_something(case: Case, path: Path, other: Path) -> bool:
    theirs = {metric.name: quality for metric, quality in _measured(case, other)}
    return any(
        metric.name in theirs and _above(quality, theirs[metric.name], metric) is True
        for metric, quality in _measured(case, path)
    )


def _measured(case: Case, path: Path) -> Iterator[tuple[Metric, Quantity]]:
    """The model metrics in which a path states its quality."""
    qualities = path.quality if isinstance(path.quality, dict) else {}
    stated = {measure(name): quality for name, quality in qualities.items()}
    for _, metric in case.entries("metrics.model"):
        quality = stated.get(measure(metric.name))
        if isinstance(quality, Quantity):
            yield metric, quality


def _above(one: Quantity, other: Quantity, metric: Metric) -> bool | None:
    """Whether one quality is better than another; None where that cannot be told."""
    scale = scale_to(one, other)
    if scale is None or metric.direction is None:
        return None
    more = one.number * scale - other.number
    return more > 0 if metric.direction == "higher" else more < 0


def _looked_at(
    case: Case, chosen: Path, others: list[Path], may: Callable[[PathPair, str], bool]
) -> Paths | None:
    """The paths with all draws, as documents show them, where a quick look says that it may matter."""
    quick = case.appraisal.paths if others else None
    if quick is None:
        return None
    pairs = ((_pair(quick, chosen.name, other.name), other.name) for other in others)
    return case.exact.paths if any(pair and may(pair, name) for pair, name in pairs) else None


def _may_be_one(pair: PathPair, _other: str) -> bool:
    return 0.05 - GLANCE_ERROR <= pair.probability_better <= 0.95 + GLANCE_ERROR


def _may_bring_more(pair: PathPair, other: str) -> bool:
    return pair.one == other and pair.probability_better >= 0.95 - GLANCE_ERROR


def _pair(paths: Paths, one: str, other: str) -> PathPair | None:
    pairs = paths.comparison.pairs if paths.comparison else ()
    return next((pair for pair in pairs if {pair.one, pair.other} == {one, other}), None)


def _fits(paths: Paths, name: str) -> bool:
    """Whether nothing is known to keep a path from being built."""
    return all(
        fact.latency_fits is not False and fact.cost_fits is not False
        for fact in paths.facts
        if fact.name == name
    )


def _difference(pair: PathPair, first: str, currency: str) -> str:
    """The interval of a difference, seen from one of the two."""
    low, high, better = pair.low, pair.high, pair.probability_better
    if pair.one != first:
        low, high, better = -high, -low, 1 - better
    other = pair.other if pair.one == first else pair.one
    said = f"{first} less {other} is {figure(low)} to {figure(high)} {currency} a year"
    return f"{said}, and it brings more with a probability of {chance(better)}"


PATH_VALUE = (
    complex_path_within_noise,
    chosen_path_brings_less,
)
