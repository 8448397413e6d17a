"""What the numbers say at a glance, as blocks."""

from __future__ import annotations

import math

from kit.appraisal import Appraisal, Bridge
from kit.appraisal.ranking import NEARLY_PERFECT, ranking
from kit.appraisal.wording import chance, whole
from kit.brief import Experiment, Value
from kit.report.blocks import Block, Callout, Heading, Paragraph, Rich
from kit.report.numbers.ceilings import amount_of
from kit.report.numbers.targets import beyond
from kit.report.numbers.words import (
    days_of,
    lacking,
    percent,
    sentence,
    spread,
    text,
)

_HEADING = Heading(text="Do the numbers add up?", level=1)
_LIKELY = 0.2  # probability of a loss that has to be talked about first
_SELDOM = 0.2  # probability of reaching the goal below which the plan is too small for it


def numbers_blocks(appraisal: Appraisal) -> tuple[Block, ...]:
    """The heading, and what stands in the way before anyone trains a model."""
    perfect = _perfect(appraisal)
    stops = [*perfect, *_money(appraisal), *_targets(appraisal), *_time(appraisal)]
    stops += [*_ceilings(appraisal), *_data(appraisal), *_impossible(appraisal)]
    title = "What stands in the way, before anyone trains a model"
    if perfect:
        title = "Even a perfect model cannot reach the goal"
    if stops:
        first: Block = Callout(kind="problem", title=title, items=tuple(stops))
    else:
        first = Paragraph(spans=text(_clear(appraisal)))
    return (_HEADING, first, *_unwritten(appraisal))


def _clear(appraisal: Appraisal) -> str:
    if appraisal.bridge is None and appraisal.timing is None:
        return "Nothing can be worked out: there is no value and no experiment to work with."
    open_ = []
    if appraisal.bridge is None or appraisal.bridge.net is None:
        open_.append("what it is worth")
    if not _compares_nothing(appraisal) and (
        appraisal.timing is None or appraisal.timing.fits(appraisal.timing.most) is None
    ):
        open_.append("whether it can be known by the date")
    if open_:
        said = "Nothing that can be worked out yet stands in the way. What cannot be worked out: "
        return f"{said}{', and '.join(open_)}."
    said = "As far as the brief's numbers go, nothing stands in the way of its targets."
    reaches = appraisal.bridge.reaches if appraisal.bridge else None
    if reaches is None or reaches >= 0.5:
        return said
    return f"{said} The probability that what is planned gains what the goal is worth is {chance(reaches)}."


def _compares_nothing(appraisal: Appraisal) -> bool:
    """Whether the experiment only watches, so that there is no effect to wait for."""
    experiment = appraisal.brief.experiment
    return isinstance(experiment, Experiment) and experiment.design == "shadow"


def _unwritten(appraisal: Appraisal) -> tuple[Block, ...]:
    """The parts without which whole questions stay open, or which do not apply."""
    boxes: list[Block] = []
    if not isinstance(appraisal.brief.value, Value):
        boxes += lacking(appraisal, ["value"], "What it is worth, and what the targets imply")
    if not isinstance(appraisal.brief.experiment, Experiment):
        boxes += lacking(appraisal, ["experiment"], "Whether it can be known by the date")
    return tuple(boxes)


def _impossible(appraisal: Appraisal) -> list[Rich]:
    paths = ", ".join(dict.fromkeys(fault.path for fault in appraisal.faults))
    said = f"Numbers that cannot be, so that nothing is built on them: {paths}."
    return [text(said)] if paths else []


def _perfect(appraisal: Appraisal) -> list[Rich]:
    found = appraisal.ceilings
    if found.perfect is None or not found.perfect.falls_short:
        return []
    gain, worth = (spread(one, found.currency) for one in (found.perfect.gain, found.perfect.worth))
    return [text(f"A model without any error gains {gain} a year, and the goal is worth {worth}.")]


