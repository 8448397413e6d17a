"""The coach: a brief in, findings out. Never prints."""

from kit.rules.case import Case
from kit.rules.check import check, check_row, errors_in
from kit.rules.families import RULES
from kit.rules.finding import SEVERITIES, Finding, Severity, Status
from kit.rules.own import own_rules
from kit.rules.reading import READING, errors_of
from kit.rules.rule import Rule, Said, Text, gap, rule
from kit.rules.score import counted, in_words, score
from kit.rules.selection import prefixes, refuse_ignoring, selected
from kit.rules.steps import STEPS, Step, step_of
from kit.rules.waivers import WAIVERS

__all__ = [
    "READING",
    "RULES",
    "SEVERITIES",
    "STEPS",
    "WAIVERS",
    "Case",
    "Finding",
    "Rule",
    "Said",
    "Severity",
    "Status",
    "Step",
    "Text",
    "check",
    "check_row",
    "counted",
    "errors_in",
    "errors_of",
    "gap",
    "in_words",
    "own_rules",
    "prefixes",
    "refuse_ignoring",
    "rule",
    "score",
    "selected",
    "step_of",
]
