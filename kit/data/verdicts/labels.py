"""The label and the groups that a brief speaks of, held against its file."""

from __future__ import annotations

import math
from collections.abc import Iterator

from kit.appraisal import Appraisal, GapCheck, Reading
from kit.appraisal.counting import Counted
from kit.appraisal.measures import metric_path
from kit.appraisal.wording import counted, listed, percent, points
from kit.brief import Quantity
from kit.data.measured import GroupSize, LabelProfile, Measured
from kit.data.question import group_columns
from kit.data.verdicts.stated import half_a_digit, in_percent
from kit.data.verdicts.verdict import Verdict

_MARGIN = 1.1  # times the odds: a difference that bears on nothing
_NAMED = 4  # of many groups


def label_verdicts(reading: Reading, appraisal: Appraisal, found: Measured) -> Iterator[Verdict]:
    """Whether the label is there, how often it is yes, and whether the cases are enough."""
    label = found.label
    if found.question.label is None:
        return
    yield _there(found, label)
    if label is None or label.task != "classes" or not label.rows:
        return
    positives = dict(label.classes).get(label.positive or "", 0)
    yield from _share(reading, label, positives)
    yield from _cases(reading, appraisal, label, positives)
    yield from _groups(reading, appraisal, label)


def _there(found: Measured, label: LabelProfile | None) -> Verdict:
    name = found.question.label or ""
    if label is None:
        holds, why, measured = False, f"The file has no column {name}.", ""
    elif label.task is None:
        holds, why, measured = False, label.problem or "", counted(label.rows, "row")
    else:
        holds, measured = True, counted(label.rows, "row")
        gone = f" {counted(label.missing, 'row has', 'rows have')} none." if label.missing else ""
        why = f"{counted(label.rows, 'row has', 'rows have')} a label.{gone}"
    return Verdict(
        requirement="label",
        path="data.label.column",
        about="label",
        stated=name,
        measured=measured,
        holds=holds,
        why=why,
    )


def _share(reading: Reading, label: LabelProfile, positives: int) -> Iterator[Verdict]:
    """Whether the share of true cases that a brief counts on is that of its file, as far as it matters.

    It is, where the 95% interval of the file's share reaches to what the brief may mean: half of its last digit to
    either side, or odds a tenth lower or higher, whichever is wider. Of odds so near, nothing hangs: the number of true
    cases, and with it the value, changes by a tenth at most, and precision by 2.5 points at most, since its own odds
    change in proportion to those of the share. In a million rows, chance alone tells far smaller differences apart.
    """
    from kit.numbers.rates import wilson_interval

    given, stated = reading.at("value.prevalence"), reading.share("value.prevalence", needed=False)
    if stated is None or not isinstance(given, Quantity):
        return
    there = positives / label.rows
    low, high = (float(end) for end in wilson_interval(positives, label.rows))
    least, most = _meant(stated.low, stated.high, half_a_digit(given))
    shown, *ends = (percent(one, beside=(there, low, high)) for one in (there, low, high))
    yield Verdict(
        requirement="class share",
        path="value.prevalence",
        about="value",
        stated=" to ".join(dict.fromkeys(map(in_percent, stated.bounds))),
        measured=shown,
        holds=low <= most and high >= least,
        why=f"{positives:,} of {counted(label.rows, 'row is', 'rows are')} {label.positive} (95% interval "
        f"{' to '.join(ends)}); a sample that was collected may hold more of them than there are in use.",
    )


def _meant(low: float, high: float, rounded: float) -> tuple[float, float]:
    """The lowest and the highest share that a stated one, or a range, may stand for."""
    least, most = _with_odds(low, 1 / _MARGIN), _with_odds(high, _MARGIN)
    return min(least, low - rounded), max(most, high + rounded)


def _with_odds(share: float, times: float) -> float:
    """The share whose odds are so many times as large."""
    return times * share / (1 - share + times * share)


def _cases(
    reading: Reading, appraisal: Appraisal, label: LabelProfile, positives: int
) -> Iterator[Verdict]:
    counts = {"true cases": positives, "other cases": label.rows - positives, "cases": label.rows}
    for check in appraisal.evidence.sizes:
        there = counts.get(check.counted)
        if check.needed is None or there is None:
            continue
        needed = math.ceil(check.needed)
        yield Verdict(
            requirement="cases",
            path=metric_path(reading, check.measure) or "metrics.model",
            about=check.measure,
            stated=f"{needed:,} {check.counted}",
            measured=f"{there:,}",
            holds=there >= needed,
            why=f"{check.label}: it takes {needed:,} {check.counted} to test, and the file has {there:,}.",
        )


def _groups(reading: Reading, appraisal: Appraisal, label: LabelProfile) -> Iterator[Verdict]:
    for at, check in enumerate(appraisal.evidence.gaps):
        columns = group_columns(reading, at)
        sized = [one for one in label.groups if one.column in columns and one.positives is not None]
        if check.needed is None or not sized:
            continue
        needed = math.ceil(check.needed)
        counts = {f"{one.column} {one.value}": _counted(one, check.counted) for one in sized}
        smallest = min(counts, key=lambda name: counts[name])
        few = [name for name, count in counts.items() if count < needed]
        holds, why = _enough(few, check)
        yield Verdict(
            requirement="groups",
            path=f"metrics.fairness.{at}",
            about=check.measure,
            stated=f"{needed:,} {check.counted} in each group",
            measured=f"{counts[smallest]:,} in {smallest}",
            holds=holds,
            why=why,
        )


def _enough(few: list[str], check: GapCheck) -> tuple[bool | None, str]:
    """Whether groups are large enough, of which some may hold too few."""
    if few:
        return False, f"Too few to show a gap of {points(check.gap or 0.0)}: {listed(few, _NAMED)}."
    if check.counted == "flags":
        return None, "How many of these rows a model will flag is not known yet."
    return True, "Every group is large enough."


def _counted(group: GroupSize, what: Counted | None) -> int:
    """The rows of a group that count; of flags there are as many at most."""
    positives = group.positives or 0
    return {"true cases": positives, "other cases": group.rows - positives}.get(
        what or "", group.rows
    )
