"""Columns that tell the label too well to be known before it."""

from __future__ import annotations

from kit.data.measured import LabelProfile, Strength

# A single honest measure seldom comes so close: the best of thirty that tell malignant from benign tumours under
# the microscope (Wolberg and others, 1993) has an AUC of 0.976, and copies of a label with a slip in a hundred
# rows have 0.99.
MOST_HONEST = 0.98
# Two values order nothing by degrees. To come so far, they must be wrong in a twentieth of either class at most.
MOST_HONEST_OF_TWO = 0.95
_LUCK = 0.03  # so far below the limit may the interval begin: a few rows are told apart by chance
_SURE = 0.9  # share of a class, where a column is filled or where it is not; lower end
_SOME = 0.05  # of the AUC above 0.5: a tenth of the class


def leaks(label: LabelProfile) -> tuple[Strength, ...]:
    """What to ask about: was it really known when the prediction is due? The strongest first."""
    return tuple(one for one in label.strengths if is_leak(one))


def is_leak(one: Strength) -> bool:
    """Whether a column tells the label too well."""
    if one.sure >= _SURE and one.value >= 0.5 + _SOME:
        return True
    limit = MOST_HONEST_OF_TWO if one.values == 2 else MOST_HONEST
    return one.value / one.most >= limit and one.low / one.most >= limit - _LUCK
