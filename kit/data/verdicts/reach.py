"""What a brief's model metrics ask for, held against the quick baseline."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kit.appraisal import Reading
from kit.appraisal.measures import measure
from kit.appraisal.reading import said
from kit.brief import Quantity
from kit.data.measured import AT_SHIP, AT_WANTED, Measured, Rung, Score
from kit.data.verdicts.verdict import Requirement, Verdict

# How a measure of the brief is called among the scores of a rung.
_MEASURES = {
    "auc": "AUC",
    "roc auc": "AUC",
    "average precision": "average precision",
    "accuracy": "accuracy",
    "precision": "precision",
    "recall": "recall",
    "f1": "F1",
    "f1 score": "F1",
    "mean absolute error": "mean absolute error",
    "mae": "mean absolute error",
    "root mean squared error": "root mean squared error",
    "rmse": "root mean squared error",
    "r2": "R2",
}
LOWER_IS_BETTER = frozenset(
    {"mean absolute error", "root mean squared error", "median absolute error"}
)
_EXACT = 1e-9  # 57% is a little more than 0.57 to a computer
_SHARES = frozenset({"accuracy", "precision", "recall", "F1", "share flagged"})
_COUNTED_TO_ONE = frozenset({"AUC", "average precision", "R2"})
_TOGETHER = ("precision", "recall")  # of which a threshold gives one for the other
_AIMS = {"ship_at": AT_SHIP, "target": AT_WANTED}
_REQUIREMENTS: dict[str, Requirement] = {"ship_at": "ship-at", "target": "target"}


@dataclass(frozen=True, kw_only=True)
class Limit:
    """What a brief asks of one model metric."""

    path: str  # dotted key
    key: str  # its last part: ship_at or target
    metric: str  # as the brief calls it
    name: str  # of the score
    value: float  # as the score is counted


def score_of(metric: str) -> str | None:
    """What a metric of a brief is called among the scores of a baseline; None where it is none of them."""
    return _MEASURES.get(measure(metric))


def reach_verdicts(reading: Reading, found: Measured) -> Iterator[Verdict]:
    """Whether ship-at and target of each model metric are within reach of quick models, and whether a rule is."""
    ladder = found.ladder
    best = ladder.rung(ladder.best) if ladder else None
    if ladder is None or best is None:
        return
    rule = ladder.rung(ladder.rule)
    every = tuple(_limits(reading, best))
    for one in every:
        together = tuple(other for other in every if other.key == one.key)
        yield _reach(one, together, best)
        if one.key == "ship_at" and rule is not None:
            yield _rule(one, together, rule)
    yield from _unmeasured(reading, best)


def _limits(reading: Reading, rung: Rung) -> Iterator[Limit]:
    """What the brief asks of its model metrics, as far as it was scored."""
    metrics = reading.at("metrics.model")
    for at, metric in enumerate(metrics if isinstance(metrics, list) else ()):
        name = score_of(metric.name)
        if name is None or name not in rung.scores:
            continue
        for key in _AIMS:
            path = f"metrics.model.{at}.{key}"
            value = wanted(reading, path, name)
            if value is not None:
                yield Limit(path=path, key=key, metric=metric.name, name=name, value=value)


def _unmeasured(reading: Reading, rung: Rung) -> Iterator[Verdict]:
    """Metrics that the quick baseline has no figure for."""
    metrics = reading.at("metrics.model")
    for at, metric in enumerate(metrics if isinstance(metrics, list) else ()):
        name = score_of(metric.name)
        key = next((one for one in _AIMS if isinstance(getattr(metric, one), Quantity)), None)
        if key is not None and (name is None or name not in rung.scores):
            yield Verdict(
                requirement=_REQUIREMENTS[key],
                path=f"metrics.model.{at}.{key}",
                about=metric.name,
                stated=said(getattr(metric, key)),
                measured="",
                holds=None,
                why="The quick baseline does not measure that.",
            )


def wanted(reading: Reading, path: str, name: str) -> float | None:
    """The number at a key of a metric, as the score is counted."""
    given = reading.at(path)
    if not isinstance(given, Quantity):
        return None
    found = (
        reading.number(path, needed=False)
        if name in LOWER_IS_BETTER or name == "R2"
        else reading.share(path, needed=False)
    )
    return found.middle if found else None


def holds(score: Score, wanted: float, *, lower: bool) -> bool | None:
    """Whether a figure is on the right side of a limit; None where its interval lies on both."""
    if lower:
        return holds(
            Score(value=-score.value, low=-score.high, high=-score.low), -wanted, lower=False
        )
    least = wanted - _EXACT
    return True if score.low >= least else False if score.high < least else None


def _holds(one: Limit, limits: Sequence[Limit], rung: Rung) -> bool | None:
    """Whether a rung brings what is asked; precision and recall hold together, at one threshold, or not at all.

    Where they were scored at a threshold that aims at these limits, that says it, unless one is missed and the other
    has room to spare. The threshold of the largest F1 says less: another may bring two limits that it misses, but
    only where the F1 of the limits is no larger.
    """
    if _is_alone(one, limits):
        return None
    if one.name not in _TOGETHER:
        return holds(_score(rung, one), one.value, lower=one.name in LOWER_IS_BETTER)
    pair = {other.name: other for other in limits if other.name in _TOGETHER}
    each = {name: holds(_score(rung, pair[name]), pair[name].value, lower=False) for name in pair}
    is_beyond = "F1" in rung.scores and rung.scores["F1"].high < _f1(pair)
    if not _is_aimed(one, rung):
        return False if is_beyond else True if all(each.values()) else None
    if each[one.name] is False and True in each.values():
        return False if is_beyond else None  # some of the other may be given for it
    return each[one.name]


def _score(rung: Rung, one: Limit) -> Score:
    """A figure at the threshold that aims at a limit's kind, where there is one."""
    found = rung.at_ship(one.name) if one.key == "ship_at" else rung.score(one.name)
    return found or rung.scores[one.name]


