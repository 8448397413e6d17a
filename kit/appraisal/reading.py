"""The numbers of a brief as a sum needs them: in one unit, with what is missing and what cannot be."""

# A fault is taken down and nothing is given back, in one line.
# mypy: disable-error-code="func-returns-value"

from __future__ import annotations

import math
from decimal import Decimal
from functools import cached_property
from typing import Any

from kit.appraisal.fault import Fault, FaultKind
from kit.appraisal.money import Currency, currency_of
from kit.appraisal.naming import factor
from kit.appraisal.number import Input
from kit.brief import Brief, NotApplicable, Quantity
from kit.brief.units import convert, split_per, split_rate, time_unit
from kit.numbers.uncertainty import Kind


class Reading:
    """One look into a brief: every number asked for is there, missing, not applicable, or a fault."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.missing: list[str] = []  # keys that were needed and hold no number
        self.faults: list[Fault] = []

    @cached_property
    def _currency(self) -> Currency:
        return currency_of(self.brief)

    @property
    def currency(self) -> str:
        """The currency that all money is brought to; empty where the brief names none."""
        return self._currency.name

    def at(self, key: str) -> Any:
        """What stands at a dotted key; None where nothing does."""
        node: Any = self.brief
        for part in key.split("."):
            if isinstance(node, list):
                found = part.isdigit() and int(part) < len(node)
                node = node[int(part)] if found else None
            else:
                node = None if isinstance(node, NotApplicable) else getattr(node, part, None)
        return node

    def waiver(self, key: str) -> NotApplicable | None:
        """The answer that the key, or a part it stands in, is not applicable; None where there is none."""
        parts = key.split(".")
        answers = (self.at(".".join(parts[:end])) for end in range(1, len(parts) + 1))
        return next((answer for answer in answers if isinstance(answer, NotApplicable)), None)

    def applies(self, key: str) -> bool:
        """Whether the brief does not say that the key, or a part it stands in, is not applicable."""
        return self.waiver(key) is None

    def share(self, key: str, *, needed: bool = True) -> Input | None:
        """A share from 0 to 1."""
        quantity = self._quantity(key, needed=needed)
        return None if quantity is None else self.as_share(key, quantity)

    def as_share(self, key: str, quantity: Quantity) -> Input | None:
        """A number that was found at a key, as a share."""
        if quantity.unit and not quantity.percent:
            return self._fault("unit", key, quantity, "a share", "Write it as 5% or 0.05.")
        low, high = quantity.bounds
        if low < 0 or high > 1:
            remedy = "Write 5% or 0.05 for five in a hundred."
            return self._fault("not a share", key, quantity, "a share from 0% to 100%", remedy)
        return self._input(key, quantity, low, high, "share")

    def rate(self, key: str, *, per: str = "year", needed: bool = True) -> Input | None:
        """A number of things in a time."""
        quantity = self._quantity(key, needed=needed)
        if quantity is None:
            return None
        counted, period = split_rate(quantity.unit or "")
        things = not (quantity.percent or quantity.points or self._counts_no_things(counted))
        if period is None or not things:
            remedy = "Say how many per which time, for example 100000/month."
            return self._fault("unit", key, quantity, "a number of cases per time", remedy)
        scale = convert(1.0, unit=f"{counted}/{period}", to=f"{counted}/{per}")
        return self._scaled(key, quantity, scale)

    def number(self, key: str, *, needed: bool = True) -> Input | None:
        """A number, whatever its unit."""
        quantity = self._quantity(key, needed=needed)
        return None if quantity is None else self._scaled(key, quantity, 1.0)

    def count(self, key: str, *, needed: bool = True) -> Input | None:
        """A number of things: no share, no time."""
        quantity = self._quantity(key, needed=needed)
        if quantity is None:
            return None
        unit = quantity.unit or ""
        shares = quantity.percent or quantity.points
        if shares or split_rate(unit)[1] or self._counts_no_things(unit):
            remedy = "Write how many there are, for example 500."
            return self._fault("unit", key, quantity, "a number of things", remedy)
        return self._scaled(key, quantity, 1.0)

    def error(self, key: str, *, like: str | None = None) -> Input | None:
        """An average error: shares in percentage points, else in its unit, or in that of the key `like`."""
        quantity = self._quantity(key, needed=True)
        return None if quantity is None else self.as_error(key, quantity, like=like)

    def as_error(self, key: str, quantity: Quantity, *, like: str | None = None) -> Input | None:
        """A number that was found at a key, as an average error."""
        scale = _error_scale(quantity, self.at(like) if like else quantity)
        if scale is None:
            remedy = "Write both in one unit."
            return self._fault("unit", key, quantity, f"the unit of {like}", remedy)
        return self._scaled(key, quantity, scale)

    def money(self, key: str, *, per: str | None = None, needed: bool = True) -> Input | None:
        """An amount of money in the brief's currency; `per` a time where it is paid over time."""
        quantity = self._quantity(key, needed=needed)
        if quantity is None:
            return None
        if quantity.percent or quantity.points:
            remedy = f"Write it as 60 {self.currency or 'USD'}."
            return self._fault("unit", key, quantity, "an amount of money", remedy)
        unit, period = split_rate(quantity.unit or "")
        if per and period is None:
            remedy = f"Say per which time, for example 9000 {self.currency or 'USD'}/month."
            return self._fault("unit", key, quantity, "an amount of money per time", remedy)
        if period and not per:
            remedy = "Give the amount for one case, without a time."
            return self._fault("unit", key, quantity, "an amount of money for one case", remedy)
        rate = self._currency.rate(unit)
        if rate is None:
            return self._strange_money(key, unit)
        time = convert(1.0, unit=f"x/{period}", to=f"x/{per}") if per else 1.0
        return self._scaled(key, quantity, rate * time)

    def duration(self, key: str, *, unit: str = "day", needed: bool = True) -> Input | None:
        """A length of time."""
        quantity = self._quantity(key, needed=needed)
        if quantity is None:
            return None
        first, *per = split_per(quantity.unit or "")
        found = time_unit(first)
        if found is None or any(map(time_unit, per)):
            return self._fault("unit", key, quantity, "a length of time", "Write 30 days or 24 h.")
        return self._scaled(key, quantity, convert(1.0, unit=found, to=unit))

    def say(self, kind: FaultKind, path: str, message: str, remedy: str) -> None:
        """Take down a fault, each once."""
        if all((one.kind, one.path) != (kind, path) for one in self.faults):
            self.faults.append(Fault(kind=kind, path=path, message=message, remedy=remedy))

    def lack(self, key: str) -> None:
        """Take down a key that is needed and holds no number, each once."""
        if key not in self.missing:
            self.missing.append(key)

    def above_zero(self, given: Input | None, consequence: str) -> Input | None:
        """The same number; a fault, and None, where it is zero."""
        if given is None or given.high > 0:
            return given
        self.say("nothing there", given.key, f"{given.key} is 0: {consequence}.", _LOOK)
        return None

    def _quantity(self, key: str, *, needed: bool) -> Quantity | None:
        found = self.at(key)
        if isinstance(found, int) and not isinstance(found, bool):
            return Quantity.model_validate(found)
        if isinstance(found, Quantity):
            return found
        if needed:
            self.lack(key)
        return None

    def _scaled(self, key: str, quantity: Quantity, scale: float) -> Input | None:
        low, high = quantity.bounds
        if low < 0:
            return self._fault("negative", key, quantity, "a number of 0 or more", _MINUS)
        return self._input(key, quantity, low * scale, high * scale, "positive")

    def _counts_no_things(self, unit: str) -> bool:
        """Whether a unit is a time or money."""
        return time_unit(unit) is not None or self._currency.counts(unit)

    def _strange_money(self, key: str, unit: str) -> None:
        token = self._currency.token(unit)
        refused = self._currency.refused_rate(token)
        if refused is not None:
            name, rate = refused
            self.say(
                "currency",
                f"value.rates.{name}",
                f"value.rates.{name}: expected what one {name} is worth in "
                f"{self.currency}, found {said(rate)}.",
                f"Write it as 1.1 {self.currency}.",
            )
            return
        self.say(
            "currency",
            key,
            f"{key} is in {token!r}, and the brief counts in {self.currency!r} "
            "without a rate between the two.",
            f"Convert it, or add the rate as value.rates: {{{token}: ...}}.",
        )

    def _fault(
        self, kind: FaultKind, key: str, quantity: Quantity, expected: str, remedy: str
    ) -> None:
        self.say(kind, key, f"{key}: expected {expected}, found {said(quantity)}.", remedy)

    @staticmethod
    def _input(key: str, quantity: Quantity, low: float, high: float, kind: Kind) -> Input:
        return Input(key=key, low=low, high=high, kind=kind, origin=quantity.from_ or "unsaid")


