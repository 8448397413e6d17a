"""What is measured of one brief, so that it can be held against others: plain values, the same in every run.

Money is that of a year, all costs off, in the brief's own currency. What the brief does not say, or calls not
applicable, is not known, and nothing stands in for it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kit.appraisal import IN_FULL, Appraisal, Bridge, Origin, Timing, appraise
from kit.appraisal.bridge import net_of
from kit.appraisal.wording import listed
from kit.brief import Brief, Data, DataSource, Experiment, NotApplicable, Quantity
from kit.data import Found, verdicts_of
from kit.report.provenance import quantities

GRID = 100  # parts of equal probability that a value is cut into; the middle of each is kept
WAIVED = "not applicable"  # a choice that cannot be made

_DIGITS = 9  # of a number that is kept: what comes after them differs between processors
_NAMED = 3  # keys named of those that are missing
_GUESSED: tuple[Origin, ...] = ("guess", "unsaid")
# Numbers that hold the brief up, whether or not they say where they are from; the value's own come on top.
_WEIGHTY = (
    "goal.baseline",
    "goal.worth",
    "problem.reach",
    "experiment.baseline",
    "experiment.eligible_per_day",
)


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Where a brief stands on all that briefs are compared on."""

    currency: str = ""  # as the brief writes it; empty where it names none
    low: float | None = None  # money per year, P5; None where the value is not known
    middle: float | None = None  # P50
    high: float | None = None  # P95
    grid: tuple[float, ...] = ()  # the same in GRID quantiles, rising; empty where it is not known
    loss: float | None = None  # probability that a year ends below zero
    unknown: str = ""  # why the value is not known, in words; empty where it is
    days: float | None = None  # that the experiment takes; None where not known, or without end
    endless: bool = False  # whether the experiment never ends
    available: int | None = None  # days from its start to the goal's date
    fits: bool | None = None  # whether it ends by that date; None where it cannot be told
    untimed: str = ""  # why it is not known whether it ends by then, in words; empty where it is
    sources: int = 0  # of data, that the brief names
    in_hand: int = 0
    asked: int = 0
    blocked: int = 0
    met: int = 0  # requirements that an attached file meets
    missed: int = 0
    untold: int = 0  # requirements of which the files cannot tell
    no_data: str = ""  # why there is no source, in words; empty where there is one
    tolerance: str = ""  # tolerant, intolerant, not applicable; empty where it is not said
    difficulty: str = ""  # low, medium, high, not applicable
    impact: str = ""  # likewise
    guess_share: float | None = None  # of what moves the value; None where that is not known
    guessed: int = 0  # numbers that are guesses, or do not say where they are from
    numbers: int = 0  # that do, and those that hold the brief up

    @property
    def known(self) -> bool:
        """Whether the value is known."""
        return bool(self.grid)

    @property
    def is_range(self) -> bool:
        """Whether the brief says how sure its value is."""
        return self.low != self.high

    @property
    def held(self) -> int:
        """Requirements that are held against attached files."""
        return self.met + self.missed + self.untold

    @property
    def ready(self) -> float | None:
        """Sources in hand and requirements met, as a share of all of both; None without any source."""
        total = self.sources + self.held
        return (self.in_hand + self.met) / total if total else None


def scale_from(kept: Mapping[str, Any]) -> Scale:
    """A scale that was kept as JSON, as it was."""
    values: dict[str, Any] = dict(kept)
    return Scale(**values | {"grid": tuple(values["grid"])})


def scale_of(brief: Brief | None, files: Sequence[Found] = ()) -> Scale | None:
    """Where a brief with these files stands; None where there is no brief."""
    if brief is None:
        return None
    appraisal = appraise(brief)
    return Scale(
        **_value(appraisal),
        **_time(appraisal),
        **_data(brief, files),
        **_numbers(brief),
        tolerance=_choice(_at(brief, "hypothesis.errors.tolerance")),
        difficulty=_choice(_at(brief, "hypothesis.difficulty")),
        impact=_choice(_at(brief, "hypothesis.impact")),
    )


def _value(appraisal: Appraisal) -> dict[str, Any]:
    bridge = appraisal.bridge
    if bridge is None or bridge.net is None:
        currency = bridge.currency if bridge else ""
        return {"currency": currency, "unknown": _unknown(appraisal, bridge)}
    resting = bridge.resting
    guessed = None if resting is None else sum(resting.get(one, 0.0) for one in _GUESSED)
    return {
        "currency": bridge.currency,
        "low": _kept(bridge.net.low),
        "middle": _kept(bridge.net.median),
        "high": _kept(bridge.net.high),
        "grid": _grid(bridge),
        "loss": None if bridge.loss is None else _kept(bridge.loss),
        "guess_share": None if guessed is None else _kept(guessed),
    }


