"""Forms for the five steps, and their sections where nobody is there to fill them in."""

from kit.widgets.data import data_form
from kit.widgets.goal import goal_form
from kit.widgets.hypothesis import hypothesis_form
from kit.widgets.metrics import metrics_form
from kit.widgets.problem import problem_form

__all__ = ["data_form", "goal_form", "hypothesis_form", "metrics_form", "problem_form"]
