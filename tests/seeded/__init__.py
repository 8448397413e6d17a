"""Faults that are seeded into the worked cases, to see whether the coach finds them."""

from seeded.data import DATA
from seeded.experiment import EXPERIMENT
from seeded.goal import GOAL
from seeded.hypothesis import HYPOTHESIS
from seeded.kind import Kind
from seeded.metrics import METRICS
from seeded.problem import PROBLEM
from seeded.recall import clean, finds, needed, seeded
from seeded.value import VALUE

__all__ = ["KINDS", "Kind", "clean", "finds", "needed", "seeded"]

KINDS: tuple[Kind, ...] = (
    *GOAL,
    *PROBLEM,
    *HYPOTHESIS,
    *METRICS,
    *VALUE,
    *EXPERIMENT,
    *DATA,
)
