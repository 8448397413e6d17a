"""The document: model, YAML store and tables of briefs. Knows no rule and no renderer."""

from kit.brief.data import Data, DataSource, files_named
from kit.brief.goal import Decision, Goal
from kit.brief.hypothesis import Hypothesis
from kit.brief.metrics import Guardrail, Metric, Metrics
from kit.brief.model import STARTER_STATEMENT, Brief
from kit.brief.part import NotApplicable, Part
from kit.brief.problem import Evidence, Problem
from kit.brief.quantity import Quantity
from kit.brief.schema import schema
from kit.brief.store import BriefFile, find, load, open_brief, save
from kit.brief.table import TableRow, read_table
from kit.brief.value import Experiment, Value

__all__ = [
    "STARTER_STATEMENT",
    "Brief",
    "BriefFile",
    "Data",
    "DataSource",
    "Decision",
    "Evidence",
    "Experiment",
    "Goal",
    "Guardrail",
    "Hypothesis",
    "Metric",
    "Metrics",
    "NotApplicable",
    "Part",
    "Problem",
    "Quantity",
    "TableRow",
    "Value",
    "files_named",
    "find",
    "load",
    "open_brief",
    "read_table",
    "save",
    "schema",
]
