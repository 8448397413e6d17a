"""Step 4, second half: what the model is worth, and whether it can be known in time."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails

from kit.brief.part import Maybe, Part
from kit.brief.quantity import Count, Duration, Quantity
from kit.brief.text import Day, Line, refused

_SHARED = frozenset({"kind", "currency", "rates", "volume", "run_cost", "capacity", "take_rate"})
_OWN = {
    "detection": frozenset(
        {"prevalence", "precision", "recall", "benefit", "cost_false_positive", "cost_action"}
    ),
    "regression": frozenset({"error_today", "error_wanted", "cost_above", "cost_below"}),
    "assist": frozenset(
        {
            "acceptance",
            "minutes_saved",
            "gain",
            "error_rate",
            "cost_error",
            "review_minutes",
            "wage",
        }
    ),
}


class Value(Part):
    """The inputs of the value bridge; which ones apply depends on `kind`."""

    kind: Literal["detection", "regression", "assist"] = Field(
        "detection",
        description="Detection: flags. Regression: a number. Assist: ranking, text, extraction.",
    )
    currency: Maybe[Line] = Field(None, description="The brief's currency, for example USD.")
    rates: Maybe[dict[Line, Quantity]] = Field(
        None, description="Exchange rates of other currencies used."
    )
    volume: Maybe[Quantity] = Field(None, description="Cases per time, for example 100000/month.")
    prevalence: Maybe[Quantity] = Field(
        None, description="Detection: share of true positives among cases."
    )
    precision: Maybe[Quantity] = Field(
        None, description="Detection: share of flags that are right."
    )
    recall: Maybe[Quantity] = Field(
        None, description="Detection: share of true cases that are flagged."
    )
    take_rate: Maybe[Quantity] = Field(
        None, description="Share of flags or results that are acted on."
    )
    benefit: Maybe[Quantity] = Field(
        None, description="Detection: gain per true positive acted on."
    )
    cost_false_positive: Maybe[Quantity] = Field(
        None, description="Detection: cost of acting on a false flag, on top of the action."
    )
    cost_action: Maybe[Quantity] = Field(
        None, description="Detection: cost of every flag acted on."
    )
    error_today: Maybe[Quantity] = Field(
        None, description="Regression: average error today, in the metric's unit."
    )
    error_wanted: Maybe[Quantity] = Field(None, description="Regression: average error wanted.")
    cost_above: Maybe[Quantity] = Field(
        None, description="Regression: cost per unit predicted too high."
    )
    cost_below: Maybe[Quantity] = Field(
        None, description="Regression: cost per unit predicted too low."
    )
    acceptance: Maybe[Quantity] = Field(
        None, description="Assist: share of results that are accepted."
    )
    minutes_saved: Maybe[Quantity] = Field(
        None, description="Assist: minutes saved per accepted result."
    )
    gain: Maybe[Quantity] = Field(None, description="Assist: gain per accepted result.")
    error_rate: Maybe[Quantity] = Field(
        None, description="Assist: share of accepted results that are wrong."
    )
    cost_error: Maybe[Quantity] = Field(None, description="Assist: cost of a wrong result.")
    review_minutes: Maybe[Quantity] = Field(None, description="Assist: minutes to review a result.")
    wage: Maybe[Quantity] = Field(
        None, description="Assist: cost of an hour of the reviewer's time."
    )
    capacity: Maybe[Quantity] = Field(
        None, description="Cases people can handle, for example 3000/month."
    )
    run_cost: Maybe[Quantity] = Field(
        None, description="Cost of running it, for example 9000 USD/month."
    )

    @model_validator(mode="after")
    def _of_its_kind(self) -> Value:
        others = {key: kind for kind, keys in _OWN.items() if kind != self.kind for key in keys}
        strange = [
            key
            for key in type(self).model_fields
            if key in others and isinstance(getattr(self, key), Quantity)
        ]
        if strange:
            raise ValidationError.from_exception_data(
                "Value", [self._strange(key, others[key]) for key in strange]
            )
        return self

    def _strange(self, key: str, kind: str) -> InitErrorDetails:
        error = refused(
            f"a key of kind {self.kind!r}",
            f"Take it out, or write `kind: {kind}`, which it belongs to.",
        )
        return InitErrorDetails(type=error, loc=(key,), input=key)

    @classmethod
    def keys_of(cls, kind: str) -> tuple[str, ...]:
        """The keys that apply to a kind, in the order of the model."""
        return tuple(key for key in cls.model_fields if key in _SHARED | _OWN[kind])


class Experiment(Part):
    """The test that is to show the effect."""

    metric: Maybe[Line] = Field(None, description="What is tested; the goal's metric when missing.")
    design: Maybe[Literal["ab", "switchback", "before and after", "shadow"]] = Field(
        None, description="How the comparison is made."
    )
    unit: Maybe[Line] = Field(
        None, description="What is assigned to an arm, for example subscriber."
    )
    starts: Maybe[Day] = Field(
        None, description="First day on which units can enter; the decision's day when missing."
    )
    eligible_per_day: Maybe[Quantity] = Field(
        None, description="Units that can enter per day, each counted once."
    )
    unique_one_week: Maybe[Quantity] = Field(
        None, description="Different units seen within one week, where it was counted."
    )
    unique_four_weeks: Maybe[Quantity] = Field(
        None, description="Different units seen within four weeks; fewer than four times a week's."
    )
    arms: Maybe[Count] = Field(None, description="Number of arms, the control included.")
    baseline: Maybe[Quantity] = Field(None, description="The tested metric in the control arm.")
    effect: Maybe[Quantity] = Field(
        None, description="The change to see: -10% relative, or -0.5 points."
    )
    sd: Maybe[Quantity] = Field(None, description="Standard deviation, where the metric is a mean.")
    alpha: Maybe[Quantity] = Field(None, description="Allowed share of false alarms, two-sided.")
    power: Maybe[Quantity] = Field(None, description="Chance to see the effect if it is there.")
    wait: Maybe[Duration] = Field(
        None, description="Time from entering the test to a known outcome."
    )
    looks: Maybe[Count] = Field(
        None, description="How often the result is tested, the last time included."
    )
    margin: Maybe[Quantity] = Field(None, description="Non-inferiority margin of the guardrails.")
    success_metrics: Maybe[list[Line]] = Field(
        None, description="All metrics that would count as success."
    )
