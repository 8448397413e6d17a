"""YAML into a tree: every scalar as it was typed, every key with its line, and nothing that does harm."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from brief_texts import write
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from kit.brief import tree as tree_module
from kit.brief.reading import read
from kit.brief.tree import DEPTH_LIMIT, SIZE_LIMIT, parse
from kit.errors import BriefError, Problem

HERE = Path(__file__).parent
FILES = [HERE / "briefs" / "sample.yaml", *sorted((HERE.parent / "examples").glob("*/brief.yaml"))]


def refusal(text: str) -> Problem:
    with pytest.raises(BriefError) as caught:
        parse(text, file="b.yaml")
    (problem,) = caught.value.problems
    assert caught.value.exit_code == 2
    assert (problem.file, problem.row) == ("b.yaml", None)
    assert problem.remedy.endswith(".")
    return problem


@pytest.mark.parametrize(
    "word",
    [
        "no",
        "yes",
        "on",
        "2024",
        "0.10",
        "1e3",
        "12:30",
        "1_000",
        "0o14",
        "0x1F",
        "2027-03-31",
        "=",
        ".5",
    ],
)
def test_scalar_stays_the_text_that_was_typed(word: str):
    tree = parse(
        f"plain: {word}\nquoted: '{word}'\nlist: [{word}]\n{word}: key\n", file="b.yaml"
    ).tree
    assert tree == {"plain": word, "quoted": word, "list": [word], word: "key"}


def test_empty_value_is_none_and_quoted_empty_text_is_text():
    text = "a:\nb: ~\nc: null\nd: ''\ne: 'null'\nf: [null, '~']\ng: {h, i: }\n"
    assert parse(text, file="b.yaml").tree == {
        "a": None,
        "b": None,
        "c": None,
        "d": "",
        "e": "null",
        "f": [None, "~"],
        "g": {"h": None, "i": None},
    }


def test_texts_over_several_lines_are_read_as_yaml_says():
    text = "a: one\n  two\n\n  three\nb: |\n  x\n   y\n\nc: >-\n  x\n  y\n\n  z\nd: 'p\n\n  q'\n"
    assert parse(text, file="b.yaml").tree == {
        "a": "one two\nthree", "b": "x\n y\n", "c": "x y\nz", "d": "p\nq",
    }  # fmt: skip


def test_line_is_known_for_every_key_entry_and_flow_key():
    text = (
        "# head\n\nformat: 1\ngoal:\n  statement: >-\n    two\n    lines\n  levers: [a,\n    b]\n"
        "  worth: {low: 1,\n    high: 2}\nproblem:\n  evidence:\n    # first\n    - kind: log\n      finding: x\n"
        "\n    - {kind: survey,\n       finding: y}\n    -\n      finding: z\n"
    )
    assert parse(text, file="b.yaml").lines == {
        "format": 3,
        "goal": 4,
        "goal.statement": 5,
        "goal.levers": 8,
        "goal.levers.0": 8,
        "goal.levers.1": 9,
        "goal.worth": 10,
        "goal.worth.low": 10,
        "goal.worth.high": 11,
        "problem": 12,
        "problem.evidence": 13,
        "problem.evidence.0": 15,
        "problem.evidence.0.kind": 15,
        "problem.evidence.0.finding": 16,
        "problem.evidence.1": 18,
        "problem.evidence.1.kind": 18,
        "problem.evidence.1.finding": 19,
        "problem.evidence.2": 21,
        "problem.evidence.2.finding": 21,
    }


def test_line_of_a_key_that_is_not_there_is_the_line_of_the_key_above():
    parsed = parse("format: 1\ngoal:\n  statement: x\n", file="b.yaml")
    assert parsed.line("goal.statement") == 3
    assert parsed.line("goal.baseline.value") == 2
    assert parsed.line("data.sources.0.name") == 1
    assert parsed.line("") == 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_line_of_every_key_holds_that_key(path: Path):
    text = path.read_text("utf-8")
    rows = text.splitlines()
    for key, line in parse(text, file="b.yaml").lines.items():
        name = key.rpartition(".")[2]
        assert name.isdigit() or f"{name}:" in rows[line - 1] or f'"{name}":' in rows[line - 1]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_are_counted_alike_with_either_line_end(end: str):
    text = end.join(["a: 1", "b: |", "  x", "  y", "", "c: 2", ""])
    assert parse(text, file="b.yaml").lines == {"a": 1, "b": 2, "c": 6}


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("", 1, "nothing"),
        ("# only a comment\n", 1, "nothing"),
        ("---\n", 1, "nothing"),
        ("- a\n- b\n", 1, "a list"),
        ("just words\n", 1, "a piece of text"),
        ("a: 1\nb: 2\na: 3\n", 3, "`a` again (first in line 1)"),
        ("g:\n  a: 1\n  a: 2\n", 3, "`a` again (first in line 2)"),
        ("g: {a: 1, a: 2}\n", 1, "`a` again (first in line 1)"),
        ("a: 1\n---\nb: 2\n", 2, "a second one after `---`"),
        ("a: &x 1\n", 1, "an anchor or alias"),
        ("a: 1\nb: *x\n", 2, "an anchor or alias"),
        ("a: *bold* words\n", 1, "an anchor or alias"),
        ("b:\n  <<: *x\n", 2, "an anchor or alias"),
        ("&x a: 1\n", 1, "an anchor or alias"),
        ("a: !!int 1\n", 1, "the tag"),
        ("a: ! 1\n", 1, "the tag '!'"),
        ("a: !!python/object/apply:os.system ['true']\n", 1, "the tag"),
        ("a: 1\n? [x, y]\n: 2\n", 2, "a list or group as key"),
        ("a: 1\n{x: y}: 2\n", 2, "a list or group as key"),
    ],
)  # fmt: skip
def test_parse_refuses_what_is_no_plain_brief(text: str, line: int, found: str):
    problem = refusal(text)
    assert problem.line == line
    assert problem.found.startswith(found)


@pytest.mark.parametrize(
    ("text", "line", "key", "found", "remedy"),
    [
        ("a: 1\nmoat: n/a: public data\n", 2, "moat", "a second colon in the line", "in quotes"),
        ("g:\n  a: it's: fine\n", 2, "g.a", "a second colon in the line", "in quotes"),
        ("a: 1\nunit: %\n", 2, "unit", "a text that begins with '%'", '"%"'),
        ("a: @home\n", 1, "a", "a text that begins with '@'", "in quotes"),
        ("a: `code`\n", 1, "a", "a text that begins with '`'", "in quotes"),
        ("a: & Co\n", 1, "a", "a text that begins with `&` or `*`", "in quotes"),
        ("a: > 5%\n", 1, "a", "text right behind `>` or `|`", "in quotes"),
        ("a: - 5\n", 1, "a", "`- ` behind a colon", "in quotes"),
        ('a: "x" and y\n', 1, "a", "more text behind a quote", "in quotes"),
        ("a: [x] done\n", 1, "a", "more text behind a quote, a bracket", "in quotes"),
        ('a: "C:\\data"\n', 1, "a", "a backslash in double quotes", "backslash twice"),
        ("a: 1\nb: 'open\nc: 3\n", 2, "b", "a quote that is never closed", "Close it"),
        ('a: 1\nb: "open\nc: 3\n', 2, "b", "a quote that is never closed", "Close it"),
        ("a: 1\nb: {low: 1, high: 2\nc: 3\n", 2, "b", "braces that are not closed", "Close the braces"),
        ("a: 1\nb: [x, y\nc: 3\n", 2, "b", "brackets that are not closed", "Close the brackets"),
        ("a: {x: y: z}\n", 1, "a", "braces that are not closed, or a text in them with a colon", "quotes"),
        ("a: 1\n\tb: 2\n", 2, "", "a tab", "blanks"),
        ("g:\n\ta: 2\n", 2, "", "a tab", "blanks"),
        ("g:\n  a: 1\n b: 2\n", 3, "g.b", "a line whose indent fits none above it", "same column"),
        ("a: 1\n- b\n", 2, "", "a line whose indent fits none above it", "same column"),
        ("a: words\n  b: 2\n", 2, "a.b", "a key below a text that has ended", "quotes"),
        ("a: 1\ntitle My brief\nb: 2\n", 2, "", "a line without a colon", "`key: value`"),
        ("a: {b: c}\ntitle\n", 2, "", "a line without a colon", "`key: value`"),
        ("a: , b\n", 1, "a", "a text that begins with a comma or bracket", "in quotes"),
    ],
)  # fmt: skip
def test_syntax_error_is_told_at_its_line_with_a_way_out(
    text: str, line: int, key: str, found: str, remedy: str
):
    problem = refusal(text)
    assert (problem.line, problem.key, problem.expected) == (line, key, "YAML")
    assert problem.found.startswith(found)
    assert remedy in problem.remedy
    if key:
        assert str(problem).startswith(f"b.yaml:{line}: {key}: expected YAML, found {found}")


@pytest.mark.parametrize(
    "text", ["%FOO\n", "a: !<x\n", "%YAML 3.0\n---\na: 1\n", "a: 'x\n  ", "]", "{", "\\"]
)
def test_syntax_error_of_any_kind_is_told_with_a_line(text: str):
    assert refusal(text).line


@pytest.mark.parametrize(
    "char", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\ufffe", "\ud800"]
)
def test_parse_refuses_invisible_characters_and_names_the_line(char: str):
    problem = refusal(f"a: 1\nb: x{char}y\n")
    assert problem.line == 2
    assert problem.found == f"the invisible character U+{ord(char):04X}"


def test_parse_reads_escapes_of_characters_that_may_not_stand_there():
    assert parse(r'a: "x\0\x07\u2028\_y"', file="b.yaml").tree == {"a": "x\0\x07\u2028\xa0y"}


def test_parse_refuses_a_text_that_is_too_large_in_bytes():
    fits = "a: " + "x" * (SIZE_LIMIT - 4) + "\n"
    assert parse(fits, file="b.yaml").tree
    assert refusal(fits + " ").expected == "at most 256 KB"
    assert refusal("a: " + "é" * (SIZE_LIMIT // 2)).found == "257 KB"


def nested(depth: int) -> str:
    return "a: " * 1 + "[" * depth + "]" * depth


def test_parse_refuses_deep_nesting_without_falling_into_it():
    assert parse(nested(DEPTH_LIMIT), file="b.yaml").tree
    assert refusal(nested(DEPTH_LIMIT + 1)).expected == f"at most {DEPTH_LIMIT} levels"
    assert refusal("[" * 200_000).expected == f"at most {DEPTH_LIMIT} levels"
    assert refusal("{a: " * 50_000).expected == f"at most {DEPTH_LIMIT} levels"
    assert refusal("\n".join(" " * i + "a:" for i in range(40))).line == 22


def test_parse_refuses_an_alias_bomb_at_its_first_line():
    bomb = "a: &a [x,x,x,x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)
    )
    assert refusal(bomb).line == 1


def test_web_address_in_braces_is_read_as_yaml_1_2_says():
    """The C library refuses it, so this is also the test that what it refuses is read again."""
    text = "a: {source: https://example.org/a?b=c, n: 1}\n"
    assert parse(text, file="b.yaml").tree == {
        "a": {"source": "https://example.org/a?b=c", "n": "1"}
    }


def test_json_is_read_too():
    given = {"format": "1", "title": 'a "b": c', "goal": {"statement": "x", "levers": ["a", "b"]}}
    assert parse(json.dumps(given, indent=1), file="b.json").tree == given


def values() -> st.SearchStrategy[Any]:
    words = st.text(max_size=12) | st.sampled_from(["no", "12:30", "1_000", "5%", "a: b", "x # y"])
    return st.recursive(
        words | st.none(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
        max_leaves=8,
    )


TREES = st.dictionaries(st.text(min_size=1, max_size=8), values(), min_size=1, max_size=4)


@settings(deadline=None)
@given(TREES)
def test_tree_that_another_writer_wrote_is_read_back(given_tree: dict[str, Any]):
    text = json.dumps(given_tree)
    if "\\ud" not in text:
        assert parse(text, file="b.yaml").tree == given_tree


@settings(deadline=None)
@given(st.randoms(use_true_random=True))
def test_both_parsers_of_the_library_read_the_same(rng: Random):
    given_tree = {
        f"k{at}": rng.choice(["x", None, "a: b", "l1\nl2", ["p", {"q": "r"}]]) for at in range(5)
    }
    text = write(given_tree, rng).text
    told = {
        fast: [(type(event).__name__, getattr(event, "value", None), getattr(event, "style", None) or None)
               for event in tree_module.events(text, fast=fast)]
        for fast in (True, False)
    }  # fmt: skip
    assert told[True] == told[False]


@settings(deadline=None)
@given(st.text(alphabet="ab: -#'\"{}[],|>&*!%@`\n\t?~", max_size=40))
def test_parse_of_any_text_reads_or_refuses_in_words(text: str):
    try:
        parsed = parse(text, file="b.yaml")
    except BriefError as exc:
        problem = exc.problems[0]
    else:
        problem = None
        assert isinstance(parsed.tree, dict)
        assert parsed.tree == {} or parsed.lines
    assert problem is None or (
        problem.line and problem.expected and problem.found and problem.remedy
    )


def test_reference_reader_agrees_on_every_example():
    for path in FILES:
        reference = YAML(typ="base", pure=True).load(path)
        assert _texts(parse(path.read_text("utf-8"), file="b.yaml").tree) == _texts(reference)


def _texts(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _texts(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_texts(value) for value in node]
    return None if node in (None, "null") else node


def test_key_with_half_a_character_is_refused():
    with pytest.raises(BriefError) as error:
        parse('title: x\n"\\ud800": y\n', file="b.yaml")
    (problem,) = error.value.problems
    assert (problem.line, problem.expected) == (2, "a key in whole characters")


@pytest.mark.parametrize("key", [r"\e[31m", r"who\u202e", r"a\nb"])
def test_key_that_a_terminal_would_obey_is_shown_and_not_sent(key: str):
    parsed = parse(f'format: 1\ntitle: x\ngoal: {{statement: y}}\n"{key}": z\n', file="b.yaml")
    _, problems = read(parsed.tree, file="b.yaml", place=lambda name: (parsed.line(name), None))
    (problem,) = problems
    assert problem.line == 4
    assert str(problem).isprintable()
