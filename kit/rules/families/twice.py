"""Across the steps: one number that two places state, each in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.appraisal.naming import same_thing
from kit.appraisal.number import Input
from kit.appraisal.reading import in_percent, said, scale_to
from kit.brief import Metric, Quantity
from kit.brief.units import split_rate
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.agreement import Figure, differ, disagree, figures
from kit.rules.vocabulary.names import plain
from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.periods import NUMBERS, number_of
from kit.rules.vocabulary.wording import more_or_less

_RELATIVE = late(r"%(?:\s*(?:rel\.?|relative|of .*))?", re.IGNORECASE)
_ERROR = late(
    r"(?:mae|(?:mean|average) (?:absolute )?(?:forecast |prediction )?error)"
    r"(?:\s*\([^)]*\)|\s(?:of|per|in)\b.*)?",
    re.IGNORECASE,
)
_LARGE = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_ONE_IN = late(
    r"\b(?:one|1)\s+(?P<before>(?:[a-z-]+\s+){0,3}?)(?:in|out of)(?:\s+every)?\s+"
    rf"(?P<count>\d[\d,]*|{'|'.join(NUMBERS)})?(?P<large>(?:\s*\b(?:{'|'.join(_LARGE)})\b)*)"
    r"(?P<after>(?:\s+[a-z-]+){0,2})",
    re.IGNORECASE,
)
_ABOUT = 2.0  # times: "about one in a thousand" is said of 0.1% and of 0.15%


@rule("AC215", "warning", requires=("HY108", "HY109"))
def expected_change_differs(case: Case) -> Iterator[Said]:
    """Compares the change that is expected in what users do with baseline and target of the same metric.

    Why it matters: the hypothesis is judged by the one and the metric by the other. A result between the two
    confirms the belief and misses the target, or the other way round.

    Bad:
        hypothesis: {expected: {metric: false positives, change: -40%}}

    Good:
        hypothesis: {expected: {metric: false positives, change: -15%}}

    Source: AI-PM guide, steps 3 and 4.
    """
    change, metric = (
        case.number("hypothesis.expected.change"),
        case.text("hypothesis.expected.metric"),
    )
    pair = _from_to(case, plain(metric)) if change and metric else None
    if change is None or pair is None:
        return
    base, target = pair
    ends = _expected_ends(base.given, change, falls=_falls(base.given, target.given))
    if disagree(ends, target.given):
        place = base.place
        yield Said(
            path="hypothesis.expected.change",
            message=f"hypothesis.expected.change is {said(change)}, and {place} takes {metric} from "
            f"{said(base.given)} to {said(target.given)}{_move(base.given, target.given, change)}.",
            remedy="Settle on one change, and write it in both places.",
        )


@rule("AC216", "warning", requires=("ME101",))
def error_today_differs(case: Case) -> Iterator[Said]:
    """Compares the error of today that the value counts with, and the baseline of the same error.

    Why it matters: the gain in money is worked out from the one and the gain in accuracy from the other. With
    a larger error of today, any model looks like a bargain.

    Bad:
        value: {error_today: 4.1 visits}

    Good:
        value: {error_today: 2.72 visits}

    Source: AI-PM guide, on accuracy and return.
    """
    today = case.number("value.error_today")
    metric = _average_error(case, today) if today else None
    if today is None or metric is None:
        return
    path, base = metric
    if differ(today, base):
        yield Said(
            path="value.error_today",
            message=f"value.error_today is {said(today)}, and {path}.baseline is {said(base)}: "
            "both are the average error of today.",
            remedy="Keep the one that was measured, or say in the metric's name how the two differ.",
        )


@rule("AC217", "warning", requires=("PR001",))
def frequency_differs_from_prevalence(case: Case) -> Iterator[Said]:
    """Compares "one payment in a thousand" in the problem with the prevalence that the value counts with.

    Why it matters: precision, alerts per day and money all follow from the prevalence. Where the problem tells
    of ten times as many cases, either it or every number after it is wrong.

    Bad:
        problem: {frequency: About one payment in fifty is fraudulent.}

    Good:
        problem: {frequency: About one payment in a thousand is fraudulent.}

    Source: AI-PM guide, step 2; the definition of prevalence.
    """
    found = _ONE_IN.search(case.text("problem.frequency"))
    share = _share_of(case, found) if found else None
    prevalence = case.reading().share("value.prevalence", needed=False) if share else None
    if found is None or share is None or prevalence is None or _about(share, prevalence):
        return
    ends = " to ".join(dict.fromkeys(map(in_percent, (prevalence.low, prevalence.high))))
    yield Said(
        path="problem.frequency",
        message=f'problem.frequency says "{_words_of(found)}", which is {in_percent(share)}, and '
        f"value.prevalence is {ends}.",
        remedy="Look both up again; if they count different things, say in the problem which.",
    )


def _from_to(case: Case, name: str) -> tuple[Figure, Figure] | None:
    """Baseline and target of a metric, from the first place that states both."""
    first: dict[str, Figure] = {}
    for one in figures(case):
        if one.name != name:
            continue
        if one.role == "target" and one.place in first:
            return first[one.place], one
        first[one.place] = one
    return None


def _falls(base: Quantity, target: Quantity) -> bool:
    scale = scale_to(target, base)
    return scale is not None and target.number * scale < base.number


def _expected_ends(base: Quantity, change: Quantity, *, falls: bool) -> list[Quantity]:
    """Where a change leads to from a baseline, in each way that it may be meant.

    "15%" of a metric that is to fall says how much, and not which way; of a share, it may mean points.
    """
    low, high = change.bounds
    if falls and low > 0:
        low, high = -high, -low
    scale = None if change.percent or change.points else scale_to(change, base)
    steps = []
    if _RELATIVE.fullmatch(change.unit or "%"):
        steps.append([end * part for end in base.bounds for part in (low, high)])
    if base.percent or not base.unit:
        if change.points:
            steps.append([low / 100, high / 100])
        elif change.unit == "%":
            steps.append([low, high])
    if scale is not None:
        steps.append([low * scale, high * scale])
    return [_moved(base, min(step), max(step)) for step in steps]


def _moved(base: Quantity, down: float, up: float) -> Quantity:
    """A baseline after a change from `down` to `up`."""
    written = 100.0 if base.percent else 1.0
    low, high = base.bounds
    ends = sorted(((low + down) * written, (high + up) * written))
    return base.model_copy(update={"value": None, "low": ends[0], "high": ends[1]})


def _move(base: Quantity, target: Quantity, change: Quantity) -> str:
    """The change from baseline to target, told in the way of the other; empty where that cannot be."""
    scale = scale_to(target, base)
    if scale is None or base.is_range or target.is_range or not base.number:
        return ""
    step = target.number * scale - base.number
    if change.points:
        return f", which is {more_or_less(step * 100)} points"
    return f", which is {more_or_less(100 * step / abs(base.number))}%"


def _average_error(case: Case, today: Quantity) -> tuple[str, Quantity] | None:
    """The one model metric that is the average error, with its baseline."""
    found: list[tuple[str, Metric]] = [
        (path, metric)
        for path, metric in case.entries("metrics.model")
        if _ERROR.fullmatch(metric.name.strip())
    ]
    if len(found) != 1:
        return None
    path, metric = found[0]
    base = metric.baseline
    if not isinstance(base, Quantity) or scale_to(today, base) is None:
        return None
    return path, base


def _share_of(case: Case, found: re.Match[str]) -> float | None:
    """The share that "one payment in a thousand" stands for, where payments are what the value counts."""
    volume = case.number("value.volume") if case.text("value.kind") == "detection" else None
    counted = split_rate(volume.unit or "")[0] if volume else ""
    if not counted or not any(same_thing(noun, counted) for noun in _nouns(found)):
        return None
    number = number_of(found["count"])
    for word in found["large"].casefold().split():
        number *= _LARGE[word]
    return 1 / number if number > 1 else None


def _nouns(found: re.Match[str]) -> list[str]:
    """What may be the thing that is counted: the word after "one", or what follows the number."""
    after = found["after"].split()
    return [found["before"].strip(), *(" ".join(after[: end + 1]) for end in range(len(after)))]


def _words_of(found: re.Match[str]) -> str:
    """The words up to the number, and what is counted if it follows."""
    end = found.start("after") if found["before"].strip() else found.end("after")
    return found.string[found.start() : end].strip()


def _about(share: float, prevalence: Input) -> bool:
    return prevalence.low / _ABOUT <= share <= prevalence.high * _ABOUT


TWICE = (
    expected_change_differs,
    error_today_differs,
    frequency_differs_from_prevalence,
)
