"""Step 5 as a form: what the model must see, what it learns from, and what is accepted as it is."""

from __future__ import annotations

from kit.brief.tree import Tree
from kit.report import Section
from kit.widgets.amount import Amount
from kit.widgets.choices import Choice, YesNo
from kit.widgets.form import Form, Notice, opened
from kit.widgets.group import Fieldset, Group
from kit.widgets.offers import names_in
from kit.widgets.pairs import Pairs
from kit.widgets.rows import Rows
from kit.widgets.sheet import Parts
from kit.widgets.texts import Line, Prose, Words

FORMATS = ("table", "event log", "documents", "images", "audio", "time series")
CADENCES = ("real time", "hourly", "daily", "weekly", "monthly", "quarterly", "never")
BASES = (
    "consent",
    "contract",
    "legal obligation",
    "vital interests",
    "public task",
    "legitimate interests",
)


def data_form(brief: str) -> Form | Section | Notice:
    """The form of step 5 for the brief at a path; its section where nobody is there to fill it in."""
    return opened(brief, name="data", parts=_parts, with_sample=True)


def _parts() -> Parts:
    return [
        Group(
            "data",
            label="The data",
            help="What the model must see, and whether it can be had.",
            parts=_data(),
        ),
        Fieldset(
            title="Accepted findings",
            help="What a check finds and you accept as it is: its code, and why. Both are printed.",
            fields=[
                Pairs(
                    "waive",
                    label="Findings",
                    one="finding",
                    name="Code",
                    value=lambda: Prose("reason", label="Why it is accepted"),
                    example="DA204",
                )
            ],
        ),
    ]


def _data() -> Parts:
    return [
        Rows("sources", label="Sources", one="source", fields=_source, folded=True),
        Group("label", label="The label", parts=_label()),
        Group(
            "feedback",
            label="Feedback",
            parts=[
                Words("implicit", label="Implicit", example="skips"),
                Words("explicit", label="Explicit", example="not interested"),
            ],
        ),
        Line("retrain", label="Retraining", words=CADENCES),
        Prose("moat", label="Data moat"),
    ]


def _source() -> Parts:
    return [
        Line("name", label="Name", example="clickstream"),
        Line("owner", label="Owner", example="data platform"),
        Words("holds", label="What it holds", example="item\nseconds played\ntime"),
        Choice("access", label="Access"),
        Line("format", label="Format", words=FORMATS),
        Line("refresh", label="Refresh", words=CADENCES),
        Amount("history", label="History", example="18 months"),
        Amount("volume", label="Volume", example="20000 rows"),
        YesNo("known_at_prediction", label="Known when predicting"),
        YesNo("personal", label="Personal data"),
        Line("basis", label="Legal basis", words=BASES),
        Line("licence", label="Licence"),
        Group(
            "quality",
            label="Quality",
            parts=[
                Amount("completeness", label="Completeness", example="98%"),
                Amount("freshness", label="Freshness", example="24 h"),
                Amount("pass_rate", label="Pass rate", example="99%"),
            ],
        ),
        Prose("bias", label="Bias"),
        Prose("peculiarities", label="Peculiarities"),
        Line("file", label="Sample file", example="data/clicks.csv", wide=True),
        Line("time", label="Time column", example="day"),
        Line("entity", label="Entity column", example="customer_id"),
        Words("later", label="Columns filled later", example="reason for leaving"),
    ]


def _label() -> Parts:
    return [
        Prose("definition", label="Definition", example="played more than 5 minutes"),
        Line("source", label="Comes from", offer=_sources),
        Line("column", label="Column in the sample", example="churned"),
        Line("positive", label="Value that is a yes", example="yes"),
        Amount("delay", label="Delay", example="1 day"),
        Amount("cost_each", label="Cost of one label", example="0.20 USD"),
        Amount("agreement", label="Agreement", example="0.8"),
        Prose("guidelines", label="Guidelines"),
        Prose("annotators", label="Annotators"),
    ]


def _sources(tree: Tree) -> list[str]:
    return names_in(tree, "data.sources")
