"""What is wrong or odd in a file, as a list."""

from __future__ import annotations

from collections.abc import Iterator

from kit.data import ColumnProfile, Measured, leaks, moved, repeats
from kit.report.blocks import Block, Callout, Span


def odd_blocks(found: Measured) -> tuple[Block, ...]:
    """A box with what somebody should look at; none where nothing is odd."""
    items = tuple((Span(text=one),) for one in _odd(found))
    return (
        (Callout(kind="note", title="To be looked at in the file", items=items),) if items else ()
    )


def _odd(found: Measured) -> Iterator[str]:
    profile = found.profile
    for oddity in profile.oddities:
        lines = f" (line {', '.join(map(str, oddity.lines))})" if oddity.lines else ""
        yield f"{oddity.says.rstrip('.')}{lines}."
    if count := repeats(profile):
        yield "1 row repeats another one." if count == 1 else f"{count:,} rows repeat another one."
    if found.label is not None:
        for one in leaks(found.label):
            how = "whether it is filled" if one.by == "absence" else "it"
            yield f"{one.column}: {how} tells the label by itself ({one.measure} {one.value:.3f}); is it known by then?"
    for column in profile.columns:
        yield from _of_column(column, profile.looked_at)
    if profile.period is not None:
        for gap in profile.period.gaps:
            yield f"No row between {gap.start:%Y-%m-%d} and {gap.end:%Y-%m-%d}."
    for name, drift in moved(profile):
        yield f"{name} has moved between the earlier and the later half (PSI {drift.index:.2f})."


def _of_column(column: ColumnProfile, rows: int) -> Iterator[str]:
    if column.kind == "empty":
        yield f"{column.name} is empty."
    elif column.distinct == 1 and column.missing == 0 and rows > 1:
        yield f"{column.name} holds one and the same value in every row."
    if column.strange:
        shown = f", for example {column.examples[0]}" if column.examples else ""
        yield f"{column.name}: {column.strange:,} cells hold no {column.kind}{shown}."
    if column.personal is not None:
        many = f" in {column.personal_cells:,} cells" if column.personal_cells else ""
        yield f"{column.name}: {column.personal}{many}."
    if column.spellings:
        group = ", ".join(column.spellings[0][:4])
        more = (
            f", and {len(column.spellings) - 1} more such groups"
            if len(column.spellings) > 1
            else ""
        )
        yield f"{column.name}: one value in several spellings: {group}{more}."
    if column.cut_at is not None:
        yield f"{column.name}: {column.cut:,} texts seem to be cut at {column.cut_at} characters."
    if column.span is not None and column.span.future:
        yield f"{column.name}: {column.span.future:,} dates lie in the future."
