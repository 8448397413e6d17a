"""Rows that repeat another, where that is no chance."""

from __future__ import annotations

import math

from kit.data.measured import Profile

_KEY = 0.9  # share of the different rows with a value of its own, from which on a column tells rows apart
_RARE = 100.0  # times as many combinations of values as pairs of rows: two alike by chance are rare


def repeats(profile: Profile) -> int:
    """Rows that repeat another and should not; none where rows of few and coarse columns may well be alike."""
    distinct = [one.distinct for one in profile.columns if one.distinct > 1]
    different = profile.looked_at - profile.repeated
    keyed = any(one > max(_KEY * different, profile.looked_at / 2) for one in distinct)
    pairs = profile.looked_at**2 / 2
    combinations = sum(math.log(one) for one in distinct)
    return profile.repeated if keyed or combinations > math.log(_RARE * max(pairs, 1)) else 0