_LOOK = "Look the number up, or say that it is not applicable and why."
_MINUS = "Take the minus out; what is a cost and what a gain, the key says."


def scale_to(quantity: Quantity, model: Quantity) -> float | None:
    """By what to multiply a number to have it in the unit of another; None where that cannot be."""
    unit, wanted = quantity.unit or "", model.unit or ""
    if quantity.percent and model.percent:
        return 1.0
    if quantity.percent != model.percent and not (unit and wanted):
        # A bare 0.045 beside 5% is a share; a bare 4.5 is not what it says.
        bare = model if quantity.percent else quantity
        return 1.0 if max(map(abs, bare.bounds)) <= 1 else None
    return factor(unit, wanted) if unit and wanted else 1.0


def said(quantity: Quantity) -> str:
    """A quantity as it stands in the brief."""
    ends = [quantity.value] if quantity.value is not None else [quantity.low, quantity.high]
    numbers = " to ".join(f"{end:.12g}" for end in ends if end is not None)
    unit = quantity.unit or ""
    return f"{numbers}{'' if unit.startswith('%') or not unit else ' '}{unit}"


def _error_scale(given: Quantity, model: object) -> float | None:
    """By what to multiply an error to have it in the unit of another; shares are told in points."""
    points = 100.0 if given.percent else 1.0
    scale = scale_to(given, model) if isinstance(model, Quantity) else 1.0
    if isinstance(model, Quantity) and model.percent and not given.unit:
        points = 100.0
    return None if scale is None else scale * points


def in_percent(share: float) -> str:
    """A share as a message tells it."""
    return f"{Decimal(f'{share * 100:.3g}'):f}%"  # never with an exponent


def whole_days(days: float) -> int:
    """Days, begun ones counted."""
    return math.ceil(round(days, 6))
