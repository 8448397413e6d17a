"""What a brief's model metrics ask for, held against the quick baseline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kit.appraisal import Reading
from kit.appraisal.measures import measure
from kit.brief import Quantity
from kit.data.measured import AT_WANTED, Measured, Rung, Score
from kit.data.verdicts.verdict import Verdict

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
_SHARES = frozenset({"accuracy", "precision", "recall", "specificity", "F1", "share flagged"})
_TOGETHER = ("precision", "recall")  # of which a threshold gives one for the other


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
    best = next((one for one in ladder.rungs if one.kind == ladder.best), None) if ladder else None
    rule = next((one for one in ladder.rungs if one.kind == "one column"), None) if ladder else None
    if best is None:
        return
    every = tuple(_limits(reading, best))
    for one in every:
        together = tuple(other for other in every if other.key == one.key)
        yield _reach(one, together, best)
        if one.key == "ship_at" and rule is not None:
            yield _rule(one, together, rule)


def _limits(reading: Reading, rung: Rung) -> Iterator[Limit]:
    """What the brief asks of its model metrics, as far as it was scored."""
    metrics = reading.at("metrics.model")
    for at, metric in enumerate(metrics if isinstance(metrics, list) else ()):
        name = score_of(metric.name)
        if name is None or name not in rung.scores:
            continue
        for key in ("ship_at", "target"):
            path = f"metrics.model.{at}.{key}"
            value = wanted(reading, path, name)
            if value is not None:
                yield Limit(path=path, key=key, metric=metric.name, name=name, value=value)


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

    Where they were scored at a threshold that aims at the brief's targets, that says it, unless one is missed and the
    other has room to spare. The threshold of the largest F1 says less: another may bring two limits that it misses,
    but only where the F1 of the limits is no larger.
    """
    if _is_alone(one, limits):
        return None
    if one.name not in _TOGETHER:
        return holds(_score(rung, one.name), one.value, lower=one.name in LOWER_IS_BETTER)
    asked = _asked(limits)
    each = {name: holds(_score(rung, name), asked[name], lower=False) for name in _TOGETHER}
    is_beyond = "F1" in rung.scores and rung.scores["F1"].high < _f1(asked)
    if not _is_aimed(one, rung):
        return False if is_beyond else True if all(each.values()) else None
    if each[one.name] is False and True in each.values():
        return False if is_beyond else None  # some of the other may be given for it
    return each[one.name]


def _score(rung: Rung, name: str) -> Score:
    return rung.score(name) or rung.scores[name]


def _is_aimed(one: Limit, rung: Rung) -> bool:
    """Whether a figure was taken at a threshold that aims at the brief's targets."""
    return f"{one.name}{AT_WANTED}" in rung.scores


def _is_alone(one: Limit, limits: Sequence[Limit]) -> bool:
    """Whether precision is asked for without recall, or the other way round: a threshold brings either."""
    return one.name in _TOGETHER and len(_asked(limits)) < len(_TOGETHER)


def _asked(limits: Sequence[Limit]) -> dict[str, float]:
    """What is asked of precision and recall."""
    return {one.name: one.value for one in limits if one.name in _TOGETHER}


def _f1(asked: dict[str, float]) -> float:
    """The harmonic mean of precision and recall; 0 where both are."""
    precision, recall = (asked[name] for name in _TOGETHER)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _reach(one: Limit, limits: Sequence[Limit], rung: Rung) -> Verdict:
    shown = interval(_score(rung, one.name), one.name)
    verdict = _holds(one, limits, rung)
    if verdict is None:
        said = f"That is {_open(one, limits, rung)}."
    elif verdict:
        said = "That is within reach of a quick model."
    else:
        said = f"{_missed(one, limits, rung)} out of reach of quick models on this file; better data may bring it, "
        said += "or a model of more work."
    return Verdict(
        requirement="target" if one.key == "target" else "ship-at",
        path=one.path,
        about=one.metric,
        stated=figure(one.value, one.name),
        measured=shown,
        holds=verdict,
        why=f"{rung.name}: {shown}. {said}",
    )


def _rule(one: Limit, limits: Sequence[Limit], rule: Rung) -> Verdict:
    shown = interval(_score(rule, one.name), one.name)
    verdict = _holds(one, limits, rule)
    if verdict is None:
        said = f"whether a rule of one column is enough is {_open(one, limits, rule)}"
    elif not verdict:
        said = "a rule of one column is not enough"
    elif all(_is_alone(other, limits) or _holds(other, limits, rule) for other in limits):
        said = "a rule of one column is enough to ship"
    else:
        verdict, said = False, "a rule of one column brings that, but not all that it takes to ship"
    return Verdict(
        requirement="rule",
        path=one.path,
        about=one.metric,
        stated=figure(one.value, one.name),
        measured=shown,
        holds=verdict,
        why=f"{rule.name} ({rule.detail}): {shown}; {said}.",
    )


def _missed(one: Limit, limits: Sequence[Limit], rung: Rung) -> str:
    """What is out of reach: the figure, or precision and recall at once."""
    if one.name not in _TOGETHER:
        return "That is"
    if _is_aimed(one, rung):
        return "At a threshold that aims at all targets, that is"
    asked = _asked(limits)
    both = " and ".join(f"{name} of {figure(asked[name], name)}" for name in _TOGETHER)
    return f"At one threshold, {both} (an F1 of {figure(_f1(asked), 'F1')}) are"


def _open(one: Limit, limits: Sequence[Limit], rung: Rung) -> str:
    """Why it cannot be told."""
    if _is_alone(one, limits):
        other = next(name for name in _TOGETHER if name != one.name)
        return f"open: a threshold can be moved to bring it, and what {other} is then to be, the brief does not say"
    if one.name in _TOGETHER and not _is_aimed(one, rung):
        return "open: precision and recall do not both hold at the threshold of the largest F1, and may at another"
    if one.name in _TOGETHER and _score(rung, one.name).high < one.value:
        return "open: the other of precision and recall has room to spare, and some of it may be given for it"
    return "open: the interval lies on both sides"


def figure(value: float, name: str) -> str:
    """A score as people read it: a share in percent, AUC and R2 as numbers, errors in the label's unit."""
    if name in _SHARES:
        return f"{value * 100:.1f}%"
    if name in ("AUC", "average precision", "R2"):
        return f"{round(value, 3) + 0.0:.3f}"  # + 0.0: a -0 is a 0
    return f"{value:.3g}"


def interval(score: Score, name: str) -> str:
    """A score with its interval."""
    return f"{figure(score.value, name)} ({figure(score.low, name)} to {figure(score.high, name)})"
