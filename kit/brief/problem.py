"""Step 2: why the needle stands where it stands, seen by the user."""

from __future__ import annotations

from pydantic import Field

from kit.brief.part import Maybe, Part
from kit.brief.quantity import Count, Quantity
from kit.brief.text import Line, Text


class Evidence(Part):
    """Something observed that shows the problem is real."""

    kind: Maybe[Line] = Field(
        None, description="Survey, interviews, logs, support tickets, opinion..."
    )
    finding: Text = Field(description="What was found.")
    source: Maybe[Line] = Field(None, description="Where it can be looked up.")
    n: Maybe[Count] = Field(None, description="How many people or cases it rests on.")


class Problem(Part):
    """The user's problem, without a solution in it."""

    who: Maybe[Text] = Field(None, description="The segment that has the problem; not just users.")
    statement: Maybe[Text] = Field(None, description="The problem in the user's own words.")
    evidence: Maybe[list[Evidence]] = Field(
        None, description="What shows that the problem is real."
    )
    today: Maybe[Text] = Field(None, description="How people cope today.")
    frequency: Maybe[Text] = Field(None, description="How often the problem occurs.")
    severity: Maybe[Text] = Field(None, description="How much it hurts when it does.")
    reach: Maybe[Quantity] = Field(
        None, description="How many are affected, for example 48000 people/month."
    )
