"""Step 1 as a form: the brief itself, the decision asked for, and the needle that is to move."""

from __future__ import annotations

from kit.brief import STARTER_STATEMENT
from kit.report import Section
from kit.widgets.amount import Amount
from kit.widgets.choices import Choice, Tick
from kit.widgets.form import Form, Notice, opened
from kit.widgets.group import Fieldset, Group
from kit.widgets.sheet import Parts
from kit.widgets.texts import Day, Line, Prose, Title, Words


def goal_form(brief: str) -> Form | Section | Notice:
    """The form of step 1 for the brief at a path; its section where nobody is there to fill it in."""
    return opened(brief, name="goal", parts=_parts)


def _parts() -> Parts:
    return [
        Group(
            "goal",
            label="The needle that is to move",
            help="Which number moves, by how much, by when?",
            parts=_goal(),
        ),
        Group(
            "decision",
            label="The decision asked for",
            help="What is asked of whom.",
            parts=_decision(),
        ),
        Fieldset(
            title="About this brief",
            fields=[
                Title("title", label="Title", wide=True),
                Line("author", label="Author"),
                Choice("status", label="Status"),
                Tick("illustrative", label="A worked example, not a real case"),
            ],
        ),
    ]


def _goal() -> Parts:
    return [
        Prose("statement", label="The goal in a sentence or two", starter=STARTER_STATEMENT),
        Line("metric", label="Business metric", example="monthly churn"),
        Line("unit", label="Unit of the metric", example="%"),
        Amount("baseline", label="Where it stands", example="5%"),
        Amount("target", label="Where it is to be", example="4.5%"),
        Day("by", label="To be reached by"),
        Line("owner", label="Who answers for it", example="VP Growth"),
        Words("levers", label="What could move it", example="content relevance\nprice\nonboarding"),
        Amount("worth", label="Worth per year", example="800000 to 1600000 USD/year"),
        Prose("if_nothing", label="If nothing is done"),
        Amount("season", label="Season", example="1 year"),
    ]


def _decision() -> Parts:
    return [
        Prose(
            "asked",
            label="What is asked for",
            example="Fund a six-week pilot on 5% of new subscribers",
        ),
        Line("decider", label="Who decides", example="Head of Growth"),
        Day("by", label="Needed by"),
        Prose("outcome", label="What was decided"),
    ]
