"""What is wrong or odd in a file, as a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from kit.appraisal.wording import counted, listed
from kit.data import ColumnProfile, Measured, leaks, moved, repeats
from kit.data.far_out import far_out
from kit.data.measured import Gap
from kit.report.blocks import Block, Callout, Span

_SHORT = dt.timedelta(days=2)  # a gap that needs its hours told


def odd_blocks(found: Measured) -> tuple[Block, ...]:
    """A box with what somebody should look at; none where nothing is odd."""
    items = tuple((Span(text=one),) for one in oddities_of(found))
    return (
        (Callout(kind="note", title="To be looked at in the file", items=items),) if items else ()
    )


def oddities_of(found: Measured) -> Iterator[str]:
    """A sentence for each thing that somebody should look at."""
    profile, later = found.profile, found.question.later
    for oddity in profile.oddities:
        numbers = listed([*map(str, oddity.lines)])
        lines = f" ({'line' if len(oddity.lines) == 1 else 'lines'} {numbers})" if numbers else ""
        yield f"{oddity.says.rstrip('.')}{lines}."
    if count := repeats(profile):
        yield f"{counted(count, 'row repeats', 'rows repeat')} another one."
    for one in leaks(found.label) if found.label is not None else ():
        if one.column not in later:
            how = "whether it is filled" if one.by == "absence" else "it"
            yield f"{one.column}: {how} tells the label by itself ({one.measure} {one.value:.3f}); is it known by then?"
    for column in profile.columns:
        yield from _of_column(column, profile.looked_at, is_later=column.name in later)
    for gap in profile.period.gaps if profile.period is not None else ():
        yield f"No row between {_from_to(gap)}."
    for name, drift in moved(profile):
        yield f"{name} has moved between the earlier and the later half (PSI {drift.index:.2f})."


def _of_column(column: ColumnProfile, rows: int, *, is_later: bool) -> Iterator[str]:
    if column.kind == "empty":
        yield f"{column.name} is empty."
    elif column.distinct == 1 and not column.missing and not column.strange and rows > 1:
        yield f"{column.name} holds one and the same value in every row."
    if column.strange:
        shown = f", for example {column.examples[0]}" if column.examples else ""
        cells = counted(column.strange, "cell holds", "cells hold")
        yield f"{column.name}: {cells} no {column.kind}{shown}."
    if (far := far_out(column, rows)) is not None:
        yield f"{column.name} holds {far:,.12g}, far from nearly all of its numbers: does it stand for something else?"
    if column.personal is not None:
        many = f" in {counted(column.personal_cells, 'cell')}" if column.personal_cells else ""
        yield f"{column.name}: {column.personal}{many}."
    if column.spellings:
        yield f"{column.name}: one value in several spellings: {_spelt(column.spellings)}."
    if column.cut_at is not None:
        cut = counted(column.cut, "text seems", "texts seem")
        yield f"{column.name}: {cut} to be cut at {column.cut_at} characters."
    if column.span is not None and column.span.future and not is_later:
        yield f"{column.name}: {counted(column.span.future, 'date lies', 'dates lie')} in the future."


def _spelt(spellings: tuple[tuple[str, ...], ...]) -> str:
    shown = listed(spellings[0][:4])
    rest = len(spellings) - 1
    return f"{shown}, and {counted(rest, 'more such group')}" if rest else shown


def _from_to(gap: Gap) -> str:
    """The ends of a gap, with their hours where it is short."""
    form = "%Y-%m-%d %H:%M" if gap.end - gap.start < _SHORT else "%Y-%m-%d"
    return f"{gap.start:{form}} and {gap.end:{form}}"
