"""How answers read: numbers with their unit and mark, dates, "not applicable", and gaps."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kit.brief import NotApplicable, Quantity
from kit.report.blocks import Callout, Column, Fact, Facts, Mark, Rich, Row, Span, Table, text_of
from kit.report.markup import rich

EMPTY: Rich = (Span(text="–"),)


def number(value: float, *, scale_of: float | None = None) -> str:
    """A number as people read it: 48,000; 1.2 million; −0.5.

    Millions and billions follow `scale_of`, so that the ends of a range are written alike.
    """
    sign, size = ("−" if value < 0 else ""), abs(value)
    scale, word = _scale(abs(value if scale_of is None else scale_of))
    if word:
        return f"{sign}{size / scale:.4g}{word}"
    return f"{sign}{size:,.10g}" if size >= 1000 else sign + _plain(size)


def _scale(size: float) -> tuple[float, str]:
    for scale, word in ((1e9, " billion"), (1e6, " million")):
        if size >= scale:
            return scale, word
    return 1.0, ""


def _plain(size: float) -> str:
    """Small numbers without an exponent: 0.00004 rather than 4e-05."""
    return f"{size:.15g}" if size == 0 or size >= 1e-4 else f"{size:.12f}".rstrip("0")


def amount(quantity: Quantity, *, signed: bool = False, unit: str | None = None) -> str:
    """A quantity as text: "5%", "0.8 to 1.6 million USD/year", "+15%"."""
    unit = quantity.unit or unit or ""
    if quantity.value is not None:
        said = number(quantity.value)
        plus = "+" if signed and quantity.value > 0 else ""
        return f"{plus}{said}{_spaced(unit)}"
    low, high = quantity.low or 0.0, quantity.high or 0.0
    start, end = number(low, scale_of=high), number(high)
    # "10% to 30%", but "0.8 to 1.6 million USD/year": the percent sign belongs to its number.
    if unit.startswith("%"):
        return f"{start}% to {end}{unit}"
    return f"{start.removesuffix(_scale(abs(high))[1])} to {end}{_spaced(unit)}"


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
    return f"{date.day} {date:%B %Y}"


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
    return rich(str(answer))


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
