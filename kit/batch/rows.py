"""The rows of the page that lists a batch: one brief each, every cell with what it is sorted by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kit.batch.result import Entry, Made, Report
from kit.batch.ruler import Ruler
from kit.batch.scale import Scale
from kit.batch.standing import Standing
from kit.batch.wording import (
    days_said,
    escaped,
    fits_said,
    guesses_of,
    level_of,
    loss_of,
    middle_of,
    numbers_of,
    place_of,
    requirements_of,
    sources_of,
    value_of,
)
from kit.report.blocks import Mark
from kit.report.structure import MARK_LETTERS, MARK_WORDS

STATUSES = ("draft", "in review", "decided")
LEVELS = ("low", "medium", "high")
TOLERANCES = ("tolerant", "intolerant")
UNSAID = "not said"

_JOINT = re.compile(r"(?<=[a-z])[._](?=[a-z])")  # in a key, as value.run_cost
_LEADING = ("html", "pdf", "docx", "md")  # where the title leads: the first of these that was made
_NEVER = 1e9  # days by which an experiment without end is sorted
_BAR = 160  # width of a range's picture
_MARGIN = 5.0


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of the page."""

    kind: str  # its class
    name: str
    falls: bool = False  # sorted the highest first, when it is sorted first


COLUMNS = (
    Column(kind="brief", name="Brief"),
    Column(kind="value", name="Value of a year", falls=True),
    Column(kind="time", name="Time to know"),
    Column(kind="data", name="Data", falls=True),
    Column(kind="errors", name="Error tolerance"),
    Column(kind="difficulty", name="Difficulty"),
    Column(kind="guesses", name="Guess share"),
    Column(kind="points", name="Coach"),
    Column(kind="status", name="Status"),
)


def row(at: int, report: Report, standing: Standing) -> str:
    """The row of the entry at a place of the report."""
    entry = report.entries[at]
    scale = entry.made.scale or Scale(unknown="not measured", untimed="not measured")
    facts = entry.facts
    said = {
        "status": facts["status"],
        "tolerance": _said(scale.tolerance),
        "difficulty": _said(scale.difficulty),
        "fits": {True: "yes", False: "no", None: "not known"}[scale.fits],
        "currency": str(standing.group.get(at, "")),
    }
    data = "".join(f' data-{name}="{escaped(value)}"' for name, value in said.items())
    cells = (
        _value(at, scale, standing),
        (None if scale.days is None and not scale.endless else scale.days or _NEVER, _time(scale)),
        (scale.ready, _two(sources_of(scale), requirements_of(scale))),
        (_rank(TOLERANCES, scale.tolerance), _choice(scale.tolerance)),
        (
            _rank(LEVELS, scale.difficulty),
            _choice(scale.difficulty) + _small(scale.impact and f"impact {scale.impact}"),
        ),
        (scale.guess_share, _guesses(scale)),
        (_weight(entry.made), _points(entry.made)),
        (_rank(STATUSES, facts["status"]), _status(facts)),
    )
    drawn = "".join(
        f'<td{_sort(by)} data-label="{column.name}"><div>{cell}</div></td>\n'
        for column, (by, cell) in zip(COLUMNS[1:], cells, strict=True)
    )
    return (
        f'<tr{data}>\n<th scope="row" data-sort="{escaped(_folded(entry.title))}">{_links(entry, report)}'
        f"{_goal(facts)}{_asked(facts)}{_example(facts)}{_small(entry.place)}{_notes(entry)}</th>\n{drawn}</tr>\n"
    )


def _sort(by: float | None) -> str:
    return "" if by is None else f' data-sort="{by:.9g}"'


def _rank(order: Sequence[str], answer: str) -> float | None:
    return float(order.index(answer)) if answer in order else None


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())[:60]


def _value(at: int, scale: Scale, standing: Standing) -> tuple[float | None, str]:
    place = standing.places.get(at)
    if place is None or scale.middle is None:
        return None, _unknown(scale.unknown)
    bar = _bar(scale, standing.rulers[standing.group[at]])
    apart = _small(level_of(place, standing.titles), kind="level")
    if scale.is_range:
        ends = f'<span class="number">{escaped(value_of(scale))}</span>'
        middle = f"P50 {middle_of(scale)}, probability of a loss {loss_of(scale)}"
    else:
        ends, middle = (
            f'<span class="number">{escaped(middle_of(scale))}</span>',
            "no range is stated",
        )
    alone = place_of(place) if place.of > 1 else ""
    said = f'<p class="place">{alone}</p>{apart}' if alone else ""
    return scale.middle, f"{bar}{ends}{_small(middle)}{said}"


def _bar(scale: Scale, ruler: Ruler) -> str:
    """The range as a line with a dot on the scale of its currency; the words beside it say the same."""
    if scale.low is None or scale.middle is None or scale.high is None:
        return ""
    low, middle, high, zero = (
        f"{_MARGIN + ruler.at(one) * (_BAR - 2 * _MARGIN):.1f}"
        for one in (scale.low, scale.middle, scale.high, 0.0)
    )
    return (
        f'<svg class="bar" viewBox="0 0 {_BAR} 14" aria-hidden="true"><path class="zero" d="M{zero} 0V14"/>'
        f'<path d="M{low} 7H{high}"/><circle cx="{middle}" cy="7" r="3.5"/></svg>'
    )


