"""Whether the targets hold together, as blocks."""

from __future__ import annotations

from kit.appraisal import Appraisal, Coherence, Scenario
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
NEARLY_PERFECT = 0.9999  # AUC
_RANKINGS = (
    (NEARLY_PERFECT, "a nearly perfect ranking"),
    (0.999, "an extremely good ranking"),
    (0.99, "an excellent ranking"),
    (0.95, "a very good ranking"),
    (0.9, "a good ranking"),
    (0.8, "a fair ranking"),
)


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
            "Recall that fits = capacity × precision ÷ (volume × prevalence), at most 100%. "
            "The capacity is taken as flags that people can act on, all of them acted on.",
        ),
    )


def _row(one: Scenario) -> Row:
    cells = (
        text(sentence(one.name)),
        text(percent(one.precision)),
        text(percent(one.recall)),
        text(ends_of(one.flags_per_day)) if one.flags_per_day else EMPTY,
        text(ends_of(one.false_positive_rate, percent)),
        text(ends_of(one.auc, _auc)),
        text(percent(one.recall_that_fits)) if one.recall_that_fits is not None else EMPTY,
    )
    return Row(cells=cells)


def _auc(value: float) -> str:
    """Every nine that counts, and no more digits: 0.99995, 0.994, 0.93."""
    digits = 2
    while digits < 7 and 1 - value < 10 ** (1 - digits) * 0.5:
        digits += 1
    return f"{value:.{digits}f}"


def _said(found: Coherence) -> list[str]:
    leading = found.leading
    if leading is None:
        return []
    named = {"target": "The targets", "ship at": "The ship-at values", "today": "Today's figures"}
    who = named.get(leading.name, "The figures the value rests on")
    lines = [f"{who} ({percent(leading.precision)} precision, {percent(leading.recall)} recall) "]
    lines[0] += f"leave room to flag {_one_in(max(leading.false_positive_rate))} wrongly. "
    lines[0] += f"That takes {ranking(max(leading.auc))}."
    lines += _never(found)
    return [*lines, *_load(found, leading)]


def _one_in(rate: float) -> str:
    if rate == 0:
        return "no case at all"
    if rate < 0.001:
        return f"about {rounded(rate * 1e6, 2)} in a million other cases"
    return f"{percent(rate, 2)} of the other cases"


def ranking(auc: float) -> str:
    """How good a ranking is, in words."""
    return next((words for least, words in _RANKINGS if auc >= least), "only a modest ranking")


def _never(found: Coherence) -> list[str]:
    if found.never_flagging is None:
        return []
    said = f"A model that never flags is right in {ends_of(found.never_flagging, percent)} of cases"
    target = found.accuracy_target
    if target is not None and target <= max(found.never_flagging):
        return [f"{said}, no worse than the accuracy target of {percent(target)}."]
    return [f"{said}, so accuracy says nothing here."] if min(found.never_flagging) > 0.9 else []


def _load(found: Coherence, leading: Scenario) -> list[str]:
    if found.capacity is None or leading.flags_per_day is None:
        return []
    flags, room = max(leading.flags_per_day), found.capacity.middle
    said = (
        f"{ends_of(leading.flags_per_day)} flags a day stand against a capacity of {rounded(room)}"
    )
    if flags <= room:
        return [f"{said}: they fit."]
    fits = leading.recall_that_fits or 0.0
    too_many = f"{said}: {rounded(flags / room, 2)} times too many, if all are to be handled. "
    too_many += f"At this precision, the highest recall that fits is {percent(fits, 2)}."
    if found.take_rate is None or found.take_rate.middle == 1:
        return [too_many]
    taken = found.take_rate.middle
    return [
        too_many,
        f"At the take-rate of {percent(taken, 2)}, {rounded(flags * taken)} a day are acted on.",
    ]
