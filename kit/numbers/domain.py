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

_TURNS = 200  # enough for answers near 0
_ASIDE = 1.01  # of the first guess: where the first secant starts
_CLOSE = 1e-12  # of the answer: as exact as what is asked


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


def risen(
    value: Callable[[Array], Array], wanted: Array, *, low: Array, high: Array, start: Array
) -> Array:
    """Where between `low` and `high`, element by element, a rising function reaches what is wanted.

    By secants from a good guess, kept between the ends, with a halving wherever they do not close in (Brent
    1973, Algorithms for Minimization without Derivatives, chapter 4). What is reached at `low` already gives
    `low`, what is never reached `high`.
    """
    at, last = (np.clip(guess, low, high) for guess in (start, start * _ASIDE))
    short, steps = value(last) - wanted, (high - low, high - low)  # the two steps before
    for _ in range(_TURNS):
        found = value(at) - wanted
        low, high = np.where(found < 0, at, low), np.where(found < 0, high, at)
        with np.errstate(divide="ignore", invalid="ignore"):
            step = found * (last - at) / (found - short)
        if np.all((np.fmin(np.abs(step), high - low) <= _CLOSE * at) | (found == 0)):
            break
        inside = (at + step > low) & (at + step < high) & (2 * np.abs(step) < steps[0])
        last, short, at = at, found, np.where(inside, at + step, (low + high) / 2)
        steps = steps[1], np.abs(at - last)
    return at


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
