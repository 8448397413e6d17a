"""The currency of a brief, and what other currencies are worth in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kit.appraisal.naming import same_currency
from kit.brief import Brief, Hypothesis, Metrics, Quantity, Value
from kit.brief.metrics import MinimumViable
from kit.brief.units import split_per, split_rate, time_unit

_AMOUNTS = (
    "benefit",
    "gain",
    "cost_false_positive",
    "cost_action",
    "cost_above",
    "cost_below",
    "cost_error",
    "wage",
    "run_cost",
)
_ASIDE = re.compile(r"\(.*?\)")


@dataclass(frozen=True, kw_only=True)
class Currency:
    """The currency that a brief counts in."""

    name: str  # empty where the brief names none
    rates: Mapping[str, float]  # worth of one unit of another currency
    refused: Mapping[str, Quantity]  # rates of the brief that cannot be

    @staticmethod
    def token(unit: str) -> str:
        """The currency in a unit of money: "USD" in "USD per flag"."""
        return _ASIDE.sub("", split_per(unit)[0]).strip()

    def counts(self, unit: str) -> bool:
        """Whether the unit names this currency, or one that it has a rate for."""
        return bool(self.token(unit)) and self.rate(unit) is not None

    def refused_rate(self, token: str) -> tuple[str, Quantity] | None:
        """The rate for another currency that the brief gives and that cannot be, with its name there."""
        return next((one for one in self.refused.items() if same_currency(token, one[0])), None)

    def rate(self, unit: str) -> float | None:
        """What one of `unit` is worth in this currency; None where the brief does not say."""
        token = self.token(unit)
        if not token or same_currency(token, self.name):
            return 1.0
        return next((rate for name, rate in self.rates.items() if same_currency(token, name)), None)


def currency_of(brief: Brief) -> Currency:
    """The currency a brief names, or else the first that one of its amounts is in."""
    value = brief.value if isinstance(brief.value, Value) else Value()
    units = (amount.unit for amount in _amounts(brief, value) if isinstance(amount, Quantity))
    named = (Currency.token(split_rate(unit)[0]) for unit in units if unit)
    first = next((name for name in named if _may_be(name)), "")  # "9000/month" names none
    name = value.currency if isinstance(value.currency, str) else first
    given = value.rates if isinstance(value.rates, dict) else {}
    good = {other: rate.number for other, rate in given.items() if _is_rate(rate, name)}
    refused = {other: rate for other, rate in given.items() if other not in good}
    return Currency(name=name, rates=good, refused=refused)


def _may_be(name: str) -> bool:
    """Whether an amount's unit may be a currency: a share or a time is none."""
    return bool(name) and not name.startswith(("%", "point")) and time_unit(name) is None


def _is_rate(rate: Quantity, name: str) -> bool:
    return rate.bounds[0] > 0 and (not rate.unit or same_currency(Currency.token(rate.unit), name))


def _amounts(brief: Brief, value: Value) -> Iterator[object]:
    yield from (getattr(value, key) for key in _AMOUNTS)
    yield brief.goal.worth
    if isinstance(brief.hypothesis, Hypothesis) and isinstance(brief.hypothesis.paths, list):
        for path in brief.hypothesis.paths:
            yield from (path.cost_per_prediction, path.run_cost)
    if isinstance(brief.metrics, Metrics) and isinstance(
        brief.metrics.minimum_viable, MinimumViable
    ):
        yield brief.metrics.minimum_viable.cost_per_prediction
