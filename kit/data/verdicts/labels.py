"""The label and the groups that a brief speaks of, held against its file."""

from __future__ import annotations

import math
from collections.abc import Iterator

from kit.appraisal import Appraisal, Reading
from kit.appraisal.counting import Counted
from kit.appraisal.measures import metric_path
from kit.data.measured import GroupSize, LabelProfile, Measured
from kit.data.question import group_columns
from kit.data.verdicts.verdict import Verdict
from kit.data.verdicts.wording import listed, percent


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
        holds, why, measured = False, label.problem or "", f"{label.rows:,} rows"
    else:
        holds, measured = True, f"{label.rows:,} rows"
        gone = f" {label.missing:,} rows have none." if label.missing else ""
        why = f"{label.rows:,} rows have a label.{gone}"
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
    from kit.numbers.rates import wilson_interval

    stated = reading.share("value.prevalence", needed=False)
    if stated is None:
        return
    low, high = (float(end) for end in wilson_interval(positives, label.rows))
    yield Verdict(
        requirement="class share",
        path="value.prevalence",
        about="value",
        stated=percent(stated.low)
        if stated.low == stated.high
        else f"{percent(stated.low)} to {percent(stated.high)}",
        measured=percent(positives / label.rows),
        holds=low <= stated.high and high >= stated.low,
        why=f"{positives:,} of {label.rows:,} rows are {label.positive} (95% interval {percent(low)} to "
        f"{percent(high)}); a sample that was collected may hold more of them than there are in use.",
    )


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
        yield Verdict(
            requirement="groups",
            path=f"metrics.fairness.{at}",
            about=check.measure,
            stated=f"{needed:,} {check.counted} in each group",
            measured=f"{counts[smallest]:,} in {smallest}",
            holds=False if few else True if check.counted != "flags" else None,
            why=f"Too few to show a gap of {check.gap:g}: {listed(few)}."
            if few
            else "Every group is large enough."
            if check.counted != "flags"
            else "How many of these rows a model will flag is not known yet.",
        )


def _counted(group: GroupSize, what: Counted | None) -> int:
    """The rows of a group that count; of flags there are as many at most."""
    positives = group.positives or 0
    return {"true cases": positives, "other cases": group.rows - positives}.get(
        what or "", group.rows
    )
