"""The cells of a workbook's sheet, of the types that openpyxl gives them, as columns and texts."""

from __future__ import annotations

import datetime as dt
import math
import sys
from collections.abc import Iterable
from typing import Any

import pyarrow as pa


def array_of(cells: Iterable[Any]) -> pa.Array:
    """Cells of one type as they are, others as texts."""
    values = list(cells)
    types = {type(value) for value in values} - {type(None)}
    if types == {bool}:
        return pa.array(values, pa.bool_())
    if types and types <= {int, float}:
        return pa.array(
            [None if value is None else _float(value) for value in values], pa.float64()
        )
    if types == {dt.datetime}:
        return pa.array(values, pa.timestamp("us"))
    return pa.array([text_of(value) for value in values], pa.string())


def _float(value: float) -> float:
    """The number; infinite where it is too large for one."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def text_of(value: Any) -> str | None:
    """What a cell says; None where it says nothing."""
    match value:
        case None | str():
            return value
        case bool():
            return str(value).lower()
        case int() if abs(value) > sys.float_info.max:
            return str(value)
        case int() | float():
            return f"{value:.15g}"
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime():
            return value.isoformat(sep=" ")
    return str(value)
