"""The rules that ask for what a year's value is worked out from."""

from __future__ import annotations

INPUTS = ("VE101", "VE102", "VE103", "VE301")  # where one of them finds a hole, there is no sum
