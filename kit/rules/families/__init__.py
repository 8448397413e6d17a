"""The rules, family by family; their codes say in which order they are run and told."""

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
from kit.rules.families.file_baseline import FILE_BASELINE
from kit.rules.families.file_columns import FILE_COLUMNS
from kit.rules.families.file_label import FILE_LABEL
from kit.rules.families.file_quality import FILE_QUALITY
from kit.rules.families.file_rows import FILE_ROWS
from kit.rules.families.file_time import FILE_TIME
from kit.rules.families.goal import GOAL
from kit.rules.families.goal_dates import GOAL_DATES
from kit.rules.families.goal_gaps import GOAL_GAPS
from kit.rules.families.goal_words import GOAL_WORDS
from kit.rules.families.guards import GUARDS
from kit.rules.families.guards_gaps import GUARDS_GAPS
from kit.rules.families.guards_limits import GUARDS_LIMITS
from kit.rules.families.harm import HARM
from kit.rules.families.history import HISTORY
from kit.rules.families.hypothesis import HYPOTHESIS
from kit.rules.families.hypothesis_gaps import HYPOTHESIS_GAPS
from kit.rules.families.impossible import IMPOSSIBLE
from kit.rules.families.judgement_gaps import JUDGEMENT_GAPS
from kit.rules.families.label import LABEL
from kit.rules.families.label_gaps import LABEL_GAPS
from kit.rules.families.layers import LAYERS
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
from kit.rules.families.roles import ROLES
from kit.rules.families.scores import SCORES
from kit.rules.families.thresholds import THRESHOLDS
from kit.rules.families.twice import TWICE
from kit.rules.families.value import VALUE
from kit.rules.families.value_gaps import VALUE_GAPS
from kit.rules.families.value_use import VALUE_USE
from kit.rules.families.verdicts import VERDICTS
from kit.rules.families.worth import WORTH
from kit.rules.rule import Rule

__all__ = ["FAMILIES", "OF_BASELINE", "OF_FILES", "RULES"]

FAMILIES: tuple[tuple[Rule, ...], ...] = (
    ACROSS,
    ACROSS_PATHS,
    ACTION,
    CONTROL,
    DATA,
    DATA_ACCESS,
    DATA_CLAIMS,
    DATA_GAPS,
    DATA_RIGHTS,
    DECISION,
    EXPERIMENT,
    EXPERIMENT_DESIGN,
    EXPERIMENT_GAPS,
    EXPERIMENT_LIMITS,
    EXPERIMENT_SUCCESS,
    FAIRNESS,
    FALSIFIER,
    FILE_BASELINE,
    FILE_COLUMNS,
    FILE_LABEL,
    FILE_QUALITY,
    FILE_ROWS,
    FILE_TIME,
    GOAL,
    GOAL_DATES,
    GOAL_GAPS,
    GOAL_WORDS,
    GUARDS,
    GUARDS_GAPS,
    GUARDS_LIMITS,
    HARM,
    HISTORY,
    HYPOTHESIS,
    HYPOTHESIS_GAPS,
    IMPOSSIBLE,
    JUDGEMENT_GAPS,
    LABEL,
    LABEL_GAPS,
    LAYERS,
    METRICS,
    METRICS_GAPS,
    ORIGINS,
    PATHS,
    PATH_VALUE,
    PROBLEM,
    PROBLEM_GAPS,
    PROBLEM_REACH,
    PROBLEM_WORDS,
    PROVENANCE,
    REACH,
    ROLES,
    SCORES,
    THRESHOLDS,
    TWICE,
    VALUE,
    VALUE_GAPS,
    VALUE_USE,
    VERDICTS,
    WORTH,
)
# What only attached files show, and what only the quick baseline on them does.
OF_BASELINE = frozenset(rule.code for rule in FILE_BASELINE)
OF_FILES = OF_BASELINE | {
    rule.code for rule in (*FILE_COLUMNS, *FILE_LABEL, *FILE_QUALITY, *FILE_ROWS, *FILE_TIME)
}
_ORDER = "GO PR HY ME VE DA AC"  # of the codes' letters: a brief is read step by step
RULES: tuple[Rule, ...] = tuple(
    sorted(
        (rule for family in FAMILIES for rule in family),
        key=lambda rule: (_ORDER.index(rule.code[:2]), rule.code),
    )
)
