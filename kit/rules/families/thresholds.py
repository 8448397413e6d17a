"""Step 4: the quality of the minimum viable model, written out in words, beside the ship-at of the metrics."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kit.appraisal.measures import measure
from kit.appraisal.naming import factor
from kit.appraisal.reading import said, scale_to
from kit.brief import Metric, Quantity
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.agreement import differ
from kit.rules.vocabulary.model_scores import AREAS, ERRORS, F_SCORES, RATES
from kit.rules.vocabulary.patterns import late

_JUST = 1.001  # 0.90 less 0.85 is 0.05, but for what is lost in the sum
_NUMBER = r"(?<![\d.])(?P<number>\d{0,12}\.?\d{1,12})(?!\.?\d|,\d|\s*(?:-|–|to\b)\s*\d)\s*(?P<unit>%|[^\W\d_]+)?"
_SIGN = (
    r"(?:(?:(?:is|are|must be|stays?|has to be|to be|of)\s+)?(?:>=|=>|≥|>|<=|=<|≤|<|=|:|at least|at most|above|below|"
    r"over|under|not above|not below|no less than|no more than|up to|of|is))"
)
_AT_LEAST = late(rf"\s*{_SIGN}\s*{_NUMBER}", re.IGNORECASE)
_SO_MUCH = late(rf"{_NUMBER}\s+(?:of\s+)?", re.IGNORECASE)
_NOT_AFTER = "".join(
    rf"(?<!{word} )" for word in ("average", "balanced", "macro", "mean", "micro", "weighted")
)
_NO_UNIT = late(
    r"a|across|after|all|among|and|as|at|before|by|for|from|if|in|on|or|over|per|plus|so|that|the|to|under|when|where|"
    r"while|with|within",
    re.IGNORECASE,
)
_RELATIVE = late(
    r"\s*(?:%|percent)?\s*(?:above|below|better|worse|more|less|higher|lower|over|of|times|than)\b",
    re.IGNORECASE,
)
_BEGINS = rf"({RATES}|{F_SCORES}|{AREAS}|{ERRORS})\b"
_BEGUN = late(_BEGINS, re.IGNORECASE)
_SHORT = late(rf"{_BEGINS} of ", re.IGNORECASE)
_GROUPS = late(r"[^,;.]*\b(?:every|each|any|all|worst|smallest|no)\b", re.IGNORECASE)


@rule("ME215", "warning", requires=("ME101", "ME111"))
def minimum_quality_differs_from_ship_at(case: Case) -> Iterator[Said]:
    """Reads the numbers in the minimum viable quality, and compares them with the ship-at of the metrics they name.

    Why it matters: both say what is just good enough to ship. A model that lies between the two is shipped by one
    reader of the brief and held back by the other. A bar for every group may be lower, by the gap that is allowed.

    Bad:
        metrics: {minimum_viable: {quality: precision >= 0.85 at recall >= 0.75}}

    Good:
        metrics: {minimum_viable: {quality: precision >= 0.94 at recall >= 0.75}}

    Source: Who owns the roadmap, on the minimum viable model; the definition of ship-at.
    """
    text = case.text("metrics.minimum_viable.quality")
    metrics = list(case.entries("metrics.model")) if text else []
    begun = Counter(_score(metric.name) for _, metric in metrics)
    for path, metric in metrics:
        if not isinstance(metric.ship_at, Quantity):
            continue
        called = _called(metric.name, alone=begun[_score(metric.name)] == 1)
        wanted = list(_wanted(case, text, called, metric))
        if wanted and all(differ(one, metric.ship_at) for one in wanted):
            yield Said(
                path="metrics.minimum_viable.quality",
                message=f"The minimum viable model takes {said(wanted[0])} of {metric.name}, and {path}.ship_at is "
                f"{said(metric.ship_at)}.",
                remedy="Keep one of the two numbers, in both places.",
            )


def _score(name: str) -> str:
    """The score with whose name another name begins; empty where it begins with none."""
    found = _BEGUN.match(name.strip())
    return found[1].casefold() if found else ""


def _called(name: str, *, alone: bool) -> re.Pattern[str]:
    """A pattern of what a text may call a metric: "recall" for "recall of churn", where no other one is meant."""
    short = _SHORT.match(name.strip())
    forms = [name.strip(), short[1]] if short and alone else [name.strip()]
    words = [r"[\s_-]+".join(map(re.escape, re.split(r"[\s_-]+", form))) for form in forms]
    pattern = rf"{_NOT_AFTER}(?<![\w@-])(?:{'|'.join(words)})(?![\w@-])(?:\s+score)?"
    return re.compile(pattern, re.IGNORECASE)


def _wanted(case: Case, text: str, name: re.Pattern[str], metric: Metric) -> Iterator[Quantity]:
    """What a text asks of a metric, as far as that can be compared with its ship-at."""
    ship_at = metric.ship_at
    if not isinstance(ship_at, Quantity):
        return
    for found, end in list(_after(name, text)) or list(_before(name, text)):
        given = _read(found["number"], found["unit"], ship_at)
        if given is None or _RELATIVE.match(text, found.end("number")):
            continue
        # A bar that every group has to pass may be lower than the one for all together, by the gap that is allowed.
        lower = _GROUPS.match(text, end) and _looser(given, ship_at, metric.direction)
        if not lower or _beyond_the_gap(case, given, metric):
            yield given


def _after(name: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Each number that stands after the name, and the end of the two: "recall >= 0.75"."""
    for called in name.finditer(text):
        if found := _AT_LEAST.match(text, called.end()):
            yield found, found.end()


def _before(name: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Each number that stands before the name, and the end of the two: "75% recall"."""
    for found in _SO_MUCH.finditer(text):
        if called := name.match(text, found.end()):
            yield found, called.end()


def _read(number: str, unit: str | None, ship_at: Quantity) -> Quantity | None:
    """A number of a text, in the unit of ship-at where it names none; None where its own is another."""
    unit = None if unit and _NO_UNIT.fullmatch(unit) else unit
    if unit in ("%", "percent"):
        return Quantity(value=float(number), unit="%")
    if unit and (not ship_at.unit or factor(unit, ship_at.unit) is None):
        return None
    return Quantity(value=float(number), unit=unit or (None if ship_at.percent else ship_at.unit))


def _looser(one: Quantity, ship_at: Quantity, direction: str | None) -> bool:
    scale = scale_to(one, ship_at)
    if scale is None or direction is None:
        return True
    number = one.number * scale
    return number > ship_at.bounds[1] if direction == "lower" else number < ship_at.bounds[0]


def _beyond_the_gap(case: Case, bar: Quantity, metric: Metric) -> bool:
    """Whether a bar for every group lies farther from ship-at than the gap that fairness allows between groups."""
    gaps = [
        entry.max_gap
        for _, entry in case.entries("metrics.fairness")
        if measure(entry.measure) == measure(metric.name)
    ]
    if (
        len(gaps) != 1
        or not isinstance(gaps[0], Quantity)
        or not isinstance(metric.ship_at, Quantity)
    ):
        return False
    scales = scale_to(bar, metric.ship_at), scale_to(gaps[0], metric.ship_at)
    if scales[0] is None or scales[1] is None:
        return False
    gap = gaps[0].bounds[1] * scales[1]
    apart = min(abs(bar.number * scales[0] - end) for end in metric.ship_at.bounds)
    return apart > gap * _JUST


THRESHOLDS = (minimum_quality_differs_from_ship_at,)
