"""Step 3: how a model could solve the problem, and whether one is needed at all."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kit.brief.part import Maybe, Part
from kit.brief.quantity import Duration, Quantity
from kit.brief.text import Line, Text

Task = Literal[
    "classification",
    "ranking",
    "recommendation",
    "regression",
    "forecasting",
    "clustering",
    "segmentation",
    "anomaly detection",
    "extraction",
    "generation",
]
Control = Literal["decides", "approves", "can override", "none"]
Level = Literal["low", "medium", "high"]


class Expected(Part):
    """The change in what users do that the model is to bring."""

    metric: Maybe[Line] = Field(None, description="The user metric that is to change.")
    change: Maybe[Quantity] = Field(None, description="By how much, for example +15%.")


class Errors(Part):
    """What a wrong prediction does."""

    tolerance: Maybe[Literal["tolerant", "intolerant"]] = Field(
        None, description="Tolerant: a wrong prediction is forgotten. Intolerant: it does harm."
    )
    worst_case: Maybe[Text] = Field(None, description="The worst that one wrong prediction can do.")


class Alternative(Part):
    """A simpler way to solve the problem."""

    name: Line = Field(description="The alternative.")
    kind: Maybe[Line] = Field(None, description="Rule, process, search, content, simple model...")
    why_not: Maybe[Text] = Field(None, description="How far it gets, and why that is not enough.")


class Path(Part):
    """One way to build the model, to be compared with others."""

    name: Line = Field(description="The path's name.")
    quality: Maybe[dict[Line, Quantity]] = Field(
        None, description="Quality by metric, for example f1: 0.86."
    )
    latency: Maybe[Duration] = Field(None, description="Time for one prediction.")
    cost_per_prediction: Maybe[Quantity] = Field(None, description="Cost of one prediction.")
    run_cost: Maybe[Quantity] = Field(
        None, description="Cost of running it, predictions included; that of step 4 when missing."
    )
    data: Maybe[Text] = Field(None, description="What data the path needs.")


class TradeOff(Part):
    """Choose two of speed, quality and features."""

    gives_way: Maybe[Literal["speed", "quality", "features"]] = Field(
        None, description="The one of the three that gives way."
    )
    why: Maybe[Text] = Field(None, description="Why this one.")


class Ethic(Part):
    """An ethical question and its answer."""

    question: Text = Field(description="The question, for example: who is left out?")
    answer: Maybe[Text] = Field(None, description="The honest answer.")
    action: Maybe[Text] = Field(None, description="What is done about it.")


class Hypothesis(Part):
    """What is believed, what is predicted, and what would prove it wrong."""

    capability: Maybe[Text] = Field(None, description="What the model can do for the user.")
    task: Maybe[Task] = Field(None, description="The kind of prediction.")
    entity: Maybe[Line] = Field(None, description="What one prediction is about.")
    outcome: Maybe[Text] = Field(None, description="What is predicted.")
    wait: Maybe[Duration] = Field(None, description="Time until the true outcome is known.")
    action: Maybe[Text] = Field(None, description="What happens with a prediction.")
    control: Maybe[Control] = Field(None, description="What the person does with a prediction.")
    serving: Maybe[Literal["batch", "real time"]] = Field(
        None, description="When predictions are made."
    )
    expected: Maybe[Expected] = Field(None, description="The change expected in what users do.")
    because: Maybe[Text] = Field(None, description="Why it should work.")
    wrong_if: Maybe[Text] = Field(None, description="The observation that would prove it wrong.")
    errors: Maybe[Errors] = Field(None, description="What a wrong prediction does.")
    without_ai: Maybe[Text] = Field(
        None,
        description="The problem that remains, and what one would do, if AI were off the table.",
    )
    even_if_perfect: Maybe[Text] = Field(
        None, description="Whether a machine should decide this even if it were never wrong."
    )
    alternatives: Maybe[list[Alternative]] = Field(
        None, description="Simpler ways, and how far they get."
    )
    paths: Maybe[list[Path]] = Field(
        None, description="Model paths: the rule, the simple, the complex one."
    )
    chosen: Maybe[Line] = Field(None, description="The name of the chosen path.")
    trade_off: Maybe[TradeOff] = Field(
        None, description="Which of speed, quality and features gives way."
    )
    impact: Maybe[Level] = Field(None, description="Expected return, compared with other ideas.")
    difficulty: Maybe[Level] = Field(
        None, description="Risk and effort, compared with other ideas."
    )
    ethics: Maybe[list[Ethic]] = Field(
        None, description="Who could be harmed or left out; abuse; consent."
    )
