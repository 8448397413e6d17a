"""The second half of step 4 as blocks: the inputs of the value bridge, and the experiment."""

from __future__ import annotations

from typing import Any

from kit.brief import Experiment, NotApplicable, Quantity, Value
from kit.report.blocks import Block, Column, Fact, Heading, Row
from kit.report.wording import cell, choice, fact, facts, figure, missing, source_of, table, told

_VALUE = {
    "volume": "Volume",
    "prevalence": "Prevalence",
    "precision": "Precision",
    "recall": "Recall",
    "take_rate": "Take-rate: flags or results acted on",
    "benefit": "Benefit per true positive acted on",
    "cost_false_positive": "Extra cost of a false positive acted on",
    "cost_action": "Cost of acting on a flag",
    "error_today": "Average error today",
    "error_wanted": "Average error wanted",
    "cost_above": "Cost per unit predicted too high",
    "cost_below": "Cost per unit predicted too low",
    "acceptance": "Results that are accepted",
    "minutes_saved": "Minutes saved per accepted result",
    "gain": "Gain per accepted result",
    "error_rate": "Accepted results that are wrong",
    "cost_error": "Cost of a wrong result",
    "review_minutes": "Minutes to review a result",
    "wage": "Cost of an hour of review",
    "capacity": "Capacity of the people who act",
    "run_cost": "Cost of running it",
}
_DESIGNS = {"ab": "A/B test"}


def value_blocks(value: Value | NotApplicable | None) -> tuple[Block, ...]:
    """The inputs of the value bridge, with where each is from."""
    heading = Heading(text="What the value rests on")
    if isinstance(value, NotApplicable):
        return (heading, *facts(fact("Value bridge", value)))
    if value is None:
        return (
            heading,
            missing("The value's inputs are missing", "Start with volume and run cost."),
        )
    columns = (
        Column(name="Input", weight=2.2),
        Column(name="Figure", weight=1.8, align="right"),
        Column(name="Source", weight=2),
    )
    keys = [key for key in Value.keys_of(value.kind) if key in _VALUE]
    # An input that does not apply has a reason where the others have a source.
    rows = [
        _input(_VALUE[key], getattr(value, key)) for key in keys if key in value.model_fields_set
    ]
    rows += [
        Row(cells=(cell(_VALUE[key]), told(None), cell(None)))
        for key in keys
        if getattr(value, key) is None and key != "take_rate"
    ]
    shown = (table(columns, rows, keep=2),) if rows else ()
    return (heading, *facts(fact("Kind", value.kind), fact("Currency", value.currency)), *shown)


def _input(label: str, answer: Any) -> Row:
    if isinstance(answer, Quantity):
        return Row(cells=(cell(label), figure(answer), cell(source_of(answer) or None)))
    if isinstance(answer, NotApplicable):
        return Row(cells=(cell(label), cell("n/a"), cell(answer.reason)))
    return Row(cells=(cell(label), told(answer), cell(None)))


def experiment_blocks(experiment: Experiment | NotApplicable | None) -> tuple[Block, ...]:
    """How the effect is to be shown."""
    heading = Heading(text="The experiment")
    if isinstance(experiment, NotApplicable):
        return (heading, *facts(fact("Experiment", experiment)))
    if experiment is None:
        return (
            heading,
            missing("No experiment is planned", "Say which effect is to be seen, and how."),
        )
    design = _DESIGNS.get(str(experiment.design), experiment.design)
    return (
        heading,
        *facts(
            fact("Design", design),
            fact("Metric", experiment.metric),
            fact("Assigned", experiment.unit),
            fact("Starts", experiment.starts),
            fact("Can enter per day", experiment.eligible_per_day, needed=True),
            fact("Different ones seen in a week", experiment.unique_one_week),
            fact("Different ones seen in four weeks", experiment.unique_four_weeks),
            fact("Arms", experiment.arms),
            fact("In the control arm", experiment.baseline, needed=True),
            _effect(experiment),
            fact("Standard deviation", experiment.sd),
            choice("False alarms allowed (alpha)", experiment.alpha),
            choice("Power", experiment.power),
            choice("Wait for the outcome", experiment.wait),
            fact("Looks, the last one included", experiment.looks),
            choice("Non-inferiority margin of guardrails", experiment.margin),
            fact("Counts as success", experiment.success_metrics),
        ),
    )


def _effect(experiment: Experiment) -> Fact | None:
    if not isinstance(experiment.effect, Quantity):
        return fact("Effect to be seen", experiment.effect, needed=True)
    return Fact(label="Effect to be seen", value=figure(experiment.effect, signed=True))
