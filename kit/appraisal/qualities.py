"""The inputs of the value bridge that a model path brings: its own qualities."""

from __future__ import annotations

from kit.appraisal.measures import measure
from kit.appraisal.number import Input
from kit.appraisal.reading import Reading

_SHARES = {
    "detection": ("precision", "recall"),
    "assist": ("acceptance", "error_rate"),
    "regression": (),
}
_NEEDED = {
    "detection": ("precision", "recall"),
    "assist": ("acceptance",),
    "regression": ("error_wanted",),
}
_ERRORS = ("error wanted", "error", "mae", "mean absolute error", "average error")
# What a path may bring, so that the value need not hold it.
BROUGHT = frozenset({"precision", "recall", "acceptance", "error_rate", "error_wanted", "run_cost"})


def quality_of(reading: Reading, kind: str, path: str) -> tuple[dict[str, Input], tuple[str, ...]]:
    """The inputs that the qualities of a path name, and the keys of those that it lacks."""
    stated = reading.at(f"{path}.quality")
    qualities = stated if isinstance(stated, dict) else {}
    found: dict[str, Input | None] = {}
    for name, given in qualities.items():
        key = f"{path}.quality.{name}"
        plain = measure(name)
        if plain.replace(" ", "_") in _SHARES[kind]:
            found[plain.replace(" ", "_")] = _above_zero(
                reading, reading.as_share(key, given), plain
            )
        elif kind == "regression" and plain in _ERRORS:
            found["error_wanted"] = reading.as_error(key, given, like="value.error_today")
    lacks = tuple(f"{path}.quality.{key}" for key in _NEEDED[kind] if key not in found)
    return {key: one for key, one in found.items() if one is not None}, lacks


def _above_zero(reading: Reading, given: Input | None, name: str) -> Input | None:
    """The same quality; a fault, and None, for a precision that reaches down to 0."""
    if given is None or name != "precision" or given.low > 0:
        return given
    reading.say(
        "nothing there",
        given.key,
        f"{given.key} reaches down to 0%: at 0% no number of flags finds a case.",
        "Raise it above 0%.",
    )
    return None
