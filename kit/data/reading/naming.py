"""Names of columns that nobody has to guess at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kit.data.measured import Oddity
from kit.errors import visible

_LONG = 120  # characters of a name that are kept


def unique_names(header: Sequence[str]) -> tuple[tuple[str, ...], tuple[Oddity, ...]]:
    """The header's names, each once: blanks numbered, and repeated ones, too."""
    names: list[str] = []
    taken: set[str] = set()
    for at, text in enumerate(header, start=1):
        base = name = visible(" ".join(text.replace("\0", "").split()))[:_LONG] or f"column {at}"
        number = 2
        while name in taken:
            name, number = f"{base} ({number})", number + 1
        taken.add(name)
        names.append(name)
    return tuple(names), _oddities(header)


def _oddities(header: Sequence[str]) -> tuple[Oddity, ...]:
    counts = Counter(text.strip() for text in header if text.strip())
    repeated = [name for name, count in counts.items() if count > 1]
    blank = len(header) - counts.total() if counts else 0
    found = []
    if repeated:
        shown = ", ".join(visible(name)[:_LONG] for name in repeated[:5])
        says = f"The header names some columns more than once: {shown}. They are numbered."
        found.append(Oddity(trait="heading", count=len(repeated), says=says))
    if blank:
        says = f"{blank} columns have no name. They are numbered." if blank > 1 else "1 column has no name."
        found.append(Oddity(trait="heading", count=blank, says=says))
    return tuple(found)
