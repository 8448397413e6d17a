"""Whether the targets hold together, as blocks."""

from __future__ import annotations

from kit.appraisal import Appraisal, Coherence, Scenario
from kit.appraisal.ranking import in_nines, ranking
from kit.report.blocks import Block, Column, Heading, Paragraph, Row
from kit.report.numbers.pictures import cases_picture
from kit.report.numbers.words import (
    ends_of,
    lacking,
    method,
    percent,
    rounded,
    sentence,
    text,
    wrong,
)
from kit.report.wording import EMPTY, table

_HEADING = Heading(text="Do the targets hold together?")
_COLUMNS = (
    Column(name="", weight=1.5),
    Column(name="Precision", align="right"),
    Column(name="Recall", align="right"),
    Column(name="Flags a day", align="right"),
    Column(name="False-positive rate", weight=1.2, align="right"),
    Column(name="Ranking (AUC)", align="right"),
    Column(name="Recall that fits", align="right"),
)
_ROUNDED = 0.005  # half a point: targets are written in whole ones


def targets_blocks(appraisal: Appraisal) -> tuple[Block, ...]:
    """Flags, false-positive rate and ranking that the targets imply."""
    found = appraisal.coherence
    faults = (*appraisal.wrong_ways, *(found.faults if found else ()))
    what = "Whether the targets hold together"
    boxes = (*wrong(faults, what), *lacking(appraisal, found.missing if found else (), what))
    if found is None or not found.scenarios:
        return (_HEADING, *boxes) if boxes else ()
    rows = [_row(one) for one in found.scenarios]
    return (
        _HEADING,
        *(Paragraph(spans=text(line)) for line in _said(found)),
        table(_COLUMNS, rows, keep=3),
        *cases_picture(found),
        *boxes,
        method(
            "Flags = volume × prevalence × recall ÷ precision. False-positive rate = prevalence × recall × "
            "(1 − precision) ÷ (precision × (1 − prevalence)): share of the other cases that is flagged.",
            "AUC needed: Φ((z(recall) − z(false-positive rate)) ÷ √2), a heuristic that takes the scores of "
            "both classes as normal with one variance (Hanley 1988).",
            "Recall that fits = capacity × precision ÷ (volume × prevalence × take-rate), at most 100%. "
            "The capacity is taken as flags that people can act on"
            + (", all of them acted on." if found.take_rate is None else "."),
        ),
    )


def _row(one: Scenario) -> Row:
    cells = (
        text(sentence(one.name)),
        text(percent(one.precision)),
        text(percent(one.recall)),
        text(ends_of(one.flags_per_day)) if one.flags_per_day else EMPTY,
        text(ends_of(one.false_positive_rate, percent)),
        text(ends_of(one.auc, in_nines)),
        text(percent(one.recall_that_fits)) if one.recall_that_fits is not None else EMPTY,
    )
    return Row(cells=cells)


def _said(found: Coherence) -> list[str]:
    leading = found.leading
    if leading is None:
        return []
    named = {"target": "The targets", "ship at": "The ship-at values", "today": "Today's figures"}
    who = named.get(leading.name, "The figures the value rests on")
    lines = [f"{who} ({percent(leading.precision)} precision, {percent(leading.recall)} recall) "]
    lines[0] += f"leave {_room(leading.false_positive_rate)}. "
    lines[0] += f"That takes {ranking(max(leading.auc))}."
    lines += _never(found)
    lines += beyond(found)
    return [*lines, *_load(found, leading)]


def _room(rates: tuple[float, float]) -> str:
    if max(rates) == 0:
        return "no room to flag any other case"
    if max(rates) < 0.001:
        few = ends_of(rates, lambda rate: rounded(rate * 1e6, 2))
        return f"room to flag about {few} in a million other cases wrongly"
    return (
        f"room to flag {ends_of(rates, lambda rate: percent(rate, 2))} of the other cases wrongly"
    )


def beyond(found: Coherence) -> list[str]:
    """What does not fit the targets: scores that follow from them, and what the value takes for granted."""
    leading, assumed = found.leading, found.assumed
    lines = [
        f"The target of {percent(one.wanted)} for {one.name} ({one.key}) does not fit: this precision and "
        f"recall make {percent(one.follows)} of it at best."
        for one in found.beyond
    ]
    if leading is None or assumed is None or assumed.measured or leading.name != "target":
        return lines
    higher = [
        f"a {name} of at least {percent(least, 2)} where the target is {percent(aimed, 2)}"
        for name, least, aimed in (
            ("precision", assumed.least[0], leading.precision),
            ("recall", assumed.least[1], leading.recall),
        )
        if least > aimed + _ROUNDED
    ]
    if higher:
        lines.append(f"What it is worth takes {' and '.join(higher)}: more than is aimed for.")
    return lines


def _never(found: Coherence) -> list[str]:
    if found.never_flagging is None:
        return []
    said = f"A model that never flags is right in {ends_of(found.never_flagging, percent)} of cases"
    target = found.accuracy_target
    if target is not None and target <= max(found.never_flagging):
        return [f"{said}, no worse than the accuracy target of {percent(target)}."]
    return [f"{said}, so accuracy says nothing here."] if min(found.never_flagging) > 0.9 else []


def _load(found: Coherence, leading: Scenario) -> list[str]:
    """The flags that people act on against those that they have the time for."""
    acted, taken = found.acted_per_day, found.take_rate
    if found.capacity is None or acted is None or leading.flags_per_day is None:
        return []
    room = found.capacity.middle
    said = f"{ends_of(leading.flags_per_day)} flags a day"
    if taken is not None and taken.middle < 1:
        about = "about " if taken.is_range else ""
        said += (
            f", of which people act on {about}{percent(taken.middle, 2)}, that is {ends_of(acted)},"
        )
    said += f" stand against a capacity of {rounded(room)}"
    if not found.overflows:
        return [f"{said}: they fit."]
    fits = leading.recall_that_fits or 0.0
    end = " at the upper end" if acted[0] < acted[1] else ""
    lower = " At the lower end they fit." if acted[0] <= room else ""
    middle = ", volume and prevalence in the middle of their ranges" if end else ""
    times = f"{rounded(acted[1] / room, 2)} times as many as it holds{end}"
    return [f"{said}: {times}.{lower} The highest recall that fits is {percent(fits, 2)}{middle}."]
