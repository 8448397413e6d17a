"""What the brief's numbers amount to, as sections: an appraisal in, blocks out."""

from kit.report.numbers.ceilings import ceilings_blocks
from kit.report.numbers.fairness import fairness_blocks
from kit.report.numbers.headline import numbers_blocks
from kit.report.numbers.targets import targets_blocks
from kit.report.numbers.timing import timing_blocks
from kit.report.numbers.worth import worth_blocks

__all__ = [
    "ceilings_blocks",
    "fairness_blocks",
    "numbers_blocks",
    "targets_blocks",
    "timing_blocks",
    "worth_blocks",
]
