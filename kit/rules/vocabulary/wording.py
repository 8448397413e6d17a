"""Words that several rules say."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kit.appraisal.reading import said
from kit.brief import Quantity
from kit.brief.units import split_rate

_LARGEST = 1e15  # beyond, digits are harder to read than an exponent
_SMALLEST = 1e-9
_NEARLY_ALL = 0.99


def figure(value: float, digits: int = 3) -> str:
    """A number to so many digits, without an exponent at any ordinary size: 1,230; 7.2; 0.0004."""
    shown = f"{value:.{digits}g}"
    if value and not _SMALLEST <= abs(value) < _LARGEST:
        return shown
    return f"{Decimal(shown):,f}"


def more_or_less(value: float) -> str:
    """The same with its sign: +12, -3.5."""
    return f"{'+' if value > 0 else ''}{figure(value)}"


def a_day(number: float, given: Quantity | None) -> str:
    """A number a day, with what the brief says where that is another time: "65.7 a day (2000/month)"."""
    there = said(given) if given else ""
    written = f" ({there})" if split_rate((given.unit or "") if given else "")[1] != "day" else ""
    return f"{figure(number)} a day{written}"


def precise(share: float) -> str:
    """A share in percent, with more digits where it is nearly 100%."""
    return f"{figure(share * 100, 6 if share > _NEARLY_ALL else 3)}%"


def lowered(sentence: str) -> str:
    """A sentence as it stands behind a colon: without the capital of its first word."""
    return f"{sentence[:1].lower()}{sentence[1:]}"


def quoted(text: str, most: int = 60) -> str:
    """The beginning of a text in quotation marks, in one line and without its stop."""
    line = " ".join(text.split()).rstrip(" .;,")
    short = line if len(line) <= most else f"{line[: most - 3].rstrip()}..."
    return f'"{short}"'


def first_of(names: Sequence[str], most: int = 5) -> str:
    """The first few of many names: a, b, c, d, e and 4 more."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{', '.join(names[:most])}{more}"
