"""Whether it can be known by the date, as blocks."""

from __future__ import annotations

import math

from kit.appraisal import Appraisal, Need, Timing
from kit.appraisal.wording import whole
from kit.report.blocks import Block, Callout, Column, Heading, Paragraph, Rich, Row
from kit.report.numbers.pictures import enrolment_picture
from kit.report.numbers.words import (
    apart,
    days_of,
    days_there,
    lacking,
    method,
    percent,
    rounded,
    sentence,
    text,
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
    if first.days is None or flow.days_available is None:
        return (Paragraph(spans=text(f"{said}.")), *_so_many(timing, first))
    if math.isinf(first.days):
        never = "The experiment never ends: too few new ones come after the first week"
        return (Callout(kind="problem", title=never, items=(text(f"{said}."),)),)
    days = f"{said}: {days_of(first.days)} with {flow.arms} arms, the wait included. "
    left = f"{days_there(flow.days_available)}, from {_from(timing)}."
    if timing.fits(timing.most):
        most = timing.most.days if timing.most else None
        counted = f": {days_of(most)} in all" if most != first.days else ""
        counted += "; not every guardrail could be sized" if timing.unsized else ""
        it_fits = text(days, left, f" It fits, with all that is counted below{counted}.")
        return (Paragraph(spans=it_fits), *_so_many(timing, first))
    fits = timing.fits(first)
    title = (
        "The effect alone fits; with all that is counted it does not"
        if fits
        else ("The experiment cannot end by the date")
    )
    items = (text(days, left), *_instead(timing))
    return (Callout(kind="problem", title=title, items=items), *_so_many(timing, first))


def _effect(timing: Timing) -> str:
    effect = timing.effect
    if effect is None:
        return "the effect"
    metric = timing.metric or "the metric"
    if effect.is_share:
        way = "fall" if effect.changed < effect.start else "rise"
        return f"{metric} {way} from {apart(effect.start, effect.changed, percent)}"
    if effect.unit.startswith("%"):
        return f"{metric} move from {apart(effect.start, effect.changed, percent)}"
    return (
        f"{metric} move from {apart(effect.start, effect.changed, rounded)} {effect.unit}".rstrip()
    )


def _from(timing: Timing) -> str:
    start, deadline = timing.flow.start, timing.flow.deadline
    if start is None or deadline is None:
        return "the start"
    return f"{day(start)} to {day(deadline)}"


def _so_many(timing: Timing, need: Need) -> tuple[Block, ...]:
    """A question, where the arms take more than the problem reaches."""
    there = timing.flow.there
    if there is None or not timing.flow.more_than_there_are(need.per_arm):
        return ()
    units = whole(math.ceil(need.per_arm) * timing.flow.arms)
    said = f"All arms take {units}, and {there.key} counts {rounded(there.high)}. If no new ones come, "
    said += "there are not enough to compare: then a bolder change is needed, or something to assign of which "
    said += "there are more."
    return (Callout(kind="note", title="Are there so many?", items=(text(said),)),)


def _instead(timing: Timing) -> tuple[Rich, ...]:
    """What can be seen by then, and what would have to change."""
    plain, counted = timing.visible_plain, timing.visible
    if plain is None:
        return (text("Nobody who enters so late has an outcome by then."),)
    if math.isinf(plain):
        return (text("So few as can enter by then show no change, however large."),)
    said = f"What can be seen by then: a change of {_change(timing, plain)}"
    if counted is not None and counted != plain:
        said += f", or of {_change(timing, counted)} with all that is counted below"
    return (text(said, ". Else: more units a day, a bolder change, or a later date."),)


def _change(timing: Timing, change: float) -> str:
    if change == float("inf"):
        return "no size at all"
    effect = timing.effect
    if effect is None or effect.sd is None:
        return f"{percent(change)} relative"
    if effect.unit.startswith("%"):
        return f"{rounded(change * effect.sd * 100)} points"
    return f"{rounded(change * effect.sd)} {effect.unit}".rstrip()


def _unsized(timing: Timing) -> tuple[Block, ...]:
    if not timing.unsized:
        return ()
    names = "; ".join(timing.unsized)
    said = "Guardrails whose own size is not worked out, for want of a baseline in percent, or of a margin in "
    said += f"points, or as each unit is a group of cases with a share of its own: {names}."
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
        "Frånberg 2024); their own size is that of a one-sided non-inferiority test (Blackwelder 1982), with the "
        "margin, or the room up to their limit where that is less."
    )
    ranged = ", ".join(timing.ranged)
    middles = f"Ranges of which one number in the middle is taken: {ranged}." if ranged else ""
    return method(*(line for line in (size, flow, counted, assumed, middles) if line))