def _money(appraisal: Appraisal) -> list[Rich]:
    bridge = appraisal.bridge
    if bridge is None:
        return []
    lines = _short_of_the_goal(appraisal, bridge)
    if bridge.loss is not None and bridge.loss > _LIKELY:
        said = f"The probability of a loss is {chance(bridge.loss)}, with the brief's own numbers."
        lines.append(text(said))
    if bridge.rule_loss is not None and bridge.rule_loss > 0.5:
        said = f"Today's rule brings more with a probability of {chance(bridge.rule_loss)}."
        lines.append(text(said))
    precision = bridge.middle("precision")
    if bridge.break_even is not None and precision is not None and bridge.break_even > precision:
        lines.append(
            text(
                f"Every flag acted on loses money: it pays from a precision of "
                f"{percent(bridge.break_even, 2)} on, and {percent(precision, 2)} is assumed."
            )
        )
    return lines


def _short_of_the_goal(appraisal: Appraisal, bridge: Bridge) -> list[Rich]:
    if bridge.gain is None or bridge.worth is None or (bridge.reaches or 0.0) > _SELDOM:
        return []
    if _perfect(appraisal):  # which says more
        return []
    gain, worth = (spread(one, bridge.currency) for one in (bridge.gain, bridge.worth))
    return [
        text(f"What is planned gains {gain} a year before any cost; the goal is worth {worth}.")
    ]


def _targets(appraisal: Appraisal) -> list[Rich]:
    found = appraisal.coherence
    leading = found.leading if found else None
    if found is None or leading is None:
        return []
    lines = [
        text(
            f"The precision of {percent(one.precision)} ({one.key}) is below the prevalence of "
            f"{percent(found.prevalence.low)}: cases flagged by lot would be right more often."
        )
        for one in found.scenarios
        if found.prevalence and one.precision < found.prevalence.low
    ]
    if max(leading.auc) >= NEARLY_PERFECT:
        rate = percent(min(leading.false_positive_rate), 2)
        lines.append(
            text(
                f"The targets need {ranking(max(leading.auc))}: a false-positive rate near {rate}."
            )
        )
    fits = leading.recall_that_fits
    if fits is not None and fits < leading.recall:
        said = f"The flags exceed the capacity, which allows a recall of {percent(fits, 2)}."
        lines.append(text(said))
    elif found.overflows:
        lines.append(
            text("At the upper end of volume and prevalence the flags exceed the capacity.")
        )
    return [*lines, *map(text, beyond(found))]


def _time(appraisal: Appraisal) -> list[Rich]:
    timing = appraisal.timing
    most = timing.most if timing else None
    if timing is None or most is None or timing.fits(most) is not False:
        return []
    first, there = timing.needs[0], timing.flow.days_available
    if timing.fits(first) is False and there is not None:
        if first.days is None or math.isinf(first.days):
            return [text("The experiment never ends: too few new ones come after the first week.")]
        said = (
            f"it takes {days_of(first.days)}, and {there:,} {'is' if there == 1 else 'are'} there."
        )
        return [text(f"The experiment cannot end by the date: {said}")]
    late = [need.label for need in timing.needs if timing.fits(need) is False]
    return [text(f"The effect alone can be seen by the date. Too late: {'; '.join(late)}.")]


def _ceilings(appraisal: Appraisal) -> list[Rich]:
    """What is wanted beyond a ceiling; of the capacity the targets speak."""
    found = appraisal.ceilings
    return [
        text(
            f"{sentence(one.name)}: {amount_of(one, one.wanted, found.currency)} is wanted, and "
            f"{amount_of(one, one.reach, found.currency)} is within reach."
        )
        for one in found.rows
        if one.holds is False and one.wanted is not None and "capacity" not in one.name
    ]


def _data(appraisal: Appraisal) -> list[Rich]:
    found = appraisal.evidence
    lines = [
        f"The stated gap in {one.measure} cannot be seen: {whole(one.needed or 0)} {one.counted} are needed in "
        f"each group, {whole(one.available or 0)} are there."
        for one in found.gaps
        if one.holds is False
    ]
    lines += [
        f"{sentence(one.label)}: takes {whole(one.needed or 0)} {one.counted}, and {whole(one.available or 0)} "
        "are there."
        for one in found.sizes
        if one.holds is False
    ]
    return [text(line) for line in lines]
