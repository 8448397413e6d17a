"""Step 4, first half: how victory is measured, for the model and for the business."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from kit.brief.part import Maybe, Part
from kit.brief.quantity import Duration, Quantity
from kit.brief.text import Line, Text

Better = Literal["higher", "lower"]


class Metric(Part):
    """A metric with where it stands and where it is to go."""

    name: Line = Field(description="The metric's name.")
    baseline: Maybe[Quantity] = Field(None, description="Where it stands today.")
    target: Maybe[Quantity] = Field(None, description="Where it is to go.")
    ship_at: Maybe[Quantity] = Field(None, description="The least that is worth shipping.")
    better: Maybe[Better] = Field(None, description="Whether higher or lower is better.")

    @property
    def direction(self) -> Better | None:
        """Which way is better: as said, or as baseline and target show it."""
        if self.better in ("higher", "lower"):
            return self.better
        if not isinstance(self.baseline, Quantity) or not isinstance(self.target, Quantity):
            return None
        gap = self.target.number - self.baseline.number
        return "higher" if gap > 0 else "lower" if gap < 0 else None


class Guardrail(Part):
    """A metric that must not get worse."""

    name: Line = Field(description="The metric's name.")
    limit: Maybe[Quantity] = Field(
        None, description="A ceiling where lower is better, a floor where higher is."
    )
    better: Maybe[Better] = Field(None, description="Whether higher or lower is better.")
    baseline: Maybe[Quantity] = Field(None, description="Where it stands today.")


class Gaming(Part):
    """A way in which a target could be met without doing any good."""

    metric: Line = Field(description="The metric that could be gamed.")
    how: Maybe[Text] = Field(None, description="How it could be gamed.")
    guardrail: Maybe[Line] = Field(None, description="The guardrail that would show it.")


class Group(Part):
    """A group of people or cases that fairness is checked for."""

    name: Line = Field(description="The group, or the attribute that forms the groups.")
    share: Maybe[Quantity] = Field(None, description="Its share of all cases.")


def _named(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class Fairness(Part):
    """A gap between groups that must stay small."""

    measure: Line = Field(description="What is compared, for example recall.")
    groups: Maybe[
        list[Annotated[Group, BeforeValidator(_named, json_schema_input_type=str | Group)]]
    ] = Field(None, description="The groups: names, or name and share.")
    column: Maybe[Line] = Field(
        None, description="The sample's column whose values are the groups."
    )
    max_gap: Maybe[Quantity] = Field(None, description="The largest gap allowed.")


class MinimumViable(Part):
    """The least a model must do to be shipped."""

    quality: Maybe[Line] = Field(None, description="For example: precision@10 >= 0.22.")
    latency: Maybe[Duration] = Field(None, description="Longest time for one prediction.")
    cost_per_prediction: Maybe[Quantity] = Field(
        None, description="Highest cost of one prediction."
    )
    time_to_retrain: Maybe[Duration] = Field(None, description="Longest time to retrain.")
    time_to_detect_drift: Maybe[Duration] = Field(None, description="Longest time to notice drift.")


class Verdict(Part):
    """A row of the decision table: what a result leads to, agreed in advance."""

    success: Literal["up", "flat", "down"] = Field(
        description="The success metric: up means as wanted."
    )
    guardrails: Literal["ok", "unclear", "worse"] = Field(description="The guardrails.")
    then: Literal["ship", "extend", "pivot", "discuss", "stop"] = Field(description="What follows.")
    who: Maybe[Line] = Field(None, description="The role that decides.")


class Metrics(Part):
    """The metrics in their layers, and what guards them."""

    model: Maybe[list[Metric]] = Field(
        None, description="Measured offline, before launch: accuracy."
    )
    adoption: Maybe[list[Metric]] = Field(None, description="Measured on users: adoption.")
    business: Maybe[list[Metric]] = Field(None, description="The goal's metric by name: return.")
    guardrails: Maybe[list[Guardrail]] = Field(None, description="What must not get worse.")
    gaming: Maybe[list[Gaming]] = Field(None, description="How each target could be gamed.")
    fairness: Maybe[list[Fairness]] = Field(
        None, description="Gaps between groups that must stay small."
    )
    minimum_viable: Maybe[MinimumViable] = Field(
        None, description="The least a model must do to ship."
    )
    decision_table: Maybe[list[Verdict]] = Field(None, description="What each result leads to.")
    deadlock: Maybe[Text] = Field(None, description="What happens when the deciders do not agree.")
