"""What the comparison shows of a brief: fixed columns, each number beside where it is from."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kit.brief import Brief, NotApplicable, Quantity
from kit.report.structure import MARK_WORDS
from kit.report.wording import amount

COLUMNS = (
    "title",
    "status",
    "illustrative",
    "author",
    "decision.asked",
    "decision.decider",
    "decision.by",
    "goal.statement",
    "goal.metric",
    "goal.unit",
    "goal.baseline",
    "goal.baseline.from",
    "goal.target",
    "goal.target.from",
    "goal.by",
    "goal.owner",
    "goal.worth",
    "goal.worth.unit",
    "goal.worth.from",
)


def facts_of(brief: Brief | None) -> dict[str, str]:
    """The cells of a brief, by column; empty where it says nothing, or is no brief.

    Besides the columns there are `baseline shown` and `target shown`, as people read them.
    """
    if brief is None:
        return dict.fromkeys((*COLUMNS, "baseline shown", "target shown"), "")
    goal = brief.goal
    unit = _text(goal.unit) or _unit(goal.baseline) or _unit(goal.target)
    cells = {key: _text(_value(brief, key)) for key in COLUMNS}
    return cells | {
        "goal.unit": unit,
        "goal.baseline": _number(goal.baseline, unit),
        "goal.target": _number(goal.target, unit),
        "goal.worth": _number(goal.worth, _unit(goal.worth)),
        "goal.worth.unit": _unit(goal.worth),
        "baseline shown": _shown(goal.baseline, unit),
        "target shown": _shown(goal.target, unit),
        **{
            f"{key}.from": _origin(_value(brief, key))
            for key in ("goal.baseline", "goal.target", "goal.worth")
        },
    }


def _value(brief: Brief, key: str) -> Any:
    found: Any = brief
    for part in key.split("."):
        found = getattr(found, part, None)
    return found


def _text(value: Any) -> str:
    match value:
        case NotApplicable(reason=reason):
            return f"n/a: {reason}"
        case bool():
            return "yes" if value else "no"
        case dt.date():
            return value.isoformat()
        case str():
            return value
    return ""


def _unit(value: Any) -> str:
    return value.unit or "" if isinstance(value, Quantity) else ""


def _number(value: Any, unit: str) -> str:
    """A number as digits; with its unit where that is not the column's, a range as its two ends."""
    if not isinstance(value, Quantity):
        return _text(value)
    ends = [end for end in (value.value, value.low, value.high) if end is not None]
    digits = " to ".join(f"{end:.12g}" for end in ends)
    return f"{digits} {value.unit}" if value.unit and value.unit != unit else digits


def _origin(value: Any) -> str:
    return value.from_ or MARK_WORDS["unsaid"] if isinstance(value, Quantity) else ""


def _shown(value: Any, unit: str) -> str:
    return amount(value, unit=unit) if isinstance(value, Quantity) else _text(value)
