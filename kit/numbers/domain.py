"""What the arguments of this room may be: checked where they enter, with the argument named.

Scalars in give a float out, arrays in give arrays out, and shapes broadcast as in NumPy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.float64]
Result: TypeAlias = Any  # a float64 for scalars, an array for arrays: which, types cannot say

_HALVINGS = 100  # enough for answers near 0
_CLOSE = 1e-12  # of the answer: as exact as what is bisected


def share(name: str, value: ArrayLike) -> Array:
    """A share or probability, from 0 to 1.

    Raises
    ------
    ValueError
        Naming the argument, if any element is not.
    """
    return _checked(name, value, "a share from 0 to 1", lambda array: (array >= 0) & (array <= 1))


def inner_share(name: str, value: ArrayLike) -> Array:
    """A share or probability above 0 and below 1; errors as `share`."""
    return _checked(
        name, value, "a share above 0 and below 1", lambda array: (array > 0) & (array < 1)
    )


def positive(name: str, value: ArrayLike) -> Array:
    """A number above 0, infinity excepted; errors as `share`."""
    return _checked(name, value, "a number above 0", lambda array: (array > 0) & np.isfinite(array))


def not_negative(name: str, value: ArrayLike, *, infinite: bool = False) -> Array:
    """A number of 0 or more; infinity only where it says so; errors as `share`."""
    expected = "a number of 0 or more"
    return _checked(
        name, value, expected, lambda array: (array >= 0) & (infinite | np.isfinite(array))
    )


def finite(name: str, value: ArrayLike) -> Array:
    """Any number but infinity; errors as `share`."""
    return _checked(name, value, "a finite number", np.isfinite)


def any_number(name: str, value: ArrayLike) -> Array:
    """Any number, infinity included; errors as `share`."""
    return _checked(name, value, "a number", lambda array: ~np.isnan(array))


def whole(name: str, value: ArrayLike, *, least: int) -> Array:
    """A whole number of `least` or more; errors as `share`."""
    expected = f"a whole number of {least} or more"
    return _checked(
        name,
        value,
        expected,
        lambda array: (array >= least) & np.isfinite(array) & (np.floor(array) == array),
    )


def single(name: str, value: ArrayLike) -> float:
    """One number, for what takes no arrays; errors as `share`."""
    if np.ndim(value):
        raise ValueError(f"{name}: expected one number, found an array")
    return float(np.asarray(value, dtype=np.float64))


def scalar_or_array(answer: Any) -> Result:
    """What a function gives back: a float64 where all that went in were scalars, else an array."""
    found = np.asarray(answer)
    return found if found.ndim else (found + 0.0)[()]  # which also makes a 0 of a -0


def bisected(holds: Callable[[Array], Any], low: Array, high: Array) -> Array:
    """The least value of 0 or more between `low` and `high`, element by element, from which on something holds.

    It is taken to hold at `high`, and to go on holding once it does.
    """
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if np.all(high - low <= _CLOSE * high):
            break
        reached = holds(middle)
        low, high = np.where(reached, low, middle), np.where(reached, middle, high)
    return high


def _checked(name: str, value: ArrayLike, expected: str, holds: Callable[[Array], Any]) -> Array:
    if isinstance(value, str | bytes):  # NumPy would read a number out of it
        raise ValueError(  # noqa: TRY004 - one kind of error for whatever an argument cannot be
            f"{name}: expected {expected}, found the text {value!r}"
        )
    if isinstance(value, float):  # most of what a brief asks for, and many times faster so
        number = np.float64(value)
        if not holds(number):  # type: ignore[arg-type]
            raise ValueError(f"{name}: expected {expected}, found {number:g}")
        return number  # type: ignore[return-value]
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as exc:
        raise ValueError(f"{name}: expected {expected}, found {value!r}") from exc
    good = holds(array)
    if not np.all(good):
        strange = float(array[~good].flat[0]) if array.ndim else float(array)
        raise ValueError(f"{name}: expected {expected}, found {strange:g}")
    return array
