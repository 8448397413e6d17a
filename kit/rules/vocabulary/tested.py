"""What an experiment tests."""

from __future__ import annotations

from kit.appraisal.effect import is_of_the_goal
from kit.rules.case import Case


def tests_the_goal(case: Case) -> bool:
    """Whether the tested metric is the goal's, as it is where none is named."""
    return is_of_the_goal(case.reading())


def tested_metric(case: Case) -> str:
    """The name of the tested metric: the experiment's own, or else the goal's."""
    return case.text("experiment.metric") or case.text("goal.metric")
