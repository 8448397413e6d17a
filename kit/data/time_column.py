"""The column that says when a row happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kit.data.measured import Question

if TYPE_CHECKING:
    from kit.data.reading.table import Column, Table


def time_of(table: Table, question: Question) -> Column | None:
    """The column named, where it holds dates, else the only one of dates without a gap; None where there is none."""
    if question.time is not None:
        named = table.column(question.time)
        return named if named is not None and named.kind == "date" else None
    dated = [one for one in table.columns if one.kind == "date" and not one.missing]
    return dated[0] if len(dated) == 1 else None
