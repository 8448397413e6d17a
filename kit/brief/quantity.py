"""A number as a brief states it: with a unit, a range where it is not known exactly, and where it is from."""

from __future__ import annotations

import math
import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from kit.brief.part import Part
from kit.brief.text import Day, Line, refused
from kit.brief.units import time_unit

Source = Literal["measured", "benchmark", "guess", "target"]

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_UNIT = r"[^\s\d,.][^\d]{0,39}"
_ONE = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})?")
_RANGE = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?P<unit_low>(?:{_UNIT})??)\s*(?:\bto\b|–)\s*(?P<high>{_NUMBER})\s*(?P<unit>{_UNIT})?"
)
_EXPECTED = "a number such as 5, 5%, 30 ms or 10% to 30%"
_REMEDY = "Write digits with a point for decimals and no thousands separator, then the unit."


class Quantity(Part):
    """A number, or a range read as a 90 % interval."""

    value: float | None = Field(None, description="The number, in the unit below.")
    low: float | None = Field(None, description="Lower end of a 90 % interval.")
    high: float | None = Field(None, description="Upper end of a 90 % interval.")
    unit: Line | None = Field(None, description="Unit, for example %, USD/year, ms, people/month.")
    from_: Source | None = Field(
        None, alias="from", description="Where the number is from; missing counts as a guess."
    )
    source: Line | None = Field(None, description="The document, system or study it was read from.")
    on: Day | None = Field(None, description="The day it was read or measured.")

    @model_validator(mode="before")
    @classmethod
    def _spread(cls, given: Any) -> Any:
        if isinstance(given, (int, float, str)) and not isinstance(given, bool):
            return _read(given)
        if not isinstance(given, dict):
            raise refused(_EXPECTED, _REMEDY)
        return _with_units(given)

    @model_validator(mode="after")
    def _whole(self) -> Quantity:
        ends = (self.low is not None) + (self.high is not None)
        if (self.value is not None) == (ends == 2) or ends == 1:
            raise refused(
                "either `value`, or both `low` and `high`",
                "Give one number, or the two ends of a range.",
            )
        if self.low is not None and self.high is not None and self.low > self.high:
            raise refused("`low` not above `high`", "Swap the two ends.")
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{"type": "number"}, {"type": "string"}, handler(schema)]}

    @property
    def is_range(self) -> bool:
        """Whether the quantity is an interval."""
        return self.value is None

    @property
    def percent(self) -> bool:
        """Whether the number is written in percent, so that 5 means 0.05."""
        return bool(self.unit and self.unit.startswith("%"))

    @property
    def bounds(self) -> tuple[float, float]:
        """Lower and upper end, with percent as a fraction; the same number twice for a point."""
        scale = 0.01 if self.percent else 1.0
        # _whole holds: either the value is there, or both ends are.
        ends = (
            (self.low or 0.0, self.high or 0.0) if self.value is None else (self.value, self.value)
        )
        return ends[0] * scale, ends[1] * scale

    @property
    def number(self) -> float:
        """The number with percent as a fraction; the middle of a range."""
        low, high = self.bounds
        return (low + high) / 2

    def in_unit(self, unit: str | None) -> Quantity:
        """The same quantity, read in `unit` where it names none of its own."""
        return self if self.unit or not unit else self.model_copy(update={"unit": unit})


def _read(given: float | str) -> dict[str, Any]:
    """The keys that a bare number or a text such as "10% to 30%" stands for."""
    if not isinstance(given, str):
        return {"value": _finite(given)}
    text = given.strip().replace("\u2212", "-")
    if found := _RANGE.fullmatch(text):
        unit = _same_unit(found["unit_low"], found["unit"])
        return {"low": _finite(found["low"]), "high": _finite(found["high"]), "unit": unit}
    if found := _ONE.fullmatch(text):
        return {"value": _finite(found["number"]), "unit": found["unit"]}
    raise refused(_EXPECTED, _REMEDY)


def _with_units(given: dict[str, Any]) -> dict[str, Any]:
    """Keys whose numbers may carry the unit themselves: `{low: 10%, high: 30%}`."""
    keys = dict(given)
    for end in ("value", "low", "high"):
        if keys.get(end) is not None:
            read = _read(keys[end])
            if "value" not in read:
                raise refused("one number", "Write the ends of a range as `low` and `high`.")
            keys[end] = read["value"]
            keys["unit"] = _same_unit(read.get("unit"), keys.get("unit"))
    return keys


def _same_unit(one: str | None, other: str | None) -> str | None:
    one, other = (one or "").strip(), (other or "").strip()
    if one and other and one != other:
        raise refused(
            f"one unit, not both {one!r} and {other!r}", "Write both numbers in one unit."
        )
    return one or other or None


def _finite(given: float | str) -> float:
    number = float(given)
    if not math.isfinite(number):
        raise refused("a number that can be computed with", "Write a smaller number.")
    return number


def _duration(quantity: Quantity) -> Quantity:
    if not quantity.unit or time_unit(quantity.unit) is None:
        raise refused(
            "a duration such as 30 ms, 24 h, 1 day or 18 months",
            "Add the unit of time to the number.",
        )
    return quantity


def _count(given: Any) -> Any:
    if isinstance(given, bool) or not re.fullmatch(r"\d{1,15}", str(given).strip()):
        raise refused("a whole number", "Write digits only, without separators.")
    return int(str(given))


Duration = Annotated[Quantity, AfterValidator(_duration)]
Count = Annotated[int, BeforeValidator(_count)]
