"""Names of columns that nobody has to guess at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pyarrow as pa

from kit.data.read_as import Oddity
from kit.data.reading.refusal import RefusedError
from kit.errors import visible

MOST_COLUMNS = 5_000
_LONG = 120  # characters of a name that are kept
_SHOWN = 5  # names in a message


def refuse_many(columns: int) -> None:
    """Raise a `RefusedError` where there are more columns than anybody can look at."""
    if columns > MOST_COLUMNS:
        raise RefusedError(
            f"at most {MOST_COLUMNS:,} columns", f"{columns:,}", "Attach a file with fewer."
        )


def named_columns(
    header: Sequence[str], columns: Sequence[pa.Array], *, named: bool
) -> tuple[tuple[str, ...], tuple[pa.Array, ...], tuple[Oddity, ...]]:
    """Names, columns and what is odd about the header; a column with neither name nor cell is left out."""
    kept = [
        at
        for at, (text, column) in enumerate(zip(header, columns, strict=True))
        if not named or text.strip() or column.null_count < len(column)
    ]
    names = unique_names([header[at] for at in kept])
    oddities = _oddities([header[at] for at in kept]) if named else ()
    left_out = len(header) - len(kept)
    if left_out:
        has = "1 column has" if left_out == 1 else f"{left_out:,} columns have"
        says = f"{has} neither a name nor a cell; left out."
        oddities = (*oddities, Oddity(trait="layout", count=left_out, says=says))
    return names, tuple(columns[at] for at in kept), oddities


def unique_names(header: Sequence[str]) -> tuple[str, ...]:
    """The header's names, each once: in one line and cut, blank and repeated ones numbered."""
    names: list[str] = []
    taken = set[str]()
    numbers = Counter[str]()  # that were given to a repeated name
    for at, text in enumerate(header, start=1):
        base = name = _shown(text) or f"column {at}"
        while name in taken:
            numbers[base] += 1
            name = f"{base} ({numbers[base] + 1})"
        taken.add(name)
        names.append(name)
    return tuple(names)


def _shown(text: str) -> str:
    # Cut first: a name may be megabytes long.
    return visible(" ".join(text[: 10 * _LONG].replace("\0", "").split()))[:_LONG]


def _oddities(header: Sequence[str]) -> tuple[Oddity, ...]:
    counts = Counter(text.strip() for text in header if text.strip())
    repeated = [name for name, count in counts.items() if count > 1]
    blank = len(header) - counts.total()
    found = []
    if repeated:
        shown = ", ".join(map(_shown, repeated[:_SHOWN]))
        shown += f" and {len(repeated) - _SHOWN:,} more" if len(repeated) > _SHOWN else ""
        says = f"The header names some columns more than once: {shown}. They are numbered."
        found.append(Oddity(trait="heading", count=len(repeated), says=says))
    if blank:
        says = (
            f"{blank} columns have no name; they are numbered."
            if blank > 1
            else "1 column has no name; it is numbered."
        )
        found.append(Oddity(trait="heading", count=blank, says=says))
    return tuple(found)
