"""One module for each step: its part of the brief in, blocks out."""

from kit.report.steps.data import data_blocks
from kit.report.steps.goal import goal_blocks
from kit.report.steps.hypothesis import hypothesis_blocks
from kit.report.steps.metrics import metrics_blocks
from kit.report.steps.problem import problem_blocks

__all__ = ["data_blocks", "goal_blocks", "hypothesis_blocks", "metrics_blocks", "problem_blocks"]
