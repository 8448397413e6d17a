"""Step 2 as a form: the user's problem, and what shows that it is real."""

from __future__ import annotations

from kit.report import Section
from kit.widgets.amount import Amount
from kit.widgets.form import Form, Notice, opened
from kit.widgets.group import Fieldset, Group
from kit.widgets.rows import Rows
from kit.widgets.sheet import Parts
from kit.widgets.texts import Line, Prose

KINDS = ("survey", "interviews", "logs", "support tickets", "experiment", "study", "opinion")


def problem_form(brief: str) -> Form | Section | Notice:
    """The form of step 2 for the brief at a path; its section where nobody is there to fill it in."""
    return opened(brief, name="problem", parts=_parts)


def _parts() -> Parts:
    return [
        Group(
            "problem",
            label="The user’s problem",
            help="Why the needle stands where it stands, seen by the user. No solution, no technology.",
            parts=_problem(),
        )
    ]


def _problem() -> Parts:
    return [
        Prose("who", label="Who has it", example="Subscribers in their first 30 days"),
        Prose(
            "statement",
            label="In their own words",
            example="I open the app, see nothing for me, and leave",
        ),
        Rows(
            "evidence",
            label="Evidence",
            one="piece of evidence",
            fields=_evidence,
            titles=["finding"],
        ),
        Prose("today", label="How they cope today"),
        Fieldset(
            title="How often, how much, how many",
            fields=[
                Prose("frequency", label="How often it happens"),
                Prose("severity", label="How much it hurts"),
                Amount("reach", label="How many are affected", example="48000 people/month"),
            ],
        ),
    ]


def _evidence() -> Parts:
    return [
        Prose("finding", label="What was found"),
        Line("kind", label="Kind", words=KINDS),
        Line("source", label="Source", example="exit survey, third quarter"),
        Line("n", label="How many it rests on", example="612"),
    ]
