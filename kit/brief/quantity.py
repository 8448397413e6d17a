"""A number as a brief states it: with a unit, a range where it is not known exactly, and where it is from."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from kit.brief.part import Part
from kit.brief.text import Day, Line, refused, refused_at
from kit.brief.units import time_unit

Source = Literal["measured", "benchmark", "guess", "target"]

_NUMBER = r"[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?"
_UNIT = r"(?!to\b)(?:[^\W\d_]|[%‰°/$€£¥])[^\d]{0,39}"
_UNIT_LOW = rf"{_UNIT}?"  # as short as it goes: what follows is the "to" of the range
_ONE = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})?")
_RANGE = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?P<unit_low>(?:{_UNIT_LOW})??)\s*(?:\bto\b|–|-(?=[\s.0-9]))\s*(?P<high>{_NUMBER})\s*(?P<unit>{_UNIT})?"
)
_PERCENT = re.compile(r"(?:percent|per cent|pct)\b")
# A difference of two shares; left as it is, "-0.5 %-points" would be read as half a percent.
_POINTS = re.compile(
    r"(?:(?:%|percentage)\.?[ (-]*(?:points?|pts?)\)?|% *(?:absolute|abs\b\.?)|pp|ppts?)(?!\w)"
)
_TIMES = re.compile(r"(?:[kKM]|mn|bn|thousand|million|billion)s?\b")
_LARGEST = 1e18
_EXPECTED = "a number such as 5, 5%, 30 ms or 10% to 30%"
_REMEDY = "Write digits with a point for decimals and no thousands separator, then the unit."


_SPOKEN = {"type": "string", "pattern": r"^\s*[+−-]?\.?[0-9]"}
_Number = Annotated[float, WithJsonSchema({"anyOf": [{"type": "number"}, _SPOKEN]})]


class Quantity(Part):
    """A number, or a range read as a 90 % interval."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {
                    "required": ["value"],
                    "not": {"anyOf": [{"required": ["low"]}, {"required": ["high"]}]},
                },
                {"required": ["low", "high"], "not": {"required": ["value"]}},
            ]
        }
    )

    value: _Number | None = Field(None, description="The number, in the unit below.")
    low: _Number | None = Field(None, description="Lower end of a 90 % interval.")
    high: _Number | None = Field(None, description="Upper end of a 90 % interval.")
    unit: Line | None = Field(None, description="Unit, for example %, USD/year, ms, people/month.")
    from_: Source | None = Field(
        None, alias="from", description="Where the number is from; missing counts as a guess."
    )
    source: Line | None = Field(None, description="The document, system or study it was read from.")
    on: Day | None = Field(None, description="The day it was read or measured.")

    @model_validator(mode="before")
    @classmethod
    def _spread(cls, given: Any) -> Any:
        return _with_units(given) if isinstance(given, dict) else _read(given)

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
        return {"anyOf": [{"type": "number"}, _SPOKEN, handler(schema)]}

    @property
    def is_range(self) -> bool:
        """Whether the quantity is an interval."""
        return self.value is None

    @property
    def percent(self) -> bool:
        """Whether the number is written in percent, so that 5 means 0.05."""
        return bool(self.unit and self.unit.startswith("%"))

    @property
    def points(self) -> bool:
        """Whether the number is a difference of two shares, in percentage points."""
        return bool(self.unit and self.unit.startswith("point"))

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
        return self if self.unit or not unit else self.model_copy(update={"unit": _plain(unit)})


def _read(given: Any) -> dict[str, Any]:
    """The keys that a bare number or a text such as "10% to 30%" stands for."""
    if isinstance(given, (int, float)) and not isinstance(given, bool):
        return {"value": _finite(given)}
    if not isinstance(given, str):
        raise refused(_EXPECTED, _REMEDY)
    text = given.strip().replace("\u2212", "-")
    if found := _ONE.fullmatch(text):
        return {"value": _finite(found["number"]), "unit": _unit(found["unit"])}
    if found := _RANGE.fullmatch(text):
        unit = _same_unit(_unit(found["unit_low"]), _unit(found["unit"]))
        return {"low": _finite(found["low"]), "high": _finite(found["high"]), "unit": unit}
    raise refused(_EXPECTED, _REMEDY)


def _with_units(given: dict[str, Any]) -> dict[str, Any]:
    """Keys whose numbers may carry the unit themselves: `{low: 10%, high: 30%}`."""
    keys = dict(given)
    if isinstance(given.get("unit"), str):
        keys["unit"] = _plain(given["unit"])
    for end in ("value", "low", "high"):
        if given.get(end) is None:
            continue
        try:
            keys |= _end(end, keys)
        except PydanticCustomError as exc:
            raise refused_at(end, given[end], exc) from exc
    return keys


def _end(end: str, keys: dict[str, Any]) -> dict[str, Any]:
    """What one number of a group says; a range may stand as the value of a group without ends."""
    read = _read(keys[end])
    if "value" in read:
        read[end] = read.pop("value")
    elif end != "value" or {"low", "high"} & keys.keys():
        raise refused("one number", "Write the ends of a range as `low` and `high`.")
    else:
        read["value"] = None
    unit = keys.get("unit")
    read["unit"] = _same_unit(unit, read.get("unit")) if isinstance(unit, str | None) else unit
    return read


def _unit(text: str | None) -> str | None:
    """A unit as the kit writes it, after a number."""
    unit = _plain(text or "") or None
    if unit and _TIMES.match(unit):
        raise refused(
            f"a number written out, not in {unit.split()[0]!r}",
            "Write all its digits, or an exponent: 1.2e6 for 1.2 million.",
        )
    return unit


def _plain(unit: str) -> str:
    """A unit with "%" and "points" for the other ways to write them."""
    percent = _PERCENT.sub("%", unit.strip())
    points = _POINTS.match(percent)
    return f"points{percent[points.end() :]}" if points else percent


def _same_unit(one: str | None, other: str | None) -> str | None:
    if one and other and one != other:
        if other.startswith(f"{one} "):  # "-10% to -5% relative"
            return other
        raise refused(
            f"one unit, not both {one!r} and {other!r}", "Write both numbers in one unit."
        )
    return one or other


def _finite(given: float | str) -> float:
    number = float(given)
    if not abs(number) <= _LARGEST:
        raise refused("a number up to 1e18", "Look at the exponent, or choose a larger unit.")
    if not number and re.search("[1-9]", re.split("[eE]", str(given))[0]):
        raise refused("a number that is not lost in rounding", "Look at the exponent.")
    return number


_STARTS = re.compile(r"\s*[+−-]?[.0-9]")  # what begins with a number has its own errors
_DURATION = "a duration such as 30 ms, 24 h, 1 day or 18 months"


def _duration(value: Any, read: ValidatorFunctionWrapHandler) -> Quantity:
    try:
        quantity: Quantity = read(value)
    except ValidationError as exc:
        if isinstance(value, str) and not _STARTS.match(value):
            raise refused(_DURATION, "Write a number and its unit of time.") from exc
        raise
    if not quantity.unit or time_unit(quantity.unit) is None:
        raise refused(_DURATION, "Add the unit of time to the number.")
    if quantity.bounds[0] < 0:
        raise refused("a duration that is not negative", "Take the minus out.")
    return quantity


def _count(given: Any) -> Any:
    if isinstance(given, bool) or not re.fullmatch(r"[0-9]{1,15}", str(given).strip()):
        raise refused("a whole number", "Write digits only, without separators.")
    return int(str(given))


Duration = Annotated[Quantity, WrapValidator(_duration)]
Count = Annotated[int, BeforeValidator(_count)]
