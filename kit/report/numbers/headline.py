"""What the numbers say at a glance, as blocks."""

from __future__ import annotations

from kit.appraisal import Appraisal, Bridge
from kit.brief import Experiment, Value
from kit.report.blocks import Block, Callout, Heading, Paragraph, Rich
from kit.report.numbers.targets import NEARLY_PERFECT, beyond, ranking
from kit.report.numbers.timing import too_few
from kit.report.numbers.words import chance, days_of, lacking, percent, spread, text, whole

_HEADING = Heading(text="Do the numbers add up?", level=1)
_LIKELY = 0.2  # probability of a loss that has to be talked about first


def numbers_blocks(appraisal: Appraisal) -> tuple[Block, ...]:
    """The heading, and what stands in the way before anyone trains a model."""
    perfect = _perfect(appraisal)
    stops = [*perfect, *_money(appraisal), *_targets(appraisal), *_time(appraisal)]
    stops += [*_data(appraisal), *_impossible(appraisal)]
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
    if appraisal.timing is None or appraisal.timing.fits(appraisal.timing.most) is None:
        open_.append("whether it can be known by the date")
    if open_:
        said = "Nothing that can be worked out yet stands in the way. What cannot be worked out: "
        return f"{said}{', and '.join(open_)}."
    return "As far as the brief's numbers go, nothing stands in the way of its targets."


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
    if bridge.gain is None or bridge.worth is None or (bridge.reaches or 0.0) > _LIKELY:
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
    if fits is not None and fits < leading.recall and (found.load or 0.0) > 1:
        said = f"The flags exceed the capacity, which allows a recall of {percent(fits, 2)}"
        flags = leading.flags_per_day or (0.0, 0.0)
        said += (
            ", where volume and prevalence are in the middle of their ranges"
            if flags[0] < flags[1]
            else ""
        )
        lines.append(text(f"{said}."))
    return [*lines, *map(text, beyond(found))]


def _time(appraisal: Appraisal) -> list[Rich]:
    timing = appraisal.timing
    most = timing.most if timing else None
    if timing is None or most is None:
        return []
    if timing.fits(most) is not False and not timing.flow.too_few(timing.needs[0].per_arm):
        return []
    first = timing.needs[0]
    if timing.flow.too_few(first.per_arm):
        return [text(too_few(timing, first))]
    if timing.fits(first) is False:
        said = f"takes {days_of(first.days)}, and {timing.flow.days_available} are there."
        return [text(f"The experiment cannot end by the date: it {said}")]
    return [text("The experiment ends in time only if its looks and guardrails are not counted.")]


def _data(appraisal: Appraisal) -> list[Rich]:
    short = [one for one in appraisal.evidence.gaps if one.holds is False]
    return [
        text(
            f"The stated gap in {one.measure} cannot be seen: "
            f"{whole(one.needed or 0)} {one.counted} are needed in each group, {whole(one.available or 0)} are there."
        )
        for one in short
    ]
