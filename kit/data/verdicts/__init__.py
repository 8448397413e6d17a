"""A brief and what its files showed in, a verdict on each requirement out: met, missed, or cannot be told."""

from kit.data.verdicts.reach import LOWER_IS_BETTER, figure, figures, interval, score_of, wanted
from kit.data.verdicts.verdict import Requirement, Verdict
from kit.data.verdicts.verdicts import verdicts_of

__all__ = [
    "LOWER_IS_BETTER",
    "Requirement",
    "Verdict",
    "figure",
    "figures",
    "interval",
    "score_of",
    "verdicts_of",
    "wanted",
]
