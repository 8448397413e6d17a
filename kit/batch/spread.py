"""The chart of values against difficulty, as SVG inside the page: text stays text, colours are the page's own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kit.appraisal.wording import counted, listed
from kit.batch.ranking import Group
from kit.batch.ruler import Ruler
from kit.batch.scale import Scale
from kit.batch.standing import Standing
from kit.batch.wording import NO_CURRENCY, escaped, middle_of, short, value_of
from kit.report.charts.style import scale_of
from kit.report.wording import number

CHARTS = 3  # currencies that are drawn, those of most briefs
BANDS = (("low", "Low"), ("medium", "Medium"), ("high", "High"), ("", "Not said"))

_WIDTH, _LEFT, _RIGHT, _TOP, _BOTTOM = 960, 104, 24, 34, 44
_ALL = 12  # briefs of one difficulty that are all named
_FIRST = 5  # of more, so many are named: those worth most
_PITCH = 19.0  # from one that is named to the next
_LEAST = 30.0  # height of a difficulty
_REST = 190.0  # height that all others of a difficulty share
_LETTERS = 40  # of a name
_LETTER = 6.6  # width of one, at most
_GAP = 9  # between a line and its name


@dataclass(frozen=True, kw_only=True)
class _Line:
    """One brief in the chart."""

    title: str
    scale: Scale
    y: float
    pitch: float  # room to the next one
    is_named: bool


def charts(standing: Standing) -> str:
    """A chart for each currency that two briefs at least have a value in; empty without any."""
    several = [at for at, group in enumerate(standing.groups) if len(group.members) > 1]
    drawn = [_chart(standing, at) for at in several[:CHARTS]]
    left = [group for at, group in enumerate(standing.groups) if at not in several[:CHARTS]]
    if drawn and left:
        names = listed(
            [f"{group.currency or NO_CURRENCY} ({len(group.members):,})" for group in left]
        )
        drawn.append(f'<p class="muted">Not drawn, of fewer briefs: {escaped(names)}.</p>\n')
    return "".join(drawn)


def _chart(standing: Standing, at: int) -> str:
    group, ruler = standing.groups[at], standing.rulers[at]
    bands = list(_bands(standing, group))
    lines = [line for _, found in bands for line in found]
    end = max(lines[-1].y + _PITCH, bands[-1][1][0].y + _LEAST)
    unit = group.currency or NO_CURRENCY
    name = f"Value of a year against difficulty: {unit}"
    parts = (
        _axis(ruler, end, group.currency),
        *(_band(band, found) for band, found in bands),
        *(_drawn(line, ruler) for line in lines),
    )
    height = end + _BOTTOM
    label = f'aria-labelledby="chart-{at} said-{at}"'
    return (
        f'<figure>\n<figcaption id="chart-{at}">{escaped(name)}</figcaption>\n'
        f'<div class="wide" tabindex="0" role="group" {label}>'
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {height:g}" role="img" {label}>'
        f"{''.join(parts)}</svg></div>\n"
        f'<p class="small">{_key(ruler, lines)}</p>\n'
        f'<p class="hidden" id="said-{at}">{escaped(_alt(bands))}</p>\n</figure>\n'
    )


def _bands(standing: Standing, group: Group) -> Iterator[tuple[str, list[_Line]]]:
    """The briefs of each difficulty from the top down, that worth most first; none without a brief."""
    y = float(_TOP)
    said = {key for key, _ in BANDS}
    for key, name in BANDS:
        found: list[_Line] = []
        members = [
            (standing.titles[at], scale)
            for at in group.members
            if (scale := standing.scales[at])
            and (scale.difficulty if scale.difficulty in said else "") == key
        ]
        named = len(members) if len(members) <= _ALL else _FIRST
        rest = min(_PITCH / 2, _REST / max(1, len(members) - named))
        y += _PITCH * 0.8 if members else 0
        for place, (title, scale) in enumerate(members):
            is_named = place < named
            pitch = _PITCH if is_named else rest
            found.append(_Line(title=title, scale=scale, y=y, pitch=pitch, is_named=is_named))
            y += pitch
        if found:
            y = max(y, found[0].y + _LEAST)  # room for two lines of text beside them
            yield name, found


def _axis(ruler: Ruler, end: float, currency: str) -> str:
    """Ticks with their lines, nought as break-even, and what the numbers are in."""
    size, word = scale_of(ruler.ticks)
    drawn = [
        f'<path class="{"zero" if tick == 0 else "grid"}" d="M{_x(ruler, tick)} {_TOP - 6}V{end:g}"/>'
        f'<text class="tick" x="{_x(ruler, tick)}" y="{end + 16:g}">{_tick(tick / size)}</text>'
        for tick in ruler.ticks
    ]
    unit = " ".join(part for part in (f"{word}{currency}".strip(), "a year") if part)
    zero = f'<text class="tick" x="{_x(ruler, 0.0)}" y="{_TOP - 12}">break-even</text>'
    said = f'<text class="unit" x="{_WIDTH - _RIGHT}" y="{end + 34:g}">{escaped(unit)}</text>'
    return f"{''.join(drawn)}{zero}{said}"


def _tick(value: float) -> str:
    return number(float(f"{value:.6g}") + 0.0)


def _band(name: str, lines: Sequence[_Line]) -> str:
    top = lines[0].y - _PITCH * 0.8
    return (
        f'<path class="grid" d="M0 {top:g}H{_WIDTH}"/>'
        f'<text class="band" x="0" y="{lines[0].y + 4:g}">{name}</text>'
        f'<text class="tick count" x="0" y="{lines[0].y + 20:g}">{counted(len(lines), "brief")}</text>'
    )


def _drawn(line: _Line, ruler: Ruler) -> str:
    scale = line.scale
    if scale.low is None or scale.middle is None or scale.high is None:
        return ""
    low, middle, high = (_x(ruler, one) for one in (scale.low, scale.middle, scale.high))
    width, radius = min(2.0, line.pitch * 0.4), min(4.0, max(0.9, line.pitch * 0.45))
    ends = (
        f'<path d="M{low} {line.y:.1f}H{high}" stroke-width="{width:.2g}"/>' if low != high else ""
    )
    tip = f"<title>{escaped(_told(line))}</title>"
    dot = f'<circle cx="{middle}" cy="{line.y:.1f}" r="{radius:.2g}"/>'
    return f'<g class="brief">{tip}{ends}{dot}{_name(line, low, high) if line.is_named else ""}</g>'


def _name(line: _Line, low: float, high: float) -> str:
    """The name to the right of the line, else to its left, else above it."""
    said = short(line.title, _LETTERS)
    width = _letters(said) * _LETTER
    if high + _GAP + width <= _WIDTH:
        x, y, side = high + _GAP, line.y + 4, "right"
    elif low - _GAP - width >= _LEFT:
        x, y, side = low - _GAP, line.y + 4, "left"
    else:
        x, y, side = float(_WIDTH - _RIGHT), line.y - 4, "left"
    return f'<text class="{side}" x="{x:.1f}" y="{y:.1f}">{escaped(said)}</text>'


def _letters(text: str) -> int:
    """How many letters wide a text is: some scripts' are twice as wide."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def _x(ruler: Ruler, value: float) -> float:
    return round(_LEFT + ruler.at(value) * (_WIDTH - _LEFT - _RIGHT), 1)


def _key(ruler: Ruler, lines: Sequence[_Line]) -> str:
    said = ["Line: P5 to P95. Dot: P50. Within each difficulty the brief worth most stands first."]
    named = sum(line.is_named for line in lines)
    if named < len(lines):
        said.append(
            f"{named} of {counted(len(lines), 'brief')} are named; the others stand closer together below them, "
            "and are in the table."
        )
    if not ruler.is_even:
        said.append("Away from nought the scale is logarithmic: equal steps are equal factors.")
    return " ".join(said)


def _alt(bands: Sequence[tuple[str, list[_Line]]]) -> str:
    return " ".join(_band_said(name, lines) for name, lines in bands)


def _band_said(name: str, lines: Sequence[_Line]) -> str:
    named = [_told(line) for line in lines if line.is_named]
    more = len(lines) - len(named)
    rest = (f"{counted(more, 'brief')} more, worth less",) if more else ()
    return f"{name}: {'; '.join((*named, *rest))}."


def _told(line: _Line) -> str:
    scale = line.scale
    if not scale.is_range:
        return f"{line.title}: {middle_of(scale)}, no range"
    return f"{line.title}: {value_of(scale)}, P50 {middle_of(scale)}"
