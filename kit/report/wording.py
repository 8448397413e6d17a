"""How answers read: numbers with their unit and mark, dates, "not applicable", and gaps."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal
from typing import Any

from kit.brief import NotApplicable, Quantity
from kit.report.blocks import (
    Block,
    Callout,
    Column,
    Fact,
    Facts,
    Item,
    List,
    Mark,
    Paragraph,
    Rich,
    Row,
    Span,
    Table,
    text_of,
)
from kit.report.markup import rich, small
from kit.report.structure import long_date

_TYPED = re.compile(r"`([^`]+)`")
EMPTY: Rich = (Span(text="–"),)


def number(value: float, *, scale: float = 0.0) -> str:
    """A number as people read it: 48,000; 1.2 million; −0.5.

    It is put into words of `scale`, or of its own, only where that loses no digit.
    """
    sign, size = ("−" if value < 0 else ""), abs(value)
    if size >= _LONGEST:
        return f"{sign}{size:g}"
    unit, word = _word(scale or _scale(size))
    return f"{sign}{_digits(size / unit)}{word}"


def _scale(*sizes: float) -> float:
    """The largest of a billion and a million that all sizes read well in, or 1."""
    for unit, _ in _WORDS:
        if max(sizes) >= unit and all(
            math.isclose(float(f"{n / unit:.4g}") * unit, n, rel_tol=1e-12) for n in sizes
        ):
            return unit
    return 1.0


_WORDS = ((1e9, " billion"), (1e6, " million"))


def _word(scale: float) -> tuple[float, str]:
    return next(((unit, word) for unit, word in _WORDS if unit == scale), (1.0, ""))


_LONGEST = 1e15  # beyond it digits are not read any more


def _digits(size: float) -> str:
    """Every digit that was written, without an exponent: 0.00004 rather than 4e-05."""
    digits = f"{Decimal(repr(size)):,f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def amount(quantity: Quantity, *, signed: bool = False, unit: str | None = None) -> str:
    """A quantity as text: "5%", "0.8 to 1.6 million USD/year", "+15%"."""
    unit = quantity.unit or unit or ""
    if quantity.value is not None:
        said = number(quantity.value)
        plus = "+" if signed and quantity.value > 0 else ""
        return f"{plus}{said}{_spaced(unit)}"
    low, high = quantity.low or 0.0, quantity.high or 0.0
    scale = _scale(abs(low), abs(high))
    start, end = number(low, scale=scale), number(high, scale=scale)
    # "10% to 30%", but "0.8 to 1.6 million USD/year": the percent sign belongs to its number.
    if unit.startswith("%"):
        return f"{start}% to {end}{unit}"
    return f"{start.removesuffix(_word(scale)[1])} to {end}{_spaced(unit)}"


def _spaced(unit: str) -> str:
    if not unit:
        return ""
    return unit if unit[0] in "%/" else f"\u00a0{unit}"


def provenance(quantity: Quantity) -> Mark:
    """Where a number is from; "unsaid" where the brief does not say."""
    return quantity.from_ or "unsaid"


def figure(quantity: Quantity, *, signed: bool = False, unit: str | None = None) -> Rich:
    """A quantity with its provenance mark."""
    return (Span(text=amount(quantity, signed=signed, unit=unit), mark=provenance(quantity)),)


def setting(answer: Any, *, missing: str | None = None) -> Rich:
    """A choice, such as a limit or a length of time: a number in it has a mark only where one was given."""
    if isinstance(answer, Quantity):
        return (Span(text=amount(answer), mark=answer.from_),)
    return cell(answer, missing=missing)


def day(date: dt.date) -> str:
    """A date as people read it: 31 March 2027."""
    return long_date(date.isoformat())


def source_of(quantity: Quantity) -> str:
    """Source and date of a number, as far as they are said."""
    said = [quantity.source or "", day(quantity.on) if quantity.on else ""]
    return ", ".join(part for part in said if part)


def gap(said: str = "not stated") -> Rich:
    """A visible hole."""
    return (Span(text=said, gap=True),)


def absent(answer: NotApplicable) -> Rich:
    """A "not applicable" with its reason."""
    return (Span(text="Not applicable: ", italic=True), *rich(answer.reason))


def told(answer: Any, *, missing: str | None = "not stated") -> Rich:
    """Any answer as a run of text; a gap, or nothing, where there is none."""
    match answer:
        case None | []:
            return gap(missing) if missing else ()
        case NotApplicable():
            return absent(answer)
        case Quantity():
            return figure(answer)
        case bool():
            return (Span(text="yes" if answer else "no"),)
        case dt.date():
            return (Span(text=day(answer)),)
        case int():
            return (Span(text=number(answer)),)
        case list():
            return _joined(answer)
    return _lines(str(answer))


def _lines(text: str) -> Rich:
    """A text where blocks cannot stand: each paragraph and each entry of a list on a line of its own."""
    if "\n" not in text:
        return rich(text)
    spans: list[Span] = []
    for block in small(text):
        for line in _lines_of(block):
            spans += [Span(text="\n")] if spans else []
            spans += line
    return tuple(spans)


def _lines_of(block: Block) -> list[Rich]:
    match block:
        case List(items=items, ordered=ordered):
            return [
                (Span(text=_bullet(item, at, ordered=ordered)), *item.spans)
                for at, item in enumerate(items, 1)
            ]
        case Paragraph(spans=spans):
            return [spans]
    return []


def _bullet(item: Item, at: int, *, ordered: bool) -> str:
    indent = "\u2003" * item.depth
    return f"{indent}{item.number or at}. " if ordered else f"{indent}• "


def _joined(answers: list[Any]) -> Rich:
    parts: list[Span] = []
    for answer in answers:
        parts += [Span(text=", ")] if parts else []
        parts += told(answer)
    return tuple(parts)


def cell(answer: Any, *, missing: str | None = None) -> Rich:
    """An answer in a table, where a dash stands for nothing."""
    return told(answer, missing=missing) or EMPTY


def fact(label: str, answer: Any, *, needed: bool = False) -> Fact | None:
    """A labelled answer; None where there is no answer and none is needed."""
    value = told(answer, missing="not stated" if needed else None)
    return Fact(label=label, value=value) if value else None


def choice(label: str, answer: Any, *, needed: bool = False) -> Fact | None:
    """A labelled choice; its number needs no provenance."""
    if isinstance(answer, Quantity):
        return Fact(label=label, value=setting(answer))
    return fact(label, answer, needed=needed)


def facts(*items: Fact | None) -> tuple[Facts, ...]:
    """The facts that are there, as one block or none."""
    there = tuple(item for item in items if item)
    return (Facts(items=there),) if there else ()


def coded(said: str) -> Rich:
    """A sentence with what is to be typed, which stands between backticks, as code."""
    parts = enumerate(_TYPED.split(said))
    return tuple(Span(text=part, code=at % 2 == 1) for at, part in parts if part)


def missing(title: str, remedy: str) -> Callout:
    """A box that stands where a part of the brief should be."""
    return Callout(kind="gap", title=title, items=(rich(remedy),))


def table(
    columns: tuple[Column, ...], rows: list[Row], *, caption: str | None = None, keep: int = 1
) -> Table:
    """A table without the columns in which no row says anything; the first `keep` always stay."""
    used = [
        at
        for at in range(len(columns))
        if at < keep or any(text_of(row.cells[at]) != text_of(EMPTY) for row in rows)
    ]
    return Table(
        columns=tuple(columns[at] for at in used),
        rows=tuple(Row(cells=tuple(row.cells[at] for at in used), group=row.group) for row in rows),
        caption=caption,
    )
