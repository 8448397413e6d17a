"""The model of a brief: every key of the format, "not applicable", and words for what is wrong."""

from __future__ import annotations

import datetime as dt
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from kit.brief import Brief, NotApplicable, Part, Quantity, Value, load
from kit.brief.reading import bare, field_type, keys_of, leaves, nearest, read
from kit.brief.tree import Parsed, Tree, parse
from kit.errors import Problem

BRIEFS = Path(__file__).parent / "briefs"
EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*/brief.yaml"))
SAMPLE = (BRIEFS / "sample.yaml").read_text("utf-8")


def tree(**more: Any) -> Tree:
    """The smallest brief, and more."""
    return {"format": "1", "title": "Churn", "goal": {"statement": "Less churn"}} | more


def problems(given: Tree | str) -> list[Problem]:
    parsed = parse(given, file="b.yaml") if isinstance(given, str) else None
    lines = parsed or Parsed(tree=typing.cast("Tree", given), lines={})
    _, found = read(lines.tree, file="b.yaml", place=lambda key: (lines.line(key), None))
    return list(found)


def told(given: Tree | str) -> list[str]:
    return [str(problem) for problem in problems(given)]


def minimal(kind: Any) -> Any:
    """The smallest value of a type of the model."""
    kind = bare(kind)
    if typing.get_origin(kind) is typing.Literal:
        return str(typing.get_args(kind)[0])
    if typing.get_origin(kind) is list:
        return [minimal(typing.get_args(kind)[0])]
    if typing.get_origin(kind) is dict:
        return {"some key": minimal(typing.get_args(kind)[1])}
    if kind is Quantity:
        return "3 days"
    if isinstance(kind, type) and issubclass(kind, Part):
        return {
            info.alias or name: minimal(info.annotation)
            for name, info in kind.model_fields.items()
            if info.is_required()
        }
    return {str: "text", bool: "true", int: "2", dt.date: "2027-03-31"}[kind]


