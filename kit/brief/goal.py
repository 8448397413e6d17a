"""Step 1: the decision asked for, and the needle that is to move."""

from __future__ import annotations

from pydantic import Field

from kit.brief.part import Maybe, Part
from kit.brief.quantity import Duration, Quantity
from kit.brief.text import Day, Line, Text


class Decision(Part):
    """What is asked of whom."""

    asked: Maybe[Text] = Field(None, description="What exactly is to be decided.")
    decider: Maybe[Line] = Field(None, description="The role that decides.")
    by: Maybe[Day] = Field(None, description="The day by which the decision is needed.")
    outcome: Maybe[Text] = Field(None, description="What was decided, once it was, and why.")


class Goal(Part):
    """Which needle moves, by how much, by when."""

    statement: Text = Field(description="The business goal in one or two sentences.")
    metric: Maybe[Line] = Field(
        None, description="The business metric, named once; later steps refer to this name."
    )
    unit: Maybe[Line] = Field(None, description="Unit of the metric, for example % or USD/month.")
    baseline: Maybe[Quantity] = Field(
        None, description="Where the metric stands today, with source and date."
    )
    target: Maybe[Quantity] = Field(
        None, description="Where the metric is to be at the date below."
    )
    by: Maybe[Day] = Field(None, description="The day by which the target is to be reached.")
    owner: Maybe[Line] = Field(None, description="The role that answers for the metric.")
    levers: Maybe[list[Line]] = Field(None, description="What is thought to move the metric.")
    worth: Maybe[Quantity] = Field(
        None, description="What reaching the target is worth per year, gross; a range is welcome."
    )
    if_nothing: Maybe[Text] = Field(None, description="What happens if nothing is done.")
    season: Maybe[Duration] = Field(
        None, description="Cycle of the metric, for example 1 year or 1 week."
    )
