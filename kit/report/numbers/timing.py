"""Whether it can be known by the date, as blocks."""

from __future__ import annotations

import math

from kit.appraisal import Appraisal, Need, Timing
from kit.report.blocks import Block, Callout, Column, Heading, Paragraph, Rich, Row
from kit.report.numbers.pictures import enrolment_picture
from kit.report.numbers.words import (
    apart,
    days_of,
    lacking,
    method,
    percent,
    rounded,
    sentence,
    text,
    whole,
    wrong,
)
from kit.report.wording import EMPTY, day, table

_HEADING = Heading(text="Can we know by the date?")
_COLUMNS = (
    Column(name="What is counted", weight=2.6),
    Column(name="Alpha", align="right", weight=0.8),
    Column(name="Power", align="right", weight=0.8),
    Column(name="Per arm", align="right", weight=0.9),
    Column(name="Days", align="right", weight=0.8),
    Column(name="In time", weight=0.8),
)


def timing_blocks(appraisal: Appraisal) -> tuple[Block, ...]:
    """Units, days and the deadline."""
    timing = appraisal.timing
    if timing is None:
        return ()
    what = "Whether it can be known by the date"
    guarded = [key for key in timing.missing if key == "experiment.margin"]
    others = [key for key in timing.missing if key not in guarded]
    boxes = (
        *wrong(timing.faults, what),
        *lacking(appraisal, others, what),
        *lacking(appraisal, guarded, "The guardrails' own size"),
    )
    if not timing.needs:
        return (_HEADING, *boxes) if boxes else ()
    return (
        _HEADING,
        *_verdict(timing),
        table(_COLUMNS, [_row(need, timing) for need in timing.needs], keep=4),
        *enrolment_picture(timing),
        *_unsized(timing),
        *boxes,
        _method(timing),
    )


def _row(need: Need, timing: Timing) -> Row:
    fits = timing.fits(need)
    return Row(
        cells=(
            text(sentence(need.label)),
            text(percent(need.alpha)),
            text(percent(need.power)),
            text(whole(need.per_arm)),
            text(days_of(need.days).removesuffix(" days")) if need.days is not None else EMPTY,
            EMPTY if fits is None else text("yes" if fits else "no"),
        )
    )


def _verdict(timing: Timing) -> tuple[Block, ...]:
    first, effect = timing.needs[0], timing.effect
    if effect is None:
        return ()
    unit = timing.unit or "unit"
    flow = timing.flow
    said = f"To see {_effect(timing)} takes {whole(first.per_arm)} per arm (one {unit} each)"
    if flow.too_few(first.per_arm):
        items = (text(f"{said}."), text(too_few(timing, first)), *_instead(timing))
        title = "There are not enough to compare"
        return (Callout(kind="problem", title=title, items=items),)
    if first.days is None or flow.days_available is None:
        return (Paragraph(spans=text(f"{said}.")),)
    days = f"{said}: {days_of(first.days)} with {flow.arms} arms, the wait included. "
    left = f"{flow.days_available} days are there, from {_from(timing)}."
    if timing.fits(timing.most):
        counted = "all that is counted below"
        if timing.unsized:
            counted += "; not every guardrail could be sized"
        return (Paragraph(spans=text(days, left, f" It fits, with {counted}.")),)
    fits = timing.fits(first)
    title = (
        "The effect alone fits; with all that is counted it does not"
        if fits
        else ("The experiment cannot end by the date")
    )
    return (Callout(kind="problem", title=title, items=(text(days, left), *_instead(timing))),)


def _effect(timing: Timing) -> str:
    effect = timing.effect
    if effect is None:
        return "the effect"
    metric = timing.metric or "the metric"
    if effect.is_share:
        way = "fall" if effect.changed < effect.start else "rise"
        return f"{metric} {way} from {apart(effect.start, effect.changed, percent)}"
    return f"{metric} move from {apart(effect.start, effect.changed, rounded)}"


def _from(timing: Timing) -> str:
    start, deadline = timing.flow.start, timing.flow.deadline
    if start is None or deadline is None:
        return "the start"
    return f"{day(start)} to {day(deadline)}"


def too_few(timing: Timing, need: Need) -> str:
    """That there are fewer units than an experiment takes."""
    there, units = timing.flow.there, math.ceil(need.per_arm) * timing.flow.arms
    if there is None:
        raise ValueError("there: expected the number of units, found none")
    return (
        f"The experiment takes {whole(units)} in all, and {there.key} counts {rounded(there.high)}."
    )


def _instead(timing: Timing) -> tuple[Rich, ...]:
    """What can be seen by then, and what would have to change."""
    plain, counted = timing.visible_plain, timing.visible
    few = timing.flow.too_few(timing.needs[0].per_arm)
    if plain is None:
        late = "Nobody who enters so late has an outcome by then."
        return (text("So few can show no change at all." if few else late),)
    first = "What so many can show" if few else "What can be seen by then"
    said = f"{first}: a change of {_change(timing, plain)}"
    if counted is not None and counted != plain:
        said += f", or of {_change(timing, counted)} with all that is counted below"
    if few:
        return (
            text(said, ". Else: a bolder change, or something to assign of which there are more."),
        )
    return (text(said, ". Else: more units a day, a bolder change, or a later date."),)


def _change(timing: Timing, change: float) -> str:
    if change == float("inf"):
        return "no size at all"
    if timing.effect is not None and timing.effect.is_share:
        return f"{percent(change)} relative"
    return f"{rounded(change)} standard deviations"


def _unsized(timing: Timing) -> tuple[Block, ...]:
    if not timing.unsized:
        return ()
    names = "; ".join(timing.unsized)
    said = f"Guardrails whose own size is not worked out, for want of a baseline in percent and a margin: {names}."
    return (Paragraph(spans=text(said)),)


def _method(timing: Timing) -> Block:
    effect = timing.effect
    size = (
        "Two-proportion z test, pooled under the null (Fleiss, Levin & Paik 2003)."
        if effect is None or effect.is_share
        else "Two-sample t test."
    )
    flow = (
        "Different units by day t = U₁ × (t ÷ 7)^b, through those of one week and of four (Heaps' law)."
        if timing.flow.uniques
        else "Days = units in all arms ÷ units that can enter per day, rounded up, and the wait. The number per "
        "day is taken as people who are new: those who come back do not count again, so a count of "
        "visits would be too high."
    )
    assumed = (
        f"Not said in the brief, and taken: {', '.join(timing.assumed)}." if timing.assumed else ""
    )
    counted = (
        "Looks: the level at which each is tested so that all keep alpha (Pocock 1977). Guardrails: each test "
        "at a power of 1 − (1 − power) ÷ (guardrails + 1), so that all hold together (Schultzberg, Ankargren & "
        "Frånberg 2024); their own size is that of a one-sided non-inferiority test (Blackwelder 1982)."
    )
    middles = f"Ranges taken at their middle: {', '.join(timing.ranged)}." if timing.ranged else ""
    return method(*(line for line in (size, flow, counted, assumed, middles) if line))
