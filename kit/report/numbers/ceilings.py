"""What caps the result however good the model gets, as blocks."""

from __future__ import annotations

from kit.appraisal import Appraisal, Ceiling, Ceilings
from kit.appraisal.wording import chance
from kit.report.blocks import Block, Column, Heading, Row
from kit.report.numbers.words import (
    lacking,
    method,
    money,
    percent,
    seconds,
    sentence,
    spread,
    text,
    verdict,
    wrong,
)
from kit.report.wording import EMPTY, table

_HEADING = Heading(text="What caps it?")
_NOISE = (
    "Label noise e follows from agreement A of two annotators as (1 − √(2A − 1)) ÷ 2, when both err equally often "
    "and independently. Against such labels a perfect model has an accuracy and a precision of 1 − e, and with the "
    "prevalence p a recall of p(1 − e) ÷ (p(1 − e) + (1 − p)e), or of 1 − e where no prevalence is known. That "
    "takes labels of true and of other cases to be wrong equally often; where they are not, precision and recall "
    "may reach more, so that more than this is not ruled out."
)
_COLUMNS = (
    Column(name="Ceiling", weight=1.6),
    Column(name="Within reach", align="right", weight=1.5),
    Column(name="Wanted", align="right", weight=1.5),
    Column(name="Holds", weight=0.7),
    Column(name="Because", weight=2.6),
)


def ceilings_blocks(appraisal: Appraisal) -> tuple[Block, ...]:
    """Each ceiling beside what the brief wants."""
    found = appraisal.ceilings
    rows = [*_perfect(found), *(_row(one, found.currency) for one in found.rows)]
    what = "The ceilings"
    boxes = (*wrong(found.faults, what), *(lacking(appraisal, found.missing, what) if rows else ()))
    if not rows:
        return (_HEADING, *boxes) if boxes else ()
    return (
        _HEADING,
        table(_COLUMNS, rows, keep=2),
        *boxes,
        method(
            "A perfect model has precision = recall = 100%, an error of 0, and all that it gives is accepted; "
            "take-rate, capacity and volume stay as they are. Its gain, before any cost, stands against the goal's "
            "worth per year.",
            *((_NOISE,) if any("labels" in one.name for one in found.rows) else ()),
        ),
    )


def _perfect(found: Ceilings) -> list[Row]:
    perfect = found.perfect
    if perfect is None:
        return []
    holds = "no" if perfect.falls_short else "yes" if perfect.reaches > 0.95 else "in doubt"
    return [
        Row(
            cells=(
                text("Gain of a perfect model, a year"),
                text(spread(perfect.gain, found.currency)),
                text(spread(perfect.worth, found.currency)),
                text(holds),
                text(f"probability that it reaches the goal's worth: {chance(perfect.reaches)}"),
            )
        )
    ]


def _row(one: Ceiling, currency: str) -> Row:
    wanted = text(amount_of(one, one.wanted, currency)) if one.wanted is not None else EMPTY
    return Row(
        cells=(
            text(sentence(one.name)),
            text(amount_of(one, one.reach, currency)),
            wanted,
            text(verdict(one.holds)) if one.wanted is not None else EMPTY,
            text(one.because),
        )
    )


def amount_of(one: Ceiling, value: float, currency: str) -> str:
    """A figure of a ceiling in its unit."""
    match one.unit:
        case "share":
            return percent(value)
        case "s":
            return seconds(value)
        case _:
            return money(value, currency)