def _time(scale: Scale) -> str:
    days, fits = days_said(scale), fits_said(scale)
    if not days:
        return _unknown(scale.untimed)
    late = ' class="late"' if scale.fits is False else ""
    why = fits or f"whether in time is not known: {scale.untimed}"
    return f"<span{late}>{days}</span>{_why(why)}"


def _unknown(why: str) -> str:
    return f'<span class="muted">not known</span>{_why(why)}'


def _why(said: str) -> str:
    """A reason; its keys break between their words where a column is narrow, not within one."""
    breaking = _JOINT.sub(r"\g<0><wbr>", escaped(said))
    return f'<p class="small">{breaking}</p>' if said else ""


def _two(first: str, second: str) -> str:
    return f"{escaped(first)}{_small(second)}"


def _said(answer: str) -> str:
    return answer or UNSAID


def _choice(answer: str) -> str:
    return escaped(answer) if answer else f'<span class="muted">{UNSAID}</span>'


def _guesses(scale: Scale) -> str:
    share = guesses_of(scale) or '<span class="muted">not known</span>'
    return f"{share}{_small(numbers_of(scale))}"


def _links(entry: Entry, report: Report) -> str:
    """The title leading to the document, then every format by name."""
    main = next(to for to in _LEADING if to in report.formats)
    title = f'<a href="{entry.slug}/brief.{main}">{escaped(entry.title)}</a>'
    others = " · ".join(
        f'<a href="{entry.slug}/brief.{to}">{to.upper()}'
        f'<span class="hidden"> of {escaped(entry.title)}</span></a>'
        for to in (*report.formats, "ipynb")
    )
    return f'{title}<p class="small">{others}</p>'


def _example(facts: dict[str, str]) -> str:
    return '<p class="small example">Worked example</p>' if facts["illustrative"] == "yes" else ""


def _notes(entry: Entry) -> str:
    return "".join(_small(note) for note in (*entry.notes, *entry.made.warnings))


def _asked(facts: dict[str, str]) -> str:
    asked = facts["decision.asked"]
    return _small(f"Asked: {asked}" if asked else "")


def _status(facts: dict[str, str]) -> str:
    by = _date(facts["decision.by"])
    said = (escaped(facts["decision.decider"]), f"by {by}" if by else "")
    who = "".join(f'<p class="small">{part}</p>' for part in said if part)
    return f'<span class="pill">{escaped(facts["status"])}</span>{who}'


def _goal(facts: dict[str, str]) -> str:
    metric = escaped(facts["goal.metric"]) or escaped(facts["goal.statement"])
    ends = [_number(facts, end) for end in ("baseline", "target")]
    by = f" by {_date(facts['goal.by'])}" if facts["goal.by"] else ""
    if not any(ends):
        return f'<p class="goal">{metric}</p>'
    arrow = '<span aria-hidden="true"> → </span><span class="hidden"> to </span>'
    return f'<p class="goal">{metric}: {arrow.join(end or "?" for end in ends)}{by}</p>'


def _number(facts: dict[str, str], end: str) -> str:
    shown, origin = escaped(facts[f"{end} shown"]), facts[f"goal.{end}.from"]
    if not origin:
        return shown
    mark: Mark = next((mark for mark in MARK_LETTERS if mark == origin), "unsaid")
    return (
        f'<span class="nowrap">{shown}<sup aria-hidden="true">{MARK_LETTERS[mark]}</sup>'
        f'<span class="hidden"> ({MARK_WORDS[mark]})</span></span>'
    )


def _weight(made: Made) -> float:
    """Errors first, then warnings, then advice."""
    counts = made.counts
    return counts.error * 1e6 + counts.warning * 1e3 + counts.advice


def _points(made: Made) -> str:
    counts, worst = made.counts, made.worst
    kinds = (("error", "errors"), ("warning", "warnings"), ("advice", "advice"))
    found = [(getattr(counts, kind), kind, word) for kind, word in kinds]
    said = [f"{number} {kind if number == 1 else word}" for number, kind, word in found if number]
    if not said:
        return "nothing open"
    loud = "<br>".join(map(_loud, said))
    points = "".join(
        f"<li>{_loud(point.severity)} {escaped(point.code)}: {escaped(point.message)}</li>"
        for point in worst
    )
    are_all = len(worst) == counts.error + counts.warning + counts.advice
    which = "Which" if are_all else f"The worst {len(worst)}"
    more = f"<details><summary>{which}</summary><ul>{points}</ul></details>"
    return f'{loud}<div class="small">{more}</div>' if points else loud


def _loud(said: str) -> str:
    return f"<strong>{said}</strong>" if "error" in said else said


def _date(said: str) -> str:
    return f'<span class="nowrap">{escaped(said)}</span>' if said else ""


def _small(said: str, *, kind: str = "") -> str:
    return f'<p class="{f"small {kind}".rstrip()}">{escaped(said)}</p>' if said else ""
