"""Step 3 as a form: what is believed, what is predicted, and whether a model is needed at all."""

from __future__ import annotations

from kit.brief.tree import Tree
from kit.report import Section
from kit.widgets.amount import Amount
from kit.widgets.choices import Choice
from kit.widgets.form import Form, Notice, opened
from kit.widgets.group import Fieldset, Group
from kit.widgets.offers import names_in, text_at
from kit.widgets.pairs import Pairs
from kit.widgets.rows import Rows
from kit.widgets.sheet import Parts
from kit.widgets.texts import Line, Prose

KINDS = ("rule", "process", "search", "content", "simple model")
QUESTIONS = (
    "Should it be solved at all?",
    "Who is left out or harmed?",
    "How could it be abused?",
    "Who was asked?",
)


def hypothesis_form(brief: str) -> Form | Section | Notice:
    """The form of step 3 for the brief at a path; its section where nobody is there to fill it in."""
    return opened(brief, name="hypothesis", parts=_parts)


def _parts() -> Parts:
    return [
        Group(
            "hypothesis",
            label="The ML hypothesis",
            help="How a model could solve the problem, and whether one is needed at all.",
            parts=[_belief(), _prediction(), _errors(), _need(), _paths(), _ethics()],
        )
    ]


def _belief() -> Fieldset:
    return Fieldset(
        title="What we believe",
        fields=[
            Prose(
                "capability",
                label="What the model can do",
                example="a personal feed ranked by predicted play",
            ),
            Group(
                "expected",
                label="The change we expect",
                parts=[
                    Line(
                        "metric", label="User metric", example="weekly play time", offer=_adoption
                    ),
                    Amount("change", label="Change", example="+15%"),
                ],
            ),
            Prose("because", label="Because"),
            Prose("wrong_if", label="We are wrong if"),
        ],
    )


def _prediction() -> Fieldset:
    return Fieldset(
        title="What is predicted",
        fields=[
            Choice("task", label="Task"),
            Line("entity", label="One prediction is about", example="subscriber and item"),
            Prose("outcome", label="Outcome", example="plays more than 5 minutes"),
            Amount("wait", label="Wait", example="1 day"),
            Choice("serving", label="Serving"),
            Prose("action", label="Action", example="The top ten items fill the home screen"),
            Choice("control", label="The person"),
        ],
    )


def _errors() -> Group:
    return Group(
        "errors",
        label="When it is wrong",
        parts=[
            Choice("tolerance", label="Tolerance"),
            Prose("worst_case", label="Worst case"),
        ],
    )


def _need() -> Fieldset:
    return Fieldset(
        title="Is a model needed?",
        fields=[
            Prose("without_ai", label="If AI were off the table"),
            Prose("even_if_perfect", label="If it were never wrong"),
            Rows(
                "alternatives",
                label="Simpler ways",
                one="alternative",
                fields=_alternative,
            ),
        ],
    )


def _alternative() -> Parts:
    return [
        Line("name", label="Name", example="most-played list"),
        Line("kind", label="Kind", words=KINDS),
        Prose("why_not", label="How far it gets, and why not"),
    ]


def _paths() -> Fieldset:
    return Fieldset(
        title="Model paths",
        help="At least the rule, the simple model and the complex one, on the same measures.",
        fields=[
            Rows("paths", label="Paths", one="path", fields=_path, folded=True),
            Line(
                "chosen", label="Chosen path", offer=lambda tree: names_in(tree, "hypothesis.paths")
            ),
            Choice("impact", label="Impact"),
            Choice("difficulty", label="Difficulty"),
            Group(
                "trade_off",
                label="Choose two of speed, quality and features",
                parts=[Choice("gives_way", label="What gives way"), Prose("why", label="Why")],
            ),
        ],
    )


def _path() -> Parts:
    return [
        Line("name", label="Name", example="rules", wide=True),
        Amount("latency", label="Latency", example="30 ms"),
        Amount("cost_per_prediction", label="Cost per prediction", example="0.002 USD"),
        Amount("run_cost", label="Running cost", example="9000 USD/month"),
        Pairs(
            "quality", label="Quality", one="measure", name="Measure", value=_quality, example="f1"
        ),
        Prose("data", label="Data it needs"),
    ]


def _quality() -> Amount:
    return Amount("quality", label="Value", example="0.86")


def _ethics() -> Rows:
    return Rows("ethics", label="Ethics", one="question", fields=_ethic, titles=["question"])


def _ethic() -> Parts:
    return [
        Line("question", label="Question", words=QUESTIONS, wide=True),
        Prose("answer", label="Honest answer"),
        Prose("action", label="What is done about it"),
    ]


def _adoption(tree: Tree) -> list[str]:
    return [*names_in(tree, "metrics.adoption"), *text_at(tree, "goal.metric")]
