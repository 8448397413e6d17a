"""Across the steps: the quality of a model path, beside what metrics and value say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.appraisal.measures import measure, metric_path
from kit.appraisal.number import Input
from kit.appraisal.qualities import quality_of
from kit.appraisal.reading import in_percent, said, scale_to
from kit.brief import Metric, Quantity
from kit.brief.hypothesis import Path
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.agreement import apart, differ
from kit.rules.vocabulary.model_paths import chosen_at
from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.wording import figure

_ROUNDED = 0.005  # half a point, or half a percent of an error
_EQUAL = 1e-9  # of a number: what is lost in turning percent into shares
_TODAY = late(
    r"\btoday\b|\bstatus quo\b|\(current\)|^current (rules?|process|practice|system|model|method)\b",
    re.IGNORECASE,
)


@rule("AC210", "warning", requires=("HY113", "ME101"))
def path_differs_from_baseline(case: Case) -> Iterator[Said]:
    """Compares a model path that is named as today's way with the baselines of the model metrics.

    Why it matters: both say how good today's way is. What the model adds is counted from it, so the
    difference is a gain, or a loss, that nobody makes.

    Bad:
        hypothesis: {paths: [{name: the rules of today, quality: {recall: 70%}}]}

    Good:
        hypothesis: {paths: [{name: the rules of today, quality: {recall: 55%}}]}

    Source: Who owns the roadmap, on model paths.
    """
    reading = case.reading()
    for path, entry in case.entries("hypothesis.paths"):
        qualities = entry.quality if _TODAY.search(entry.name) else None
        for name, given in (qualities if isinstance(qualities, dict) else {}).items():
            key = f"{metric_path(reading, name)}.baseline"
            base = case.number(key)
            if base and differ(given, base):
                yield Said(
                    path=f"{path}.quality.{name}",
                    message=f"{entry.name} has {name} {said(given)}, and {key} is {said(base)}.",
                    remedy="Both are where one stands today: keep the one that was measured.",
                )


@rule("AC211", "warning", requires=("HY113", "VE309"))
def chosen_path_differs_from_value(case: Case) -> Iterator[Said]:
    """Compares the quality of the chosen path with the one that the value is worked out with.

    Why it matters: the money is that of a model which is not the one to be built. What the better path would
    bring is promised, and what the chosen one brings is delivered.

    Bad:
        hypothesis: {chosen: logistic regression on burst counts}

    Good:
        hypothesis: {chosen: gradient boosted trees}

    Source: Who owns the roadmap, on model paths.
    """
    chosen, kind = case.text("hypothesis.chosen"), case.text("value.kind")
    for path, entry in case.entries("hypothesis.paths") if chosen and kind else ():
        pairs = _both(case, kind, path) if entry.name == chosen else []
        wrong = [pair for pair in pairs if apart(pair[0].bounds, pair[1].bounds, share=_ROUNDED)]
        if wrong:
            has = ", ".join(_told(mine) for mine, _ in wrong)
            counted = ", ".join(_told(ours) for _, ours in wrong)
            yield Said(
                path=wrong[0][1].key,
                message=f"The chosen path, {chosen}, has {has}; the value counts with {counted}.",
                remedy="Take the path's numbers into the value, or choose the path that it is worked out for.",
            )
            return


@rule("AC219", "warning", requires=("HY301", "ME101"))
def chosen_path_below_ship_at(case: Case) -> Iterator[Said]:
    """Compares the quality of the chosen path with the least that is worth shipping, by the model metrics.

    Why it matters: by the brief's own words such a model is not shipped. Either another path is meant, or the
    ship-at is a wish.

    Bad:
        hypothesis: {chosen: rules}

    Good:
        hypothesis: {chosen: gradient boosted trees}

    Source: Who owns the roadmap, on the minimum viable model and on model paths.
    """
    place = chosen_at(case)
    path = case.at(place) if place else None
    if not isinstance(path, Path) or not isinstance(path.quality, dict):
        return
    for name, given in path.quality.items():
        metric = _metric(case, name)
        ship_at = metric.ship_at if metric else None
        if metric and isinstance(ship_at, Quantity) and _misses(given, ship_at, metric.direction):
            yield Said(
                path=f"{place}.quality.{name}",
                message=f"The chosen path, {path.name}, has {name} {said(given)}, and {metric.name} is not to ship "
                f"{'below' if metric.direction == 'higher' else 'above'} {said(ship_at)}.",
                remedy="Choose a path that is good enough, or say why less will do.",
            )
            return


def _both(case: Case, kind: str, path: str) -> list[tuple[Input, Input]]:
    """The qualities that a path names, each with the value's own."""
    reading = case.reading()
    found = []
    for name, mine in quality_of(reading, kind, path)[0].items():
        key = f"value.{name}"
        if name == "error_wanted":
            ours = reading.error(key, like="value.error_today")
        else:
            ours = reading.share(key, needed=False)
        found += [(mine, ours)] if ours else []
    return found


def _told(given: Input) -> str:
    """A quality in words: shares in percent, errors as they are."""
    ends = dict.fromkeys(given.bounds)
    numbers = (in_percent(end) if given.kind == "share" else figure(end) for end in ends)
    return f"{given.name} {' to '.join(numbers)}"


def _metric(case: Case, name: str) -> Metric | None:
    """The model metric of this measure; "error" is that of "error of visits" if no other one begins so."""
    metrics = [metric for _, metric in case.entries("metrics.model")]
    wanted = measure(name)
    same = [one for one in metrics if measure(one.name) == wanted]
    begun = rf"{re.escape(wanted)}\s+(?:of|per)\b"
    near = [one for one in metrics if re.match(begun, measure(one.name))]
    return same[0] if same else near[0] if len(near) == 1 else None


def _misses(given: Quantity, ship_at: Quantity, direction: str | None) -> bool:
    """Whether the better end of a quality is worse than the easier end of ship-at."""
    scale = scale_to(given, ship_at)
    if scale is None:
        return False
    low, high = (end * scale for end in given.bounds)
    if direction == "higher":
        return high < ship_at.bounds[0] * (1 - _EQUAL)
    return direction == "lower" and low > ship_at.bounds[1] * (1 + _EQUAL)


ACROSS_PATHS = (
    path_differs_from_baseline,
    chosen_path_differs_from_value,
    chosen_path_below_ship_at,
)
