"""Step 4 as a form: how victory is measured, what it is worth, and whether it can be known in time."""

from __future__ import annotations

from kit.brief.tree import Tree
from kit.report import Section
from kit.widgets.amount import Amount
from kit.widgets.choices import Choice
from kit.widgets.form import Form, Notice, opened
from kit.widgets.group import Fieldset, Group
from kit.widgets.offers import names_in, text_at
from kit.widgets.rows import Rows
from kit.widgets.sheet import Parts
from kit.widgets.texts import Day, Line, Prose, Words
from kit.widgets.worth import value_group


def metrics_form(brief: str) -> Form | Section | Notice:
    """The form of step 4 for the brief at a path; its section where nobody is there to fill it in."""
    return opened(brief, name="metrics", parts=_parts)


def _parts() -> Parts:
    return [
        Group(
            "metrics",
            label="The metrics",
            help="How victory is measured, for the model and for the business.",
            parts=[_layers(), _guards(), _least(), _decision()],
        ),
        value_group(),
        Group(
            "experiment",
            label="The experiment",
            help="Whether the effect can be seen by the date.",
            parts=_experiment(),
        ),
    ]


def _layers() -> Fieldset:
    return Fieldset(
        title="Three layers",
        help="Model: before launch. Adoption: on users. Business: did it pay?",
        fields=[
            Rows(
                "model",
                label="Model",
                one="model metric",
                fields=_metric,
                folded=True,
            ),
            Rows(
                "adoption",
                label="Adoption",
                one="adoption metric",
                fields=_metric,
                folded=True,
            ),
            Rows(
                "business",
                label="Business",
                one="business metric",
                fields=_business,
                folded=True,
            ),
        ],
    )


def _metric() -> Parts:
    return [Line("name", label="Name", example="precision@10"), *_measured()]


def _business() -> Parts:
    return [
        Line("name", label="Name", offer=lambda tree: text_at(tree, "goal.metric")),
        *_measured(),
    ]


def _measured() -> Parts:
    return [
        Choice("better", label="Better is"),
        Amount("baseline", label="Baseline", example="0.18"),
        Amount("target", label="Target", example="0.25"),
        Amount("ship_at", label="Ship at", example="0.22"),
    ]


def _guards() -> Fieldset:
    return Fieldset(
        title="What guards them",
        fields=[
            Rows(
                "guardrails",
                label="Guardrails",
                one="guardrail",
                fields=_guardrail,
                folded=True,
            ),
            Rows("gaming", label="Gaming", one="way of gaming", fields=_gaming, titles=["metric"]),
            Rows(
                "fairness",
                label="Fairness",
                one="fairness check",
                fields=_fairness,
                titles=["measure"],
            ),
        ],
    )


def _guardrail() -> Parts:
    return [
        Line("name", label="Name", example="support tickets per 1,000"),
        Choice("better", label="Better is"),
        Amount("limit", label="Limit", example="8"),
        Amount("baseline", label="Baseline", example="6.5"),
    ]


def _gaming() -> Parts:
    return [
        Line("metric", label="Metric", offer=_targets),
        Line(
            "guardrail", label="Guardrail", offer=lambda tree: names_in(tree, "metrics.guardrails")
        ),
        Prose("how", label="How it could be gamed", example="clickbait thumbnails"),
    ]


def _targets(tree: Tree) -> list[str]:
    return names_in(tree, "metrics.model", "metrics.adoption", "metrics.business")


def _fairness() -> Parts:
    return [
        Line("measure", label="Measure", example="recall", offer=_targets),
        Amount("max_gap", label="Largest gap", example="0.03"),
        Rows("groups", label="Groups", one="group", fields=_group, text_key="name"),
        Line("column", label="Column in the sample", example="language"),
    ]


def _group() -> Parts:
    return [
        Line("name", label="Group", example="language"),
        Amount("share", label="Share", example="14%"),
    ]


def _least() -> Group:
    return Group(
        "minimum_viable",
        label="Minimum viable model",
        parts=[
            Line("quality", label="Quality", example="precision@10 >= 0.22"),
            Amount("latency", label="Latency", example="200 ms"),
            Amount("cost_per_prediction", label="Cost per prediction", example="0.0004 USD"),
            Amount("time_to_retrain", label="Time to retrain", example="6 h"),
            Amount("time_to_detect_drift", label="Time to notice drift", example="2 days"),
        ],
    )


def _decision() -> Fieldset:
    return Fieldset(
        title="The decision, agreed beforehand",
        fields=[
            Rows(
                "decision_table",
                label="Decision table",
                one="result",
                fields=_verdict,
                titles=["success", "guardrails", "then"],
                dense=True,
            ),
            Prose("deadlock", label="In a deadlock"),
        ],
    )


def _verdict() -> Parts:
    return [
        Choice("success", label="Success metric"),
        Choice("guardrails", label="Guardrails"),
        Choice("then", label="Then"),
        Line("who", label="Who decides", example="Head of Growth"),
    ]


def _experiment() -> Parts:
    return [
        Line("metric", label="Tested metric", offer=lambda tree: text_at(tree, "goal.metric")),
        Choice("design", label="Design"),
        Line("unit", label="Unit", example="subscriber"),
        Line("arms", label="Arms", example="2"),
        Day("starts", label="Starts"),
        Amount("eligible_per_day", label="Eligible per day", example="500"),
        Amount("unique_one_week", label="Different units in a week", example="3000"),
        Amount("unique_four_weeks", label="Different units in four weeks", example="8000"),
        Amount("baseline", label="Baseline", example="5%"),
        Amount("effect", label="Effect to see", example="-10% relative"),
        Amount("sd", label="Standard deviation", example="1.4"),
        Amount("alpha", label="Alpha", example="0.05"),
        Amount("power", label="Power", example="0.8"),
        Amount("wait", label="Wait", example="30 days"),
        Line("looks", label="Looks", example="1"),
        Amount("margin", label="Margin", example="1 points"),
        Words("success_metrics", label="Success metrics", example="monthly churn"),
    ]
