"""Numbers that cannot be, or cannot be true together: the faults that the appraisal finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kit.brief import Brief
from kit.rules.expected import Expected

if TYPE_CHECKING:
    from kit.appraisal import FaultKind

_RULES: dict[FaultKind, tuple[str, str]] = {
    "not a share": ("VE201", "share-out-of-range"),
    "unit": ("VE202", "unit-cannot-be-compared"),
    "currency": ("VE203", "currency-without-rate"),
    "nothing there": ("VE204", "nothing-to-work-on"),
    "negative": ("VE205", "number-below-zero"),
    "contradiction": ("VE206", "numbers-contradict"),
    "wrong way": ("ME201", "target-on-the-wrong-side"),
}
CODES = frozenset(code for code, _ in _RULES.values())


def impossible(brief: Brief) -> Iterator[Expected]:
    """Each fault of a brief's numbers, with its code; all of them errors."""
    from kit.appraisal import appraise  # SciPy takes a moment to load

    for fault in appraise(brief).faults:
        code, name = _RULES[fault.kind]
        yield Expected(
            code=code,
            name=name,
            path=fault.path,
            message=fault.message,
            remedy=fault.remedy,
            severity="error",
        )