def _is_aimed(one: Limit, rung: Rung) -> bool:
    """Whether a figure was taken at a threshold that aims at what the brief asks."""
    return any(f"{one.name}{aim}" in rung.scores for aim in (_AIMS[one.key], AT_WANTED))


def _is_alone(one: Limit, limits: Sequence[Limit]) -> bool:
    """Whether precision is asked for without recall, or the other way round: a threshold brings either."""
    return one.name in _TOGETHER and len({other.name for other in limits} & {*_TOGETHER}) < 2


def _f1(pair: Mapping[str, Limit]) -> float:
    """The harmonic mean of precision and recall; 0 where both are."""
    precision, recall = (pair[name].value for name in _TOGETHER)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _reach(one: Limit, limits: Sequence[Limit], rung: Rung) -> Verdict:
    verdict = _holds(one, limits, rung)
    if verdict is None:
        told = _open(one, limits, rung)
    elif verdict:
        told = "That is within reach of a quick model."
    else:
        told = "That is out of reach of quick models on this file; better data may bring it, or a model of more work."
    return _verdict(_REQUIREMENTS[one.key], one, rung, verdict=verdict, told=told)


def _rule(one: Limit, limits: Sequence[Limit], rule: Rung) -> Verdict:
    verdict = _holds(one, limits, rule)
    if verdict is None:
        told = _open(one, limits, rule)
    elif not verdict:
        told = "A rule is not enough."
    elif all(_is_alone(other, limits) or _holds(other, limits, rule) for other in limits):
        told = "A rule is enough to ship."
    else:
        verdict, told = False, "A rule brings that, but not all that it takes to ship."
    return _verdict("rule", one, rule, verdict=verdict, told=told)


def _verdict(
    requirement: Requirement, one: Limit, rung: Rung, *, verdict: bool | None, told: str
) -> Verdict:
    return Verdict(
        requirement=requirement,
        path=one.path,
        about=one.metric,
        stated=figure(one.value, one.name),
        measured=interval(_score(rung, one), one.name),
        holds=verdict,
        why=f"By {rung.name}{f' ({rung.detail})' if rung.detail else ''}{_beside(one, rung)}. {told}",
    )


def _beside(one: Limit, rung: Rung) -> str:
    """What the same threshold brings of the other, where one is given for the other."""
    other = _other(one.name)
    if other is None or other not in rung.scores:
        return ""
    found = _score(rung, replace(one, name=other))
    return f", with a {other} of {figure(found.value, other)}"


def _other(name: str) -> str | None:
    return next((one for one in _TOGETHER if one != name), None) if name in _TOGETHER else None


def _open(one: Limit, limits: Sequence[Limit], rung: Rung) -> str:
    """Why it cannot be told."""
    if _is_alone(one, limits):
        return (
            f"It is open: a threshold can be moved to bring it, and what {_other(one.name)} is then to be, "
            "the brief does not say."
        )
    if one.name in _TOGETHER and not _is_aimed(one, rung):
        return (
            "It is open: precision and recall do not both hold at the threshold of the largest F1, "
            "and may at another."
        )
    if one.name in _TOGETHER and _score(rung, one).high < one.value:
        return "It is open: the other has room to spare, and some of it may be given for it."
    return "It is open: the interval lies on both sides."


def figure(value: float, name: str) -> str:
    """A score as people read it: a share in percent, AUC and R2 as numbers, errors in the label's unit."""
    return _shown(value, name, None)


def figures(score: Score, name: str) -> tuple[str, str, str]:
    """A score with the ends of its interval, all to the same digit: one or two of half its width for errors."""
    half = (score.high - score.low) / 2
    digits = max(0, math.ceil(-math.log10(half / 5))) if half > 0 else None
    value, low, high = (_shown(one, name, digits) for one in (score.value, score.low, score.high))
    return value, low, high


def interval(score: Score, name: str) -> str:
    """A score with its interval."""
    value, low, high = figures(score, name)
    return f"{value} ({low} to {high})"


def _shown(value: float, name: str, digits: int | None) -> str:
    if name in _SHARES:
        return f"{value * 100:.1f}%"
    if name in _COUNTED_TO_ONE:
        return f"{round(value, 3) + 0.0:.3f}"  # + 0.0: a -0 is a 0
    return f"{value:.3g}" if digits is None else f"{round(value, digits) + 0.0:,.{digits}f}"
