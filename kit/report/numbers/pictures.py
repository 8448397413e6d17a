"""The charts of the numbers, each made of what the appraisal found."""

from __future__ import annotations

import math
from dataclasses import replace

from kit.appraisal import Appraisal, Bridge, Coherence, Input, Need, Paths, Timing
from kit.numbers.rates import confusion
from kit.report import charts
from kit.report.blocks import Block
from kit.report.numbers.words import days_of, percent, rounded
from kit.report.wording import day

_BARS = 6  # inputs in a tornado: those below hardly move it
_SAME = 0.02  # of precision or recall: marks so close cannot be told apart in a chart
_CASES = 1_000
_WINDOW = 4  # times the days that are there: what lies further out is named, not drawn


def value_picture(appraisal: Appraisal) -> tuple[Block, ...]:
    """Value against precision and recall, with where the brief stands."""
    surface, bridge, found = appraisal.surface, appraisal.bridge, appraisal.coherence
    if surface is None or bridge is None or found is None:
        return ()
    marks: list[charts.Mark] = []
    for one in found.scenarios:
        mark = charts.Mark(name=one.name, precision=one.precision, recall=one.recall)
        if not any(_hides(other, mark) for other in marks):
            marks.append(mark)
    made = charts.value_map(
        precision=surface.precision,
        recall=surface.recall,
        net=surface.net,
        marks=marks,
        currency=bridge.currency,
        capacity_line=surface.capacity_line,
    )
    return (made,)


def _hides(one: charts.Mark, other: charts.Mark) -> bool:
    """Whether two marks lie one on the other."""
    apart = max(abs(one.precision - other.precision), abs(one.recall - other.recall))
    return apart < _SAME


def tornado_picture(bridge: Bridge) -> tuple[Block, ...]:
    """Which input moves the answer most."""
    moved = [move for move in bridge.moves if move.swing.width > 0][:_BARS]
    if not moved or bridge.base is None:
        return ()
    bars = [
        charts.Bar(
            name=move.input.name,
            at_low=move.swing.at_low,
            at_high=move.swing.at_high,
            low_label=amount(move.input, move.swing.low) if move.stated else "a tenth less",
            high_label=amount(move.input, move.swing.high) if move.stated else "a tenth more",
            guess=move.input.guessed,
        )
        for move in moved
    ]
    return (charts.tornado_chart(bars=bars, base=bridge.base, unit=f"{bridge.currency} a year"),)


def amount(given: Input, value: float) -> str:
    """An end of an input."""
    return percent(value) if given.kind == "share" else rounded(value)


def paths_picture(paths: Paths) -> tuple[Block, ...]:
    """What the paths bring, where two of them are known."""
    rows = [
        charts.Range(
            name=fact.name,
            low=fact.net.low,
            median=fact.net.median,
            high=fact.net.high,
            note="chosen" if fact.chosen else "",
        )
        for fact in paths.facts
        if fact.net is not None
    ]
    if len(rows) < 2:
        return ()
    return (charts.ranges_chart(rows=rows, unit=f"{paths.currency} a year"),)


def enrolment_picture(timing: Timing) -> tuple[Block, ...]:
    """Who has entered by when, where the flow, the wait and the dates are known."""
    most, flow, available = timing.most, timing.flow, timing.flow.days_available
    flows = flow.per_day is not None or flow.uniques is not None
    if not (most and flows and flow.wait and flow.start and flow.deadline):
        return ()
    if available is None or available <= 0:
        return ()  # no day is left to draw
    shown = _shown(timing, _WINDOW * available)
    last = min(max(available, *(need.days or 0.0 for need in shown)), _WINDOW * available)
    days = [float(at) for at in range(math.ceil(last * 1.1) + 2)]
    made = charts.enrolment_chart(
        days=days,
        enrolled=[flow.entered_by(at) or 0.0 for at in days],
        needed=[
            charts.Need(label=need.label, units=math.ceil(need.per_arm) * flow.arms)
            for need in shown
        ],
        wait_days=flow.wait.middle,
        deadline_day=float(available),
        start=day(flow.start),
        deadline=day(flow.deadline),
        unit=_plural(timing.unit),
    )
    if most.per_arm > shown[-1].per_arm:
        also = f" Too far out for this picture: {most.label}, {days_of(most.days)}."
        made = replace(made, caption=f"{made.caption}{also}")
    return (made,)


def _shown(timing: Timing, window: float) -> list[Need]:
    """The effect alone, and the most that is asked for on top of it within so many days."""
    first, *others = timing.needs
    more = [one for one in others if one.per_arm > first.per_arm and (one.days or 0) <= window]
    return [first, *([max(more, key=lambda one: one.per_arm)] if more else [])]


def _plural(unit: str | None) -> str:
    """A word or two get their plural; what is longer is not ours to bend."""
    return f"{unit}s" if unit and unit.count(" ") < 2 else "units"


def cases_picture(found: Coherence) -> tuple[Block, ...]:
    """What becomes of a thousand cases; nothing where hardly one of them is a true one."""
    leading, prevalence = found.leading, found.prevalence
    if leading is None or prevalence is None or prevalence.middle * _CASES < 0.5:
        return ()
    counts = confusion(leading.precision, leading.recall, prevalence.middle, _CASES)
    return (
        charts.icon_array(
            true_positives=counts.true_positives,
            false_negatives=counts.false_negatives,
            false_positives=counts.false_positives,
            true_negatives=counts.true_negatives,
        ),
    )