def optional_keys(
    part: type[Part], path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every key of the model that may be left out, with what is below a list's first row."""
    for name, info in part.model_fields.items():
        here = (*path, info.alias or name)
        kind = bare(info.annotation)
        if NotApplicable in typing.get_args(info.annotation):
            yield here, kind
        if typing.get_origin(kind) is list:
            kind, here = bare(typing.get_args(kind)[0]), (*here, "0")
        if isinstance(kind, type) and issubclass(kind, Part) and kind is not Quantity:
            yield from optional_keys(kind, here)


OPTIONAL = dict(optional_keys(Brief))


def placed(path: tuple[str, ...], value: Any) -> Tree:
    """The smallest brief that has a value at a path."""
    whole = minimal(Brief)
    node, kind = whole, Brief
    for at, part in enumerate(path[:-1]):
        kind = field_type(kind, part) if part != "0" else bare(typing.get_args(kind)[0])
        if part == "0":
            node = node[0]
        else:
            empty = minimal(kind)
            node = node.setdefault(
                part, empty if path[at + 1] != "0" else [minimal(typing.get_args(kind)[0])]
            )
    node[path[-1]] = value
    return whole


def at(brief: Any, path: tuple[str, ...]) -> Any:
    for part in path:
        brief = brief[int(part)] if part.isdigit() else getattr(brief, part)
    return brief


def test_optional_keys_are_found_at_every_depth():
    assert len(OPTIONAL) > 140
    assert ("goal", "baseline") in OPTIONAL
    assert ("data", "sources", "0", "quality", "freshness") in OPTIONAL
    assert ("metrics", "fairness", "0", "groups", "0", "share") in OPTIONAL


@pytest.mark.parametrize("path", OPTIONAL, ids=".".join)
def test_every_optional_key_can_be_left_out_filled_in_or_not_applicable(path: tuple[str, ...]):
    for nothing in (None, "n/a: no such thing here", {"n/a": "no such thing here"}):
        brief = Brief.model_validate(placed(path, nothing))
        found = at(brief, path)
        assert (found.reason if nothing else found) == ("no such thing here" if nothing else None)
    if path[0] != "value":  # some of its keys belong to one kind only
        assert not problems(placed(path, minimal(OPTIONAL[path])))


@pytest.mark.parametrize("path", OPTIONAL, ids=".".join)
def test_every_optional_key_asks_for_the_reason_of_not_applicable(path: tuple[str, ...]):
    for nothing in ("n/a", "N/A", "n/a:", "n/a : ", {"n/a": None}, {"n/a": ""}, {"n/a": " "}):
        found = problems(placed(path, nothing))
        assert len(found) == 1
        assert found[0].key.startswith(".".join(path))
        assert found[0].expected in ("`n/a` with its reason", "some text")


def test_sample_of_the_format_is_read_whole():
    brief = load(BRIEFS / "sample.yaml")
    assert brief.title == "Personal content feed"
    assert brief.illustrative is True
    assert brief.decision.by == dt.date(2026, 12, 15)
    assert brief.goal.baseline.in_unit(brief.goal.unit).number == pytest.approx(0.05)
    assert brief.goal.worth.bounds == (800_000, 1_600_000)
    assert brief.goal.target.from_ is None
    assert brief.problem.evidence[0].n == 612
    assert brief.problem.evidence[0].finding == '41% of cancellers chose "nothing for me"'
    assert brief.hypothesis.expected.change.number == pytest.approx(0.15)
    assert brief.hypothesis.paths[0].quality["f1"].number == 0.86
    assert brief.hypothesis.control == "can override"
    assert brief.metrics.model[0].direction == "higher"
    assert brief.metrics.guardrails[0].name == "support tickets per 1,000"
    assert brief.metrics.fairness[0].groups[0].name == "language"
    assert brief.metrics.decision_table[0].then == "ship"
    assert brief.value.take_rate.bounds == pytest.approx((0.1, 0.3))
    assert brief.value.volume.unit == "/month"
    assert brief.experiment.effect.unit == "% relative"
    assert brief.experiment.arms == 2
    assert brief.data.sources[0].personal is True
    assert brief.data.label.agreement is None
    assert brief.waive == {"DA204": "cold start, no history yet"}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_examples_are_briefs_without_a_problem(path: Path):
    assert load(path).illustrative is True


def test_metric_direction_follows_from_baseline_and_target():
    def direction(**keys: str) -> str | None:
        metric = {"name": "m"} | keys
        return Brief.model_validate(tree(metrics={"model": [metric]})).metrics.model[0].direction

    assert direction(baseline="5%", target="4%") == "lower"
    assert direction(baseline="0.18", target="25%") == "higher"
    assert direction(baseline="5%", target="4%", better="higher") == "higher"
    assert direction(baseline="5", target="5") is None
    assert direction(target="5") is None
    assert direction(baseline="n/a: new", target="5") is None


def test_group_is_a_name_or_a_name_and_its_share():
    groups = ["north", {"name": "south", "share": "20%"}]
    brief = Brief.model_validate(
        tree(metrics={"fairness": [{"measure": "recall", "groups": groups}]})
    )
    north, south = brief.metrics.fairness[0].groups
    assert (north.name, north.share, south.share.number) == ("north", None, 0.2)


KINDS = {
    "detection": {
        "prevalence",
        "precision",
        "recall",
        "benefit",
        "cost_false_positive",
        "cost_action",
    },
    "regression": {"error_today", "error_wanted", "cost_above", "cost_below"},
    "assist": {
        *(
            "acceptance",
            "minutes_saved",
            "gain",
            "error_rate",
            "cost_error",
            "review_minutes",
            "wage",
        ),
    },
}


@pytest.mark.parametrize("kind", KINDS)
def test_value_takes_the_keys_of_its_kind_only(kind: str):
    others = {key: other for other, keys in KINDS.items() if other != kind for key in keys}
    own = dict.fromkeys(KINDS[kind] | {"volume", "run_cost", "capacity", "take_rate"}, "3")
    assert not problems(tree(value={"kind": kind} | own))
    for key, other in others.items():
        (said,) = told(tree(value={"kind": kind, key: "3"}))
        assert said.startswith(
            f"b.yaml: value.{key}: expected a key of kind {kind!r}, found {key!r}."
        )
        assert said.endswith(f"Take it out, or write `kind: {other}`, which it belongs to.")
        assert not problems(tree(value={"kind": kind, key: "n/a: of another kind"}))


def test_value_is_of_kind_detection_when_nothing_is_said():
    assert [problem.key for problem in problems(tree(value={"wage": "3", "gain": "1"}))] == [
        *("value.gain", "value.wage"),
    ]
    assert set(Value.keys_of("assist")) & set(Value.keys_of("detection")) == {
        *("kind", "currency", "rates", "volume", "run_cost", "capacity", "take_rate"),
    }


@pytest.mark.parametrize(
    ("given", "key", "close"),
    [
        (tree(titel="x"), "titel", "title"),
        (tree(Title="x"), "Title", "title"),
        (tree(goal={"statement": "x", "metrik": "y"}), "goal.metrik", "metric"),
        (tree(goal={"statement": "x", "baseline": {"value": "5", "frm": "guess"}}), "goal.baseline.frm", "from"),
        (tree(problem={"evidence": [{"finding": "x", "sorce": "y"}]}), "problem.evidence.0.sorce", "source"),
        (tree(data={"sources": [{"name": "a"}, {"name": "b", "quality": {"freshnes": "1 h"}}]}),
         "data.sources.1.quality.freshnes", "freshness"),
        (tree(metrics={"minimum_viable": {"latncy": "1 s"}}), "metrics.minimum_viable.latncy", "latency"),
        (tree(hypothesis={"errors": {"worst-case": "x"}}), "hypothesis.errors.worst-case", "worst_case"),
        (tree(metrics={"fairness": [{"measure": "m", "groups": [{"name": "a", "shar": "1"}]}]}),
         "metrics.fairness.0.groups.0.shar", "share"),
    ],
)  # fmt: skip
def test_unknown_key_is_named_with_the_nearest_known_one(given: Tree, key: str, close: str):
    word = key.rpartition(".")[2]
    assert told(given) == [
        f"b.yaml: {key}: expected a known key, found `{word}`. Did you mean `{close}`?"
    ]


def test_unknown_key_near_to_none_lists_the_known_ones():
    (said,) = told(tree(hypothesis={"trade_off": {"qqq": "x"}}))
    assert said.endswith("Known here: gives_way, why.")


@pytest.mark.parametrize("key", ["expected", "from_", "model_config", "__class__", "n/a", "", "<<"])
def test_unknown_key_is_refused_whatever_it_is_called(key: str):
    assert [problem.key for problem in problems(tree(**{key: "x"}))] == [key]


@pytest.mark.parametrize(
    ("given", "key", "words", "remedy"),
    [
        (tree(status="In Review"), "status", "draft, in review, decided", "Did you mean 'in review'?"),
        (tree(status="ready"), "status", "draft, in review, decided", "Choose one, for example 'draft'."),
        (tree(hypothesis={"control": "overrides"}), "hypothesis.control",
         "decides, approves, can override, none", "Did you mean 'can override'?"),
        (tree(hypothesis={"serving": "realtime"}), "hypothesis.serving", "batch, real time",
         "Did you mean 'real time'?"),
        (tree(goal={"statement": "x", "target": {"value": "5", "from": "gess"}}), "goal.target.from",
         "measured, benchmark, guess, target", "Did you mean 'guess'?"),
        (tree(experiment={"design": "before/after"}), "experiment.design",
         "ab, switchback, before and after, shadow", "Did you mean 'before and after'?"),
        (tree(metrics={"decision_table": [{"success": "up", "guardrails": "okay", "then": "ship"}]}),
         "metrics.decision_table.0.guardrails", "ok, unclear, worse", "Did you mean 'ok'?"),
        (tree(data={"sources": [{"name": "x", "access": "has"}]}), "data.sources.0.access",
         "have, asked, blocked", "Did you mean 'have'?"),
    ],
)  # fmt: skip
def test_word_that_is_none_of_the_words_is_told_the_words(
    given: Tree, key: str, words: str, remedy: str
):
    (problem,) = problems(given)
    assert (problem.key, problem.expected) == (key, f"one of {words}")
    assert problem.remedy == remedy


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (tree(goal={"statement": "x", "target": "lots"}),
         "goal.target: expected a number such as 5, 5%, 30 ms or 10% to 30%, found 'lots'. Write digits"),
        (tree(goal={"statement": "x", "target": {"value": "lots"}}), "goal.target.value: expected a number"),
        (tree(goal={"statement": "x", "target": ["5"]}), "goal.target: expected a number such as 5"),
        (tree(goal={"statement": "x", "worth": {"low": "3", "high": "1"}}),
         "goal.worth: expected `low` not above `high`, found {low: 3, high: 1}. Swap the two ends."),
        (tree(goal={"statement": "x", "by": "2027-02-30"}),
         "goal.by: expected a date that exists, found '2027-02-30'. Look the day up in a calendar."),
        (tree(goal={"statement": "x", "levers": "price"}),
         "goal.levers: expected a list, found 'price'. Start each entry with `- `, or write [one, two]."),
        (tree(goal={"statement": "x", "levers": ["a", None]}), "goal.levers.1: expected text, found nothing."),
        (tree(goal="Less churn"), "goal: expected a group of keys, found 'Less churn'. Write its keys below"),
        (tree(goal=None), "goal: expected a group of keys, found nothing."),
        (tree(problem=[]), "problem: expected a group of keys, found an empty list."),
        (tree(illustrative="perhaps"), "illustrative: expected true or false, found 'perhaps'."),
        (tree(data={"sources": [{"name": "x", "personal": "2"}]}),
         "data.sources.0.personal: expected true or false, found '2'."),
        (tree(title="x" * 301), "title: expected at most 300 characters, found "),
        (tree(title=" "), "title: expected some text, found an empty text."),
        (tree(title="a\nb"), "title: expected a single line, found 'a\\nb'. Take the line breaks out."),
        (tree(title="a\u202eb"), "title: expected readable text, which U+202E at character 2 is not"),
        (tree(title=["x"]), "title: expected text, found a list."),
        (tree(format="2"), "format: expected 1, found '2'. Write 1."),
        (tree(experiment={"arms": "two"}), "experiment.arms: expected a whole number, found 'two'."),
        (tree(waive=["GO101"]), "waive: expected a group of keys, found a list."),
        (tree(waive={"GO101": None}), "waive.GO101: expected text, found nothing."),
        (tree(hypothesis={"wait": "3"}), "hypothesis.wait: expected a duration such as 30 ms"),
        (tree(hypothesis={"paths": [{"name": "a", "quality": {"f1": "good"}}]}),
         "hypothesis.paths.0.quality.f1: expected a number"),
    ],
)  # fmt: skip
def test_wrong_value_is_told_with_key_expected_found_and_remedy(given: Tree, said: str):
    (message,) = told(given)
    assert message.startswith(f"b.yaml: {said}")


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, ["format", "title", "goal"]),
        ({"format": "1", "goal": {"statement": "x"}}, ["title"]),
        ({"format": "1", "title": "x", "goal": {"metric": "y"}}, ["goal.statement"]),
        (tree(problem={"evidence": [{"kind": "survey"}]}), ["problem.evidence.0.finding"]),
        (tree(metrics={"decision_table": [{"success": "up"}]}),
         ["metrics.decision_table.0.guardrails", "metrics.decision_table.0.then"]),
    ],
)  # fmt: skip
def test_missing_key_is_named(given: Tree, missing: list[str]):
    found = problems(given)
    assert [problem.key for problem in found] == missing
    for problem in found:
        assert (
            problem.remedy == f"Add `{problem.key.rpartition('.')[2]}:`, which cannot be left out."
        )


