"""What reaching the goal is worth, and how likely a gain is to be that much."""

from __future__ import annotations

import numpy as np

from kit.appraisal.draws import Drawing
from kit.appraisal.number import Input
from kit.appraisal.reading import Reading
from kit.numbers.domain import Array
from kit.numbers.uncertainty import Interval


def goal_worth(reading: Reading) -> Input | None:
    """What reaching the goal is worth a year."""
    worth = reading.money("goal.worth", per="year", needed=False)
    return reading.above_zero(worth, "reaching the goal would bring nothing")


def ends_of(given: Input) -> Interval:
    """The ends of an input as they were entered, and its median."""
    return Interval(low=given.low, median=given.middle, high=given.high)


def probability_reached(gain: Array, worth: Input, drawing: Drawing) -> float:
    """Share of the draws in which a gain is at least what is wanted."""
    wanted = np.asarray(drawing.of({worth.key: worth.estimate})[worth.key])
    return float(np.mean(gain >= wanted))
