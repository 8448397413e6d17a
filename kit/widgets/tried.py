"""The figures of the brief beside those of other values, as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from kit.appraisal import Figures, WhatIf
from kit.appraisal.ranking import ranking
from kit.appraisal.wording import chance
from kit.numbers.uncertainty import Interval
from kit.report.numbers.words import money, percent, rounded, spread

UNKNOWN = "–"


@dataclass(frozen=True, kw_only=True)
class _Line:
    """A figure by name, and how to read it out of the figures."""

    name: str
    said: Callable[[Figures], str | None]
    number: Callable[[Figures], float | None] | None = None  # to say which way it moved


def figures_table(what_if: WhatIf, brief: Figures, tried: Figures | None) -> str:
    """HTML: a line for every figure that one of the two has; `tried` is None where nothing is moved."""
    both = [one for one in (brief, tried) if one is not None]
    rows = [
        f'<tr><th scope="row">{escape(line.name)}</th>'
        f"<td>{_said(line, brief)}</td><td>{_beside(line, brief, tried)}</td></tr>"
        for line in _lines(what_if)
        if any(line.said(one) is not None for one in both)
    ]
    if any(one.net for one in both):
        rows.insert(1, _bars(brief.net, tried.net if tried else None))
    notes = "".join(_notes(one) for one in both[-1:])
    head = '<tr><td></td><th scope="col">In the brief</th><th scope="col">What if</th></tr>'
    table = f'<table class="ff-figures"><thead>{head}</thead><tbody>{"".join(rows)}</tbody></table>'
    return (table if rows else "") + notes


def spoken(what_if: WhatIf, tried: Figures) -> str:
    """The figures that matter most in one sentence, for those who listen."""
    if tried.impossible:
        return " ".join(tried.impossible)
    if tried.net is None or tried.loss is None:
        return f"Not known without {', '.join(tried.missing)}."
    net = money(tried.net.median, what_if.currency)
    return f"What if: {net} a year, probability of a loss {chance(tried.loss)}."


def _lines(what_if: WhatIf) -> list[_Line]:
    currency, capacity = what_if.currency, what_if.capacity_per_day
    room = f", capacity {rounded(capacity)}" if capacity is not None else ""
    return [
        _Line(
            name="A year, all costs off",
            said=lambda one: _money(one.net, currency),
            number=lambda one: one.net.median if one.net else None,
        ),
        _Line(
            name="Probability of a loss",
            said=lambda one: None if one.loss is None else chance(one.loss),
            number=lambda one: None if one.loss is None else round(one.loss, 3),
        ),
        _Line(
            name=f"Flags a day{room}",
            said=lambda one: _plain(one.flags_per_day, rounded),
            number=lambda one: one.flags_per_day,
        ),
        _Line(
            name="Other cases flagged wrongly",
            said=lambda one: _plain(one.false_positive_rate, percent),
            number=lambda one: one.false_positive_rate,
        ),
        _Line(name="What it takes", said=lambda one: _plain(one.auc, ranking)),
        _Line(
            name="Highest recall that fits",
            said=lambda one: _plain(one.recall_that_fits, percent),
            number=lambda one: one.recall_that_fits,
        ),
        _Line(name="Precision that pays", said=_paying),
    ]


def _plain(value: float | None, show: Callable[[float], str]) -> str | None:
    return None if value is None else show(value)


def _money(net: Interval | None, currency: str) -> str | None:
    return None if net is None else f"{money(net.median, currency)} ({spread(net, currency)})"


def _paying(one: Figures) -> str | None:
    if one.break_even is None:
        return None
    return "none is enough" if one.break_even > 1 else f"from {percent(one.break_even, 2)}"


def _said(line: _Line, one: Figures) -> str:
    return escape(line.said(one) or UNKNOWN)


def _beside(line: _Line, brief: Figures, tried: Figures | None) -> str:
    if tried is None:
        return '<span class="ff-help">move a slider</span>' if line.number else ""
    return f"{_said(line, tried)}{_moved(line, brief, tried)}"


def _moved(line: _Line, brief: Figures, tried: Figures) -> str:
    """An arrow and a word where a figure went up or down."""
    before, after = (line.number(one) if line.number else None for one in (brief, tried))
    if before is None or after is None or line.said(brief) == line.said(tried):
        return ""
    arrow, word = ("▲", "more") if after > before else ("▼", "less")
    return f' <span class="ff-moved-{word}">{arrow} {word}</span>'


def _bars(brief: Interval | None, tried: Interval | None) -> str:
    """Both ranges on one scale with the line of break-even: for the eye, the words stand above."""
    shown = [one for one in (brief, tried) if one is not None]
    low = min(0.0, *(one.low for one in shown))
    high = max(0.0, *(one.high for one in shown))
    span = (high - low) or 1.0
    cells = [_bar(one, low, span) if one else "" for one in (brief, tried)]
    return f'<tr class="ff-bars" aria-hidden="true"><th></th><td>{cells[0]}</td><td>{cells[1]}</td></tr>'


def _bar(one: Interval, low: float, span: float) -> str:
    left, middle, right = (100 * (end - low) / span for end in (one.low, one.median, one.high))
    zero = 100 * (0.0 - low) / span
    return (
        f'<div class="ff-bar"><i style="left:{zero:.2f}%"></i>'
        f'<span style="left:{left:.2f}%;width:{max(right - left, 0.5):.2f}%"></span>'
        f'<b style="left:{middle:.2f}%"></b></div>'
    )


def _notes(one: Figures) -> str:
    lines = [f'<div class="ff-problem" role="note">{escape(said)}</div>' for said in one.impossible]
    if one.missing:
        keys = ", ".join(f"<code>{escape(key)}</code>" for key in one.missing)
        lines.append(f'<div class="ff-hint">Not known without {keys}.</div>')
    return "".join(lines)
