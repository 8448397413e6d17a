"""The brief as a whole."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from kit.brief.data import Data
from kit.brief.goal import Decision, Goal
from kit.brief.hypothesis import Hypothesis
from kit.brief.metrics import Metrics
from kit.brief.part import Maybe, Part
from kit.brief.problem import Problem
from kit.brief.text import Line, Text
from kit.brief.value import Experiment, Value

# A new brief has to hold some goal statement; this one says that it is still to be written.
STARTER_STATEMENT = "To be written: which number moves, by how much, by when?"


def _version(value: Any) -> Any:
    return 1 if str(value).strip() == "1" else value


class Brief(Part):
    """A problem-framing brief: one file, many views."""

    format: Annotated[Literal[1], BeforeValidator(_version)] = Field(
        description="Version of this format: 1."
    )
    title: Line = Field(description="The brief's title.")
    status: Literal["draft", "in review", "decided"] = Field(
        "draft", description="Where the brief stands."
    )
    author: Maybe[Line] = Field(None, description="Who wrote it.")
    illustrative: bool = Field(
        default=False,
        description="A worked example: its figures are made up or borrowed; said on every page.",
    )
    decision: Maybe[Decision] = Field(None, description="What is asked of whom, by when.")
    goal: Goal = Field(description="Step 1: the business goal.")
    problem: Maybe[Problem] = Field(None, description="Step 2: the user problem.")
    hypothesis: Maybe[Hypothesis] = Field(None, description="Step 3: the ML hypothesis.")
    metrics: Maybe[Metrics] = Field(None, description="Step 4: the dual metrics.")
    value: Maybe[Value] = Field(None, description="Step 4: inputs of the value bridge.")
    experiment: Maybe[Experiment] = Field(
        None, description="Step 4: the test that is to show the effect."
    )
    data: Maybe[Data] = Field(None, description="Step 5: the data requirements.")
    waive: Maybe[dict[Line, Text]] = Field(
        None, description="Findings that are accepted: code, then the reason."
    )
