"""Changes to a brief's text: what was asked for happens, and nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml as pyyaml
from brief_texts import Path as Place
from brief_texts import Written, write
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from kit.brief.changes import changed, value_at
from kit.brief.editing import edit
from kit.brief.tree import Tree, parse

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*/brief.yaml"))

KEYS = (
    "format",
    "title",
    "goal",
    "statement",
    "metric",
    "levers",
    "problem",
    "evidence",
    "kind",
    "name",
    "zz",
)
WORDS = (
    *(
        "alpha",
        "beta two",
        "5%",
        "0.05",
        "no",
        "12:30",
        "x: y",
        "a # b",
        "- z",
        "'q'",
        '"dq"',
        "1_000",
    ),
    *(
        "two\nlines",
        "two\n\nlines\n",
        "line\n",
        "éü",
        "{x",
        "a, b",
        "\\d",
        "*b*",
        "%",
        "~",
        "",
        "tab\tin",
    ),
)

words = st.sampled_from(WORDS)
values = st.recursive(
    words | st.none(),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS), inner, min_size=1, max_size=3)
    ),
    max_leaves=6,
)
trees = st.dictionaries(st.sampled_from(KEYS), values, min_size=1, max_size=4)


def read(text: str) -> Tree:
    return parse(text, file="b.yaml").tree


def places(node: Any, path: Place = ()) -> list[Place]:
    """Every place in a tree."""
    items = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    return [place for key, value in items for place in [(*path, key), *places(value, (*path, key))]]


def dotted(place: Place) -> str:
    return ".".join(map(str, place))


@st.composite
def edits(draw: st.DrawFn) -> tuple[Written, dict[str, Any]]:
    """A written text, and changes to it: set, taken out, reordered, added."""
    tree = draw(trees)
    written = write(tree, draw(st.randoms(use_true_random=True)))
    changes: dict[str, Any] = {}
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.sampled_from(places(tree)))
        old = value_at(tree, dotted(place))
        match draw(st.sampled_from(["set", "set", "out", "turn", "add"])):
            case "turn" if isinstance(old, list):
                changes[dotted(place)] = draw(st.permutations(old))
            case "add" if isinstance(old, list):
                at = draw(st.integers(0, len(old)))
                changes[dotted(place)] = [
                    *old[:at],
                    draw(values),
                    *old[at + draw(st.integers(0, 1)) :],
                ]
            case "add" if isinstance(old, dict):
                changes[f"{dotted(place)}.{draw(st.sampled_from(KEYS))}"] = draw(values)
            case "out":
                changes[dotted(place)] = None
            case _:
                changes[dotted(place)] = draw(values)
    return written, changes


def stays(place: Place, where: str, old: Any, new: Any) -> bool:
    """Whether the entry at a place is still the same entry, so that its comments must be there."""
    for at, part in enumerate(place):
        if isinstance(old, list) and isinstance(new, list):
            if old != new and old.count(old[part]) > new.count(old[part]):
                return False
            old = new = old[part]
        elif isinstance(old, dict) and isinstance(new, dict) and old.keys() & new.keys():
            if part not in new:
                return where == "above" and at == len(place) - 1
            old, new = old[part], new[part]
        else:
            return False
    return True


def bare(line: str) -> str:
    return line.rstrip("\r\n").lstrip(" -")


@settings(deadline=None, max_examples=400)
@given(edits())
def test_edit_says_what_changed_says_and_keeps_all_else(edited: tuple[Written, dict[str, Any]]):
    written, changes = edited
    old = read(written.text)
    try:
        new = changed(old, changes)
    except ValueError:
        return  # an earlier change took away what a later one speaks of
    text = edit(written.text, changes)

    assert read(text) == new
    for words, (where, place) in written.comments.items():
        assert words in text or not stays(place, where, old, new)
    rest = {bare(line) for line in text.splitlines()}
    rows = written.text.splitlines()
    for place, (first, last) in written.leaves.items():
        if stays(place, "", old, new) and value_at(old, dotted(place)) == value_at(
            new, dotted(place)
        ):
            own = {bare(line) for line in rows[first - 1 : last] if line.strip()}
            assert own <= rest or not _ends(written.text)
    ends = Counter("\r\n" if line.endswith("\r\n") else "\n" for line in text.splitlines(True)[:-1])
    assert len(ends) <= 1


def _ends(text: str) -> bool:
    return text.endswith("\n")


@settings(deadline=None, max_examples=150)
@given(trees, st.randoms(use_true_random=True), st.data())
def test_edit_of_one_text_touches_its_own_lines_only(tree: Tree, rng: Random, data: st.DataObject):
    written = write(tree, rng)
    leaves = [
        place for place, _ in written.leaves.items() if value_at(tree, dotted(place)) is not None
    ]
    if not leaves:
        return
    place = data.draw(st.sampled_from(leaves))
    text = edit(written.text, {dotted(place): data.draw(words.filter(bool))})
    first, last = written.leaves[place]
    gone = Counter(written.text.splitlines(True)) - Counter(text.splitlines(True))
    assert set(gone) <= set(written.text.splitlines(True)[first - 1 : last]) or not _ends(
        written.text
    )


@settings(deadline=None, max_examples=60)
@given(edits())
def test_edit_without_effect_gives_the_text_back(edited: tuple[Written, dict[str, Any]]):
    written, _ = edited
    tree = read(written.text)
    assert edit(written.text, {}) == written.text
    assert edit(written.text, tree) == written.text or any(
        value in (None, "") for value in tree.values()
    )
    assert edit(written.text, {"not.there": None, "nor.this": ""}) == written.text


@settings(deadline=None, max_examples=100)
@given(edits())
def test_edit_can_be_taken_back(edited: tuple[Written, dict[str, Any]]):
    written, changes = edited
    old = read(written.text)
    try:
        text = edit(written.text, changes)
    except ValueError:
        return
    back = {key: old.get(key) for key in {*old, *read(text)}}
    if not any(value in (None, "") for value in old.values()):
        assert read(edit(text, back)) == old


# --- what is written is read the same by both generations of YAML ---------------------------------

CLASSIC = (
    *("no", "No", "yes", "on", "Off", "y", "n", "true", "null", "~", "=", "<<", "-", "?", ":", "!"),
    *(
        "12:30",
        "12:30:45",
        "1_000",
        "0o14",
        "0x1F",
        "-0x1F",
        "0b1",
        "014",
        "1e3",
        "1.5",
        ".5",
        "+1",
        "-.inf",
        ".NaN",
    ),
    *(
        "2027-03-31",
        "2027-3-1",
        "2027-03-31T10:00:00Z",
        "2027-03-31 10:00:00",
        "190:20:30",
        "6.0221e+23",
    ),
    *(
        " lead",
        "trail ",
        "\tlead",
        "trail\t",
        "a\tb",
        "a # b",
        "a: b",
        "a:",
        "- a",
        "# a",
        "#",
        "? a",
        "a,b",
    ),
    *(
        "[a",
        "{a",
        "a]",
        "}",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "| a",
        "%a",
        "@a",
        "`a",
        "'a'",
        "'",
        '"a"',
        '"',
        "\\",
    ),
    *(
        "it's",
        'say "no"',
        "C:\\new",
        "http://x.org/?a=b&c#d",
        "-10%",
        "+15%",
        "−5",
        "€ 5",
        "5 %",
        "a--b",
        "--- a",
        "...",
    ),
    *(
        "line\n",
        "two\nlines",
        "two\nlines\n",
        "two\n\n\nlines",
        "\nfirst",
        "\n\nfirst\n",
        "last\n\n",
        "\n",
        "  a\n b",
    ),
    *(
        "a\n   \nb",
        "a  \nb  ",
        "a\n  ",
        "\ta\n\tb",
        "a\r\nb",
        "a\rb",
        "# a\n# b",
        "- a\n- b",
        "a: b\nc: d",
        "---\na",
        "a\n...",
    ),
    *(
        "🙂",
        "a🙂\nb",
        "\u00a0a\u00a0",
        "a\u2028b",
        "a\u0085b",
        "\ufeffa",
        "\x00",
        "\x1b[0m",
        "\x7f",
        "\uffff",
        "日本",
        "a" * 2000,
    ),
)


def said_to_others(text: str) -> tuple[Any, Any]:
    """What YAML 1.2 and YAML 1.1 readers take a text for."""
    return YAML(typ="safe", pure=True).load(text), pyyaml.safe_load(text)


def check_text(value: str) -> None:
    changes = {
        "title": value,
        "goal.statement": value,
        "goal.levers": [value, "second"],
        "problem.evidence": [{"finding": value, "source": "s"}],
        "waive": {"GO101": value},
        "unknown": {"key": value},
    }
    start = "status: draft\ngoal: {owner: me}\n"
    for text in (
        edit("", changes),
        edit(start, changes),
        edit(start.replace("\n", "\r\n"), changes),
    ):
        for tree in (read(text), *said_to_others(text)):
            assert tree["title"] == value
            assert tree["goal"]["statement"] == value
            assert tree["goal"]["levers"] == [value, "second"]
            assert tree["problem"]["evidence"] == [{"finding": value, "source": "s"}]
            assert tree["waive"] == {"GO101": value}
            assert tree["unknown"] == {"key": value}


@pytest.mark.parametrize("value", CLASSIC)
def test_written_text_is_read_the_same_by_all_readers(value: str):
    check_text(value)


@settings(deadline=None, max_examples=150)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_written_text_of_any_kind_is_read_the_same_by_all_readers(value: str):
    check_text(value)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from([" ", "\n", "\t", "a", ":", "#", "-", "'", '"', "  ", "\\"]),
        min_size=1,
        max_size=9,
    )
)
def test_written_text_of_awkward_signs_is_read_the_same_by_all_readers(parts: list[str]):
    check_text("".join(parts))


@settings(deadline=None, max_examples=80)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(CLASSIC))
def test_written_key_is_read_the_same_by_all_readers(key: str):
    if len(key) > 100:
        return
    for text in (
        edit("", {"waive": {key: "x"}}),
        edit("waive: {A: b}\n", {"waive": {"A": "b", key: "x"}}),
    ):
        for tree in (read(text), *said_to_others(text)):
            assert tree["waive"][key] == "x"


@pytest.mark.parametrize(
    ("key", "value", "plain"),
    [
        ("format", "1", 1),
        ("illustrative", "true", True),
        ("goal.baseline", "4.5", 4.5),
        ("goal.baseline", {"value": "5", "from": "guess"}, {"value": 5, "from": "guess"}),
        ("problem.evidence", [{"finding": "x", "n": "612"}], [{"finding": "x", "n": 612}]),
        (
            "hypothesis.paths",
            [{"name": "1", "quality": {"f1": "0.8"}}],
            [{"name": "1", "quality": {"f1": 0.8}}],
        ),
    ],
)
def test_written_number_stays_a_number_for_other_readers(key: str, value: Any, plain: Any):
    for tree in said_to_others(edit("", {key: value})):
        assert value_at(tree, key) == plain


# --- by hand ------------------------------------------------------------------------------------

BRIEF = """\
# A worked case.
format: 1   # version
title: Personal content feed