def _grid(bridge: Bridge) -> tuple[float, ...]:
    """Quantiles of the draws that the bridge's own P5, P50 and P95 are of (Hyndman & Fan 1996, definition 7)."""
    stated = {one.key.removeprefix("value."): one.estimate for one in bridge.inputs}
    net = np.atleast_1d(net_of(bridge.kind, IN_FULL.of(stated | dict(bridge.waived))))
    found = np.quantile(net, (np.arange(GRID) + 0.5) / GRID)
    return tuple(map(_kept, found.tolist()))


def _unknown(appraisal: Appraisal, bridge: Bridge | None) -> str:
    if bridge is None:
        return _absent(appraisal, "value")
    if bridge.faults:
        return f"{bridge.faults[0].message} {bridge.faults[0].remedy}"
    return _missing(appraisal, bridge.missing) or "value cannot be worked out"


def _time(appraisal: Appraisal) -> dict[str, Any]:
    timing = appraisal.timing
    if timing is None:
        experiment = appraisal.brief.experiment
        shadow = isinstance(experiment, Experiment)
        said = "a shadow run compares nothing" if shadow else _absent(appraisal, "experiment")
        return {"untimed": said}
    most = timing.most
    days = most.days if most else None
    endless = days is not None and math.isinf(days)
    fits = timing.fits(most)
    return {
        "days": None if days is None or endless else _kept(days),
        "endless": endless,
        "available": timing.flow.days_available,
        "fits": fits,
        "untimed": "" if fits is not None else _untimed(appraisal, timing),
    }


def _untimed(appraisal: Appraisal, timing: Timing) -> str:
    if timing.faults:
        return f"{timing.faults[0].message} {timing.faults[0].remedy}"
    # The margin of a guardrail is asked for, and the rest is worked out without it.
    keys = [key for key in timing.missing if key != "experiment.margin"]
    if missing := _missing(appraisal, keys):
        return missing
    return "the days until the date are not known" if timing.most else "it cannot be worked out"


def _absent(appraisal: Appraisal, key: str) -> str:
    """Why a part is not there."""
    waiver = appraisal.waiver(key)
    return f"{key} is not applicable: {waiver.reason}" if waiver else f"{key} is missing"


def _missing(appraisal: Appraisal, keys: Sequence[str]) -> str:
    """Which keys are missing, or do not apply; empty without any."""
    found = list(dict.fromkeys(keys))
    waived = [key for key in found if appraisal.waiver(key)]
    missing = [key for key in found if key not in waived]
    parts = ((missing, "missing"), (waived, WAIVED))
    said = (
        f"{listed(names, _NAMED)} {'is' if len(names) == 1 else 'are'} {word}"
        for names, word in parts
        if names
    )
    return "; ".join(said)


def _data(brief: Brief, files: Sequence[Found]) -> dict[str, Any]:
    data = brief.data
    sources = data.sources if isinstance(data, Data) else data
    if isinstance(sources, NotApplicable):
        return {"no_data": f"{WAIVED}: {sources.reason}"}
    if not isinstance(sources, list) or not sources:
        return {"no_data": "no source is named"}
    required = [one for one in verdicts_of(brief, files) if one.is_required] if files else []
    return {
        "sources": len(sources),
        **{name: _with(sources, access) for name, access in _ACCESS.items()},
        "met": sum(one.holds is True for one in required),
        "missed": sum(one.holds is False for one in required),
        "untold": sum(one.holds is None for one in required),
    }


_ACCESS = {"in_hand": "have", "asked": "asked", "blocked": "blocked"}


def _with(sources: Sequence[DataSource], access: str) -> int:
    return sum(source.access == access for source in sources)


def _numbers(brief: Brief) -> dict[str, Any]:
    """How many numbers say where they are from or hold the brief up, and how many of them are guesses."""
    said = [quantity for _, _, quantity in quantities(brief) if quantity.from_]
    value = type(brief.value).model_fields if brief.value is not None else ()
    keys = (*_WEIGHTY, *(f"value.{key}" for key in value))
    found = [one for key in keys if isinstance(one := _at(brief, key), Quantity)]
    unsaid = sum(not one.from_ for one in found)
    guessed = sum(one.from_ == "guess" for one in said)
    return {"guessed": guessed + unsaid, "numbers": len(said) + unsaid}


def _at(brief: Brief, key: str) -> Any:
    """What stands at a dotted key; not applicable where a part that it stands in is."""
    found: Any = brief
    for part in key.split("."):
        if isinstance(found, NotApplicable):
            return found
        found = getattr(found, part, None)
    return found


def _choice(answer: Any) -> str:
    if isinstance(answer, NotApplicable):
        return WAIVED
    return answer if isinstance(answer, str) else ""


def _kept(number: float) -> float:
    """A number in so many digits, and no negative nought."""
    return float(f"{number:.{_DIGITS}g}") + 0.0
