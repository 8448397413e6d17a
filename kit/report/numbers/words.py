"""Computed figures as people read them: rounded, with their unit."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from kit.appraisal import Appraisal, Fault
from kit.appraisal.wording import whole
from kit.numbers.uncertainty import Interval
from kit.report.blocks import Block, Callout, Method, Rich, Span
from kit.report.markup import rich
from kit.report.wording import number

_HUGE = 1e15
_TINY = 1e-9  # what is less has only noughts to show
_CENTURY = 36_525  # days
_SECONDS = ((86_400.0, "days"), (3_600.0, "h"), (60.0, "min"), (1.0, "s"), (0.001, "ms"))


def rounded(value: float, digits: int = 3) -> str:
    """A number to so many digits: 28,400; 4.21 million; 0.0000188."""
    if math.isinf(value):
        return "without end" if value > 0 else "endlessly low"
    if 0 < abs(value) < _TINY:
        return f"under {_TINY:.9f}"
    if abs(value) > _HUGE:
        return "beyond a million billion" if value > 0 else "below minus a million billion"
    return number(float(f"{value:.{digits}g}"))


def money(value: float, currency: str, *, digits: int = 3) -> str:
    """An amount: "4.21 million USD"."""
    return f"{rounded(value, digits)}\u00a0{currency}".rstrip("\u00a0")


def spread(ends: Interval, currency: str) -> str:
    """The two ends of an interval: "3.42 to 5.16 million USD"; once where they agree."""
    low, high = rounded(ends.low), rounded(ends.high)
    if low == high:
        return money(ends.low, currency)
    for word in (" million", " billion"):
        if low.endswith(word) and high.endswith(word):
            low = low.removesuffix(word)
    return f"{low} to {high}\u00a0{currency}".rstrip("\u00a0")


def percent(share: float, digits: int = 3) -> str:
    """A share: "98%", "0.00188%"; what is nearly all is not rounded to all."""
    if 0 < share * 100 < _TINY:
        return f"under {_TINY:.9f}%"
    shown = float(f"{share * 100:.{digits}g}")
    if shown == 100 and share < 1:
        missing = float(f"{(1 - share) * 100:.1g}")
        return "nearly 100%" if missing < 1e-6 else f"{number(100 - missing)}%"
    return f"{number(shown)}%"


def ends_of(ends: tuple[float, float], show: Callable[[float], str] = rounded) -> str:
    """The same figure at both ends of a range, once where they agree."""
    low, high = show(min(ends)), show(max(ends))
    return low if low == high else f"{low} to {high}"


def apart(start: float, end: float, show: Callable[[float, int], str]) -> str:
    """Two figures, as 5% to 4.5%, with as many digits as it takes to tell the two apart."""
    digits = next((n for n in range(3, 12) if show(start, n) != show(end, n)), 3)
    return f"{show(start, digits)} to {show(end, digits)}"


def days_of(days: float | None) -> str:
    """A number of days, where it is one that anybody waits for."""
    if days is None or math.isinf(days):
        return "never"
    if days > _CENTURY:
        return "over 100 years"
    return f"{whole(days)} day{'' if math.ceil(days) == 1 else 's'}"


def days_there(days: int) -> str:
    """So many days until the date."""
    return f"{days_of(days)} {'is' if days == 1 else 'are'} there"


def seconds(value: float) -> str:
    """A length of time in the unit it reads best in."""
    size, unit = next((one for one in _SECONDS if value >= one[0]), _SECONDS[-1])
    return f"{rounded(value / size)}\u00a0{unit}"


def sentence(words: str) -> str:
    """With a capital at its start."""
    return words[:1].upper() + words[1:]


def verdict(holds: bool | None) -> str:  # noqa: FBT001  it is what is told
    """Yes, no, or that it cannot be told."""
    return "cannot tell" if holds is None else "yes" if holds else "no"


def text(*parts: str) -> Rich:
    """Plain text."""
    return (Span(text="".join(parts)),)


def key(path: str) -> Span:
    """A key of the brief."""
    return Span(text=path, code=True)


def lacking(appraisal: Appraisal, keys: Iterable[str], what: str) -> tuple[Block, ...]:
    """A box that names the keys without which something cannot be worked out; none without any.

    A number that is there and cannot be is told as that, and one that does not apply with the reason.
    """
    faulty = {_plain(fault.path) for fault in appraisal.faults}
    named = [path for path in dict.fromkeys(keys) if _plain(path) not in faulty]
    waivers = {path: waiver for path in named if (waiver := appraisal.waiver(path))}
    spans: list[Span] = []
    for path in named:
        if path not in waivers:
            spans += [Span(text=", ")] if spans else []
            spans.append(key(path))
    apart = [
        (*text("Not applicable in this brief: ", path, ": "), *rich(waiver.reason))
        for path, waiver in waivers.items()
    ]
    if spans:
        return (Callout(kind="gap", title=f"{what}: missing", items=(tuple(spans), *apart)),)
    title = f"{what}: not worked out"
    return (Callout(kind="note", title=title, items=tuple(apart)),) if apart else ()


def _plain(path: str) -> str:
    """A key without the places in its lists."""
    return ".".join(part for part in path.split(".") if not part.isdigit())


def wrong(faults: Iterable[Fault], what: str) -> tuple[Block, ...]:
    """A box that says which numbers cannot be; none without any."""
    items = tuple(text(fault.message, " ", fault.remedy) for fault in faults)
    return (
        (Callout(kind="problem", title=f"{what}: numbers that cannot be", items=items),)
        if items
        else ()
    )


def method(*items: str) -> Method:
    """How figures were worked out."""
    return Method(items=tuple(text(item) for item in items))