# the goal
goal:
  statement: Reduce   # why
  baseline: {value: 5.0, from: measured}  # base

  # before levers
  levers: [a, b]   # two

# the problem
problem:
  who: Subs
  today: |   # long
    multi
      line

  # what we saw
  evidence:
    # of the survey
    - kind: survey   # s1
      finding: x
    - {kind: logs, finding: y}
      # inside the second

    # of the third
    - kind: talks
      finding: z
data:
  label:
    agreement:
    delay: 1 day
# end
"""


def after(changes: dict[str, Any], start: str = BRIEF) -> list[str]:
    """The lines that go, with a minus, and those that come, with a plus."""
    text = edit(start, changes)
    assert read(text) == changed(read(start), changes)
    old, new = start.splitlines(), text.splitlines()
    gone, come = Counter(old) - Counter(new), Counter(new) - Counter(old)
    kept = [line for line in old if line not in gone]
    assert [line for line in new if line in set(kept)] == kept or "evidence" in str(changes)
    return [f"-{line}" for line in gone.elements()] + [f"+{line}" for line in come.elements()]


def test_edit_of_a_text_keeps_the_comment_beside_it():
    assert after({"goal.statement": "no"}) == [
        "-  statement: Reduce   # why", '+  statement: "no"   # why',
    ]  # fmt: skip


def test_edit_of_one_key_in_braces_leaves_the_rest_of_the_line():
    assert after({"goal.baseline.value": "4.5"}) == [
        "-  baseline: {value: 5.0, from: measured}  # base",
        "+  baseline: {value: 4.5, from: measured}  # base",
    ]


def test_edit_adds_a_key_where_the_model_has_it():
    text = edit(
        BRIEF, {"goal.metric": "churn", "goal.owner": "VP", "author": "Ann", "status": "decided"}
    )
    assert list(read(text)) == ["format", "title", "status", "author", "goal", "problem", "data"]
    assert list(read(text)["goal"]) == ["statement", "metric", "baseline", "owner", "levers"]
    assert "# why\n  metric: churn\n  baseline" in text
    assert "# base\n  owner: VP\n\n  # before levers\n  levers" in text
    assert "feed\nstatus: decided\nauthor: Ann\n\n# the goal\ngoal:" in text


def test_edit_adds_a_key_before_the_first_one():
    assert after({"format": "1"}, "# head\ntitle: x\n") == ["+format: 1"]
    assert edit("# head\ntitle: x\n", {"format": "1"}) == "# head\nformat: 1\ntitle: x\n"
    assert (
        edit("goal: {metric: x}\n", {"goal.statement": "z"}) == "goal: {statement: z, metric: x}\n"
    )
    rows = "problem:\n  evidence:\n  - finding: x\n    n: 1\n"
    assert "  - kind: log\n    finding: x\n    n: 1\n" in edit(
        rows, {"problem.evidence.0.kind": "log"}
    )


def test_edit_adds_a_step_that_is_not_there():
    text = edit(BRIEF, {"hypothesis.because": "so", "hypothesis.expected.change": "+15%"})
    said = "hypothesis:\n  expected:\n    change: +15%\n  because: so\n"
    assert f"      finding: z\n{said}data:\n" in text


def test_edit_adds_the_last_key_before_the_last_comment():
    assert edit("a: 1\n# end\n", {"b": "2"}) == 'a: 1\nb: "2"\n# end\n'


def test_edit_takes_a_key_out_with_its_line_only():
    assert after({"goal.baseline": None}) == ["-  baseline: {value: 5.0, from: measured}  # base"]
    assert after({"goal.baseline.from": ""}) == [
        "-  baseline: {value: 5.0, from: measured}  # base", "+  baseline: {value: 5.0}  # base",
    ]  # fmt: skip


def test_edit_keeps_the_comment_above_a_key_that_is_taken_out():
    """Whoever clears a field to type it anew would lose the comment otherwise."""
    assert after({"goal.levers": None}) == ["-  levers: [a, b]   # two"]


def test_edit_takes_out_a_text_of_several_lines_whole():
    assert after({"problem.today": None}) == [
        "-  today: |   # long",
        "-    multi",
        "-      line",
    ]


def test_edit_takes_out_a_group_that_loses_its_last_key():
    assert after({"data.label.delay": None, "data.label.agreement": None}) == [
        "-data:", "-  label:", "-    agreement:", "-    delay: 1 day",
    ]  # fmt: skip


def test_edit_takes_out_the_last_key_of_all():
    assert edit("# head\ntitle: x\n", {"title": None}) == "# head\n{}\n"
    assert edit("{title: x}\n", {"title": None}) == "{}\n"
    assert (
        edit("{}\n", {"title": "x", "goal.statement": "z"}) == "title: x\ngoal:\n  statement: z\n"
    )


def test_edit_takes_out_the_required_statement_when_told_so():
    assert after({"goal.statement": None}) == ["-  statement: Reduce   # why"]


def test_edit_turns_one_line_into_several_and_back():
    assert edit("problem: # p\n  who: x  # w\n", {"problem.who": "a\n b: c\n"}) == (
        "problem: # p\n  who: |  # w\n    a\n     b: c\n"
    )
    assert after({"problem.today": "short"}) == [
        "-  today: |   # long", "-    multi", "-      line", "+  today: short  # long",
    ]  # fmt: skip


def test_edit_fills_an_empty_value():
    assert after({"data.label.agreement": "0.8"}) == ["-    agreement:", "+    agreement: 0.8"]
    assert edit("a:   # c\nb: ~\n", {"a": "x", "b": "z"}) == "a: x   # c\nb: z\n"
    assert edit("a: {b, c: }\n", {"a.b": "x", "a.c": "z"}) == "a: {b: x, c: z }\n"


def test_edit_gives_a_number_a_source_and_keeps_the_number():
    assert edit("goal:\n  target: 4.5  # t\n", {"goal.target.from": "guess"}) == (
        "goal:\n  target: {value: 4.5, from: guess}  # t\n"
    )


def test_edit_puts_keys_in_the_place_of_text_or_not_applicable():
    assert read(edit("goal:\n  target: 'n/a: none'\n", {"goal.target.from": "guess"})) == {
        "goal": {"target": {"from": "guess"}}
    }
    assert edit("data: 'n/a: none'  # d\n", {"data.moat": "x"}) == "data:  # d\n  moat: x\n"
    assert edit("data: {n/a: none}\n", {"data": {"moat": "x"}}) == "data:\n  moat: x\n"
    assert edit("data:\n  moat: x\n", {"data": {"n/a": "none"}}) == "data: {n/a: none}\n"


def test_edit_adds_to_lists_and_groups_in_brackets():
    assert after({"goal.levers": ["a", "c", "b", "d"]}) == [
        "-  levers: [a, b]   # two", "+  levers: [a, c, b, d]   # two",
    ]  # fmt: skip
    assert edit("a: []\nb: {}\n", {"goal.levers": ["x"], "a": ["x"], "b": {"c": "d"}}) == (
        "goal:\n  levers: [x]\na: [x]\nb: {c: d}\n"
    )
    assert edit("a: [ x ,  y ]\n", {"a": ["x"]}) == "a: [ x ]\n"
    assert edit("a: [x, y, z,]\n", {"a": ["y", "z"]}) == "a: [y, z,]\n"
    assert edit("a: { x: 1 , y: 2 }\n", {"a.x": None, "a.z": "3"}) == 'a: { y: 2, z: "3" }\n'


def test_edit_in_brackets_over_several_lines_keeps_their_comments():
    start = "a: [x, # one\n    y, # two\n    z  # three\n   ]\n"
    assert edit(start, {"a": ["x", "w", "z"]}) == start.replace("y,", "w,")
    for left in (["x"], ["x", "y"], ["z"]):
        text = edit(start, {"a": left})
        assert read(text) == {"a": left}
        assert all(comment in text for comment in ("# one", "# two", "# three"))


ROWS = read(BRIEF)["problem"]["evidence"]


def evidence(rows: list[Any], start: str = BRIEF) -> str:
    text = edit(start, {"problem.evidence": rows})
    assert read(text)["problem"]["evidence"] == rows
    return text[text.index("  evidence:\n") + 12 : text.index("data:")]


def test_rows_that_change_places_take_their_comments_along():
    assert evidence([ROWS[2], ROWS[0], ROWS[1]]) == (
        "\n    # of the third\n    - kind: talks\n      finding: z\n"
        "    # of the survey\n    - kind: survey   # s1\n      finding: x\n"
        "    - {kind: logs, finding: y}\n      # inside the second\n"
    ).removeprefix("\n")


def test_row_that_is_taken_out_takes_only_its_own_comments():
    assert evidence(ROWS[1:]).startswith(
        "    - {kind: logs, finding: y}\n      # inside the second\n\n    # of"
    )
    assert evidence([ROWS[0], ROWS[2]]) == (
        "    # of the survey\n    - kind: survey   # s1\n      finding: x\n"
        "\n    # of the third\n    - kind: talks\n      finding: z\n"
    )


def test_row_that_is_added_is_written_like_the_others():
    text = evidence([*ROWS, {"finding": "f", "kind": "new"}])
    assert text.endswith("      finding: z\n    - kind: new\n      finding: f\n")
    flow = "problem:\n  evidence:\n    - {kind: logs, finding: y}\ndata:\n"
    assert evidence([{"kind": "a", "finding": "b"}, ROWS[1]], flow) == (
        "    - {kind: a, finding: b}\n    - {kind: logs, finding: y}\n"
    )


def test_row_that_changes_keeps_its_comments():
    changed_row = {"kind": "survey", "finding": "new"}
    assert "    # of the survey\n    - kind: survey   # s1\n      finding: new\n" in evidence(
        [changed_row, *ROWS[1:]]
    )
    assert "- kind: survey   # s1\n      finding: new\n" in evidence([ROWS[1], changed_row])


def test_row_is_set_added_and_taken_out_by_its_number():
    assert read(edit(BRIEF, {"problem.evidence.1": None}))["problem"]["evidence"] == [
        ROWS[0],
        ROWS[2],
    ]
    both = {"problem.evidence.0": None, "problem.evidence.2.finding": "new"}
    assert read(edit(BRIEF, both))["problem"]["evidence"] == [ROWS[1], ROWS[2] | {"finding": "new"}]
    assert read(edit(BRIEF, {"problem.evidence.3.finding": "new"}))["problem"]["evidence"] == [
        *ROWS, {"finding": "new"},
    ]  # fmt: skip
    assert (
        "evidence"
        not in read(edit(BRIEF, {f"problem.evidence.{at}": None for at in range(3)}))["problem"]
    )


@pytest.mark.parametrize(
    "key", ["problem.evidence.4", "problem.evidence.x", "problem.evidence.-1", "goal.levers.²"]
)
def test_changed_refuses_a_row_that_cannot_be(key: str):
    with pytest.raises(ValueError, match="expected the number of a row"):
        changed(read(BRIEF), {key: "x"})


def test_first_key_of_a_row_is_taken_out():
    assert "    # of the survey\n    - finding: x\n" in edit(
        BRIEF, {"problem.evidence.0.kind": None}
    )
    start = "a:\n- x: 1\n  # two\n  y: 2\n  z: 3\n"
    assert edit(start, {"a.0.x": None}) == "a:\n- # two\n  y: 2\n  z: 3\n"
    assert edit(start, {"a.0.x": None, "a.0.y": None}) == "a:\n- # two\n  z: 3\n"


def test_comments_further_in_do_not_become_part_of_a_text():
    start = "a:\n  b: |\n    text\n  c: 1\n    # of c\n  d: 2\n"
    assert edit(start, {"a.c": None}) == "a:\n  b: |\n    text\n  d: 2\n"
    text = edit("a:\n  b: 1\n      # of b\n", {"a.b": "two\nlines"})
    assert "# of b" in text
    assert read(text) == {"a": {"b": "two\nlines"}}


def test_text_that_keeps_its_blank_lines_keeps_them():
    start = "a: |+\n  x\n\n\nb: 1\n\n\nc: 2\n"
    for changes in ({"b": None}, {"b": "2", "bb": "3"}, {"c": None}, {"a": "y"}, {"a": None}):
        assert read(edit(start, changes)) == changed(read(start), changes)


@pytest.mark.parametrize(
    "start", ["a: |\n  x", "a: >\n  x\n  y", "a: |+\n  x", "a: x", "a:\n- |\n  x", "a: 'x'  # c"]
)
def test_file_that_ends_without_a_line_end_can_be_added_to(start: str):
    for changes in ({"b": "1"}, {"title": "1"}, {"a": "new"}, {"a": "new\nlines"}):
        assert read(edit(start, changes)) == changed(read(start), changes)


def test_edit_writes_the_line_ends_of_the_file():
    text = edit(
        BRIEF.replace("\n", "\r\n"),
        {"problem.who": "two\nlines", "goal.metric": "x", "problem.evidence": ROWS[::-1]},
    )
    assert text.count("\r\n") == text.count("\n")
    assert text.replace("\r\n", "\n") == edit(
        BRIEF, {"problem.who": "two\nlines", "goal.metric": "x", "problem.evidence": ROWS[::-1]}
    )


@pytest.mark.parametrize(
    "start",
    ["---\ntitle: x\n", "%YAML 1.2\n---\ntitle: x\n...\n", "--- {title: x}\n", '{"title": "x"}'],
)
def test_edit_respects_the_marks_of_a_document(start: str):
    for changes in (
        {"title": "y"},
        {"author": "z"},
        {"goal.statement": "a\nb"},
        {"title": None, "author": "z"},
    ):
        text = edit(start, changes)
        assert read(text) == changed(read(start), changes)
        assert ("..." in text) == ("..." in start)


def test_edit_begins_an_empty_file():
    assert edit("", {"title": "x", "format": "1"}) == "format: 1\ntitle: x\n"
    assert edit("# head", {"title": "x"}) == "# head\ntitle: x\n"
    assert edit("", {}) == ""


def test_edit_writes_long_groups_below_each_other():
    row = {"kind": "survey", "finding": "long " * 20, "source": "s"}
    assert edit("", {"problem.evidence": [row]}) == (
        f'problem:\n  evidence:\n    - kind: survey\n      finding: "{"long " * 20}"\n      source: s\n'
    )


def test_edit_takes_numbers_and_booleans_as_one_would_type_them():
    text = edit(
        "",
        {"illustrative": True, "goal.target": 4.5, "experiment.arms": 2, "goal.levers": (1, None)},
    )
    assert read(text) == {
        "illustrative": "true", "goal": {"target": "4.5", "levers": ["1", None]}, "experiment": {"arms": "2"},
    }  # fmt: skip


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_examples_change_in_the_lines_of_the_changed_key_only(path: Path):
    start = path.read_text("utf-8")
    parsed = parse(start, file="b.yaml")
    leaves = [
        place
        for place in places(parsed.tree)
        if isinstance(value_at(parsed.tree, dotted(place)), str)
    ]
    keys = [key for key in map(dotted, leaves) if value_at(parsed.tree, key) is not None]
    lines = start.splitlines(True)
    for key in keys[len(path.parent.name) % 11 :: 11]:
        first = parsed.lines[key]
        following = min(
            (line for line in parsed.lines.values() if line > first), default=len(lines) + 1
        )
        own = {bare(line) for line in lines[first - 1 : following - 1]}
        parts = key.split(".")
        above = [".".join(parts[:at]) for at in range(1, len(parts))]
        for value in ("new: text", None):
            text = edit(start, {key: value})
            assert read(text) == changed(parsed.tree, {key: value})
            emptied = {
                bare(lines[parsed.lines[up] - 1])
                for up in above
                if value_at(read(text), up) is None
            }
            assert lines_gone(start, text) <= own | emptied
        back = edit(edit(start, {key: "other"}), {key: value_at(parsed.tree, key)})
        assert read(back) == parsed.tree
        assert lines_gone(start, back) <= own


def lines_gone(old: str, new: str) -> set[str]:
    return set(Counter(map(bare, old.splitlines())) - Counter(map(bare, new.splitlines())))
