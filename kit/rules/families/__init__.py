"""The rules, family by family, in the order in which a brief is read."""

from __future__ import annotations

from kit.rules.families.across import ACROSS
from kit.rules.families.across_paths import ACROSS_PATHS
from kit.rules.families.action import ACTION
from kit.rules.families.control import CONTROL
from kit.rules.families.data import DATA
from kit.rules.families.data_access import DATA_ACCESS
from kit.rules.families.data_claims import DATA_CLAIMS
from kit.rules.families.data_gaps import DATA_GAPS
from kit.rules.families.data_rights import DATA_RIGHTS
from kit.rules.families.decision import DECISION
from kit.rules.families.experiment import EXPERIMENT
from kit.rules.families.experiment_design import EXPERIMENT_DESIGN
from kit.rules.families.experiment_gaps import EXPERIMENT_GAPS
from kit.rules.families.experiment_limits import EXPERIMENT_LIMITS
from kit.rules.families.experiment_success import EXPERIMENT_SUCCESS
from kit.rules.families.fairness import FAIRNESS
from kit.rules.families.falsifier import FALSIFIER
from kit.rules.families.goal import GOAL
from kit.rules.families.goal_dates import GOAL_DATES
from kit.rules.families.goal_gaps import GOAL_GAPS
from kit.rules.families.goal_words import GOAL_WORDS
from kit.rules.families.guards import GUARDS
from kit.rules.families.guards_gaps import GUARDS_GAPS
from kit.rules.families.guards_limits import GUARDS_LIMITS
from kit.rules.families.harm import HARM
from kit.rules.families.hypothesis import HYPOTHESIS
from kit.rules.families.hypothesis_gaps import HYPOTHESIS_GAPS
from kit.rules.families.impossible import IMPOSSIBLE
from kit.rules.families.judgement_gaps import JUDGEMENT_GAPS
from kit.rules.families.label import LABEL
from kit.rules.families.label_gaps import LABEL_GAPS
from kit.rules.families.metrics import METRICS
from kit.rules.families.metrics_gaps import METRICS_GAPS
from kit.rules.families.origins import ORIGINS
from kit.rules.families.path_value import PATH_VALUE
from kit.rules.families.paths import PATHS
from kit.rules.families.problem import PROBLEM
from kit.rules.families.problem_gaps import PROBLEM_GAPS
from kit.rules.families.problem_reach import PROBLEM_REACH
from kit.rules.families.problem_words import PROBLEM_WORDS
from kit.rules.families.provenance import PROVENANCE
from kit.rules.families.reach import REACH
from kit.rules.families.scores import SCORES
from kit.rules.families.thresholds import THRESHOLDS
from kit.rules.families.twice import TWICE
from kit.rules.families.value import VALUE
from kit.rules.families.value_gaps import VALUE_GAPS
from kit.rules.families.value_use import VALUE_USE
from kit.rules.families.verdicts import VERDICTS
from kit.rules.families.worth import WORTH
from kit.rules.rule import Rule

__all__ = ["FAMILIES", "RULES"]

FAMILIES: tuple[tuple[Rule, ...], ...] = (
    GOAL_GAPS,
    GOAL,
    GOAL_DATES,
    GOAL_WORDS,
    DECISION,
    PROBLEM_GAPS,
    PROBLEM,
    PROBLEM_REACH,
    PROBLEM_WORDS,
    HYPOTHESIS_GAPS,
    JUDGEMENT_GAPS,
    FALSIFIER,
    HYPOTHESIS,
    CONTROL,
    HARM,
    ACTION,
    PATHS,
    PATH_VALUE,
    METRICS_GAPS,
    GUARDS_GAPS,
    METRICS,
    SCORES,
    REACH,
    THRESHOLDS,
    GUARDS,
    GUARDS_LIMITS,
    FAIRNESS,
    VERDICTS,
    VALUE_GAPS,
    IMPOSSIBLE,
    VALUE,
    WORTH,
    VALUE_USE,
    EXPERIMENT_GAPS,
    EXPERIMENT,
    EXPERIMENT_DESIGN,
    EXPERIMENT_LIMITS,
    EXPERIMENT_SUCCESS,
    DATA_GAPS,
    LABEL_GAPS,
    DATA,
    DATA_ACCESS,
    DATA_RIGHTS,
    DATA_CLAIMS,
    LABEL,
    ACROSS,
    ACROSS_PATHS,
    PROVENANCE,
    ORIGINS,
    TWICE,
)
_ORDER = "GO PR HY ME VE DA AC"  # a brief is read step by step
RULES: tuple[Rule, ...] = tuple(
    sorted(
        (rule for family in FAMILIES for rule in family),
        key=lambda rule: (_ORDER.index(rule.code[:2]), rule.code),
    )
)