@pytest.mark.parametrize(
    ("quoted", "bare_words", "key"),
    [
        ('"support tickets per 1,000"', "support tickets per 1,000", "metrics.guardrails.0.000"),
        ('"cold start, no history yet"', "cold start, no history yet", "waive.no history yet"),
    ],
)
def test_text_cut_by_a_comma_in_braces_is_told_to_take_quotes(
    quoted: str, bare_words: str, key: str
):
    text = SAMPLE.replace(quoted, bare_words)
    line = SAMPLE[: SAMPLE.index(quoted)].count("\n") + 1
    (problem,) = problems(text)
    assert (problem.key, problem.line) == (key, line)
    assert problem.remedy.endswith("in quotes.")
    assert "comma" in problem.remedy


def test_problems_come_in_the_order_of_the_lines():
    text = "format: 1\ntitle: x\nwrong: 1\ngoal:\n  statement: x\n  by: soon\n  target: lots\nstatus: new\n"
    assert [problem.line for problem in problems(text)] == [3, 6, 7, 8]


def test_brief_with_wrong_values_is_read_without_them():
    given = tree(
        status="new",
        goal={"statement": "x", "target": "lots", "baseline": "5%", "levers": ["a", None, "b"]},
        problem={"evidence": [{"kind": "log"}, {"finding": "kept"}], "reach": "3", "whom": "x"},
        waive={"X" * 301: "too long", "GO101": "kept"},
    )
    brief, found = read(given, file="b.yaml", place=lambda _: (None, None))
    assert len(found) == 6
    assert (brief.status, brief.goal.target, brief.goal.baseline.number) == ("draft", None, 0.05)
    assert brief.goal.levers == ["a", "b"]
    assert [evidence.finding for evidence in brief.problem.evidence] == ["kept"]
    assert brief.waive == {"GO101": "kept"}
    assert given["goal"]["target"] == "lots"


@pytest.mark.parametrize("given", [{}, tree(title=""), tree(goal=None), tree(goal={"metric": "x"})])
def test_brief_without_a_required_key_is_none(given: Tree):
    brief, found = read(given, file="b.yaml", place=lambda _: (None, None))
    assert brief is None
    assert found


def test_brief_is_frozen():
    brief = Brief.model_validate(tree())
    with pytest.raises(ValidationError, match="frozen"):
        brief.title = "other"


def test_leaves_are_the_columns_of_a_table():
    found = list(leaves(Brief))
    assert len(found) == len(set(found))
    assert {
        "title",
        "goal.baseline.from",
        "goal.levers",
        "problem.evidence.N.finding",
        "waive.*",
    } <= set(found)
    assert "hypothesis.paths.N.quality.*" in found


def test_nearest_ignores_capitals():
    assert nearest("GOAL", keys_of(Brief)) == "Did you mean `goal`?"
