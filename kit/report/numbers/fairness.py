"""Whether the stated groups and rows can show what is wanted, as blocks."""

from __future__ import annotations

from kit.appraisal import Appraisal, Evidence, GapCheck, SizeCheck
from kit.appraisal.wording import points, whole
from kit.report.blocks import Block, Column, Heading, Paragraph, Rich, Row
from kit.report.numbers.words import (
    lacking,
    method,
    percent,
    rounded,
    sentence,
    text,
    verdict,
    wrong,
)
from kit.report.wording import EMPTY, table

_HEADING = Heading(text="Can the data show it?")
_COLUMNS = (
    Column(name="To show", weight=2.3),
    Column(name="Needed", align="right", weight=0.9),
    Column(name="There", align="right", weight=0.9),
    Column(name="Counted", weight=1.4),
    Column(name="Enough", weight=0.8),
    Column(name="Smallest gap to be seen", align="right", weight=1.0),
    Column(name="Gap by chance", align="right"),
)


def fairness_blocks(appraisal: Appraisal) -> tuple[Block, ...]:
    """Each gap and each figure, with the cases it takes and those that are there."""
    found = appraisal.evidence
    rows = [_gap(one) for one in found.gaps if one.needed is not None]
    rows += [_size(one) for one in found.sizes]
    what = "Fairness and data size"
    missing = (*(key for one in found.gaps for key in one.missing), *found.missing)
    asked = bool(found.gaps or found.sizes)
    boxes = (*wrong(found.faults, what), *(lacking(appraisal, missing, what) if asked else ()))
    if not asked:
        return ()
    return (
        _HEADING,
        *((table(_COLUMNS, rows, keep=3),) if rows else ()),
        *_silent(found),
        *boxes,
        *((_method(found),) if rows else ()),
    )


def _gap(one: GapCheck) -> Row:
    rate, gap, other = one.rate or 0.0, one.gap or 0.0, one.other or 0.0
    label = f"a gap of {points(gap)} in {one.measure}, {percent(rate)} against {percent(other)}"
    if one.groups:
        label += f" ({', '.join(one.groups)})"
    return Row(
        cells=(
            text(sentence(label)),
            text(whole(one.needed or 0.0)),
            _count(one.available),
            text(f"{one.counted} in each group"),
            text(verdict(one.holds)),
            text(_points(one.visible)) if one.visible is not None else EMPTY,
            text(_points(one.by_chance)) if one.by_chance is not None else EMPTY,
        )
    )


def _size(one: SizeCheck) -> Row:
    return Row(
        cells=(
            text(sentence(one.label)),
            text(whole(one.needed)) if one.needed is not None else EMPTY,
            _count(one.available),
            text(f"{one.counted} to test on"),
            text(verdict(one.holds)),
            EMPTY,
            EMPTY,
        )
    )


def _count(available: float | None) -> Rich:
    return text(rounded(available)) if available is not None else EMPTY


def _points(gap: float) -> str:
    return "none" if gap == float("inf") else points(gap, 2)


def _silent(found: Evidence) -> tuple[Block, ...]:
    """Why something is not worked out, though nothing is missing."""
    reasons = [one.why_not for one in found.gaps if one.why_not]
    if any(one.needed is None for one in found.sizes):
        reasons.append("for a recall of 100% the formula gives no number of cases")
    if found.uncounted:
        keys = " and ".join(found.uncounted)
        reasons.append(f"{keys} counts neither rows nor cases of this brief")
    if not reasons:
        return ()
    said = "; ".join(dict.fromkeys(reasons))
    return (Paragraph(spans=text(f"Not worked out: {said}.")),)


def _method(found: Evidence) -> Block:
    rows = (
        f" There are {rounded(found.rows)} of them, from {found.rows_from}." if found.rows else ""
    )
    gaps = (
        "Gap between groups: two-proportion formula, alpha 5% two-sided, power 80%, by the smallest group.",
        "Gap by chance: expected range of equal groups without any true gap (Tippett 1925).",
    )
    there = (
        "There = labelled cases × prevalence (or × the share of other cases, or × flags per case) × share of the "
        f"smallest group. A source with more rows than there are cases counts the cases.{rows}"
    )
    sizes = (
        "Recall to a margin: z² × recall × (1 − recall) ÷ margin². Precision above a floor: one-sided test of "
        "one proportion, alpha 5%, power 80%."
    )
    sized = any(one.needed is not None for one in found.gaps)
    return method(*(gaps if sized else ()), there, *((sizes,) if found.sizes else ()))
