"""Numbers of one metric that stand in several places of a brief, and whether they agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from kit.appraisal.naming import factor, is_money
from kit.appraisal.reading import scale_to
from kit.brief import Quantity
from kit.brief.units import split_per, time_unit
from kit.rules.case import Case
from kit.rules.vocabulary.names import plain
from kit.rules.vocabulary.patterns import late

_JUST = 1.001  # 12.35 is half a step from 12.4, but for what is lost in the sum
_SURE = 0.01  # of a number: nearer are equal
_AT_MOST = 0.05  # of a number: farther apart are not rounded
_SHARE = late(r"%|‰|points?\b|(share|ratio|fraction|proportion|percentage)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Where a metric stands, or is to go, by one place of the brief."""

    path: str  # dotted key
    name: str  # of the metric, made plain
    called: str  # the same, as it is written
    role: str  # baseline or target
    given: Quantity
    readings: tuple[Quantity, ...]  # what the number may mean: a bare one may be in the goal's unit

    @property
    def place(self) -> str:
        """The entry that it stands in."""
        return self.path.rpartition(".")[0]


def figures(case: Case) -> Iterator[Figure]:
    """Every baseline and target of a named metric, in the order of the brief."""
    goal, unit = case.text("goal.metric"), case.text("goal.unit")
    yield from _at(case, "goal", goal)
    for path, entry in case.metrics(guardrails=True):
        yield from _at(case, path, entry.name, unit if plain(entry.name) == plain(goal) else "")
    yield from _at(case, "experiment", case.text("experiment.metric") or goal)


def _at(case: Case, place: str, called: str, unit: str = "") -> Iterator[Figure]:
    for role in ("baseline", "target"):
        path = f"{place}.{role}"
        given = case.number(path)
        if given is not None and (name := plain(called)):
            readings = (given, given.in_unit(unit)) if unit else (given,)
            yield Figure(
                path=path, name=name, called=called, role=role, given=given, readings=readings
            )


def same_kind(unit: str, other: str) -> bool:
    """Whether two units may be of one metric; where one is missing or unknown, they may."""
    if not unit or not other:
        return True
    kinds = _kind(unit), _kind(other)
    if kinds == ("money", "money"):
        return factor(unit, other) is not None
    # Two nouns, "users" and "customers", may be one thing.
    return kinds[0] == kinds[1]


def _kind(unit: str) -> str:
    counted = split_per(unit)[0] or unit
    if _SHARE.match(counted):
        return "share"
    if is_money(counted):
        return "money"
    return "time" if any(map(time_unit, counted.split())) else "things"


def differ(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers differ by more than rounding; no where they cannot be compared."""
    scale = scale_to(one, other)
    if scale is None:
        return False
    low, high = (end * scale for end in one.bounds)
    if not apart((low, high), other.bounds, share=_SURE):
        return False
    rounded = max(_step(one) * scale, _step(other)) / 2
    gap = max(low - other.bounds[1], other.bounds[0] - high)
    return gap > min(rounded * _JUST, _AT_MOST * max(map(abs, (high, other.bounds[1]))))


def disagree(readings: Iterable[Quantity], other: Quantity) -> bool:
    """Whether every way to read a number that can be compared with another differs from it."""
    found = [differ(one, other) for one in readings if scale_to(one, other) is not None]
    return bool(found) and all(found)


def apart(one: tuple[float, float], other: tuple[float, float], *, share: float) -> bool:
    """Whether two intervals lie farther apart than a share of the larger number."""
    gap = max(one[0] - other[1], other[0] - one[1])
    return gap > share * max(map(abs, (*one, *other)))


def _step(given: Quantity) -> float:
    """The last place that a number is written to: 0.1 for 12.4, 100 for 4100, 0.01 for 12%."""
    numbers = [end for end in (given.value, given.low, given.high) if end is not None]
    exponents = [_exponent(number) for number in numbers]
    return float(10.0 ** max(exponents, default=0)) * (0.01 if given.percent else 1.0)


def _exponent(number: float) -> int:
    exponent = Decimal(f"{number:.12g}").normalize().as_tuple().exponent
    # 60 is written to the last place; 700000 may be rounded.
    return min(int(exponent), 0) if abs(number) < 1000 else int(exponent)
