"""The coach: what is missing in each step, and what could not be read."""

import copy
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from kit.brief import STARTER_STATEMENT, open_brief
from kit.rules import STEPS, check

EXAMPLES = Path(__file__).parent.parent / "examples"
EXPECTED = [expected for step in STEPS for expected in step.expected]


def findings(path, status="finding"):
    return [one for one in check(open_brief(path)) if one.status == status]


def written(tree, folder):
    path = folder / "brief.yaml"
    with path.open("w", encoding="utf-8") as out:
        YAML().dump(tree, out)
    return path


@pytest.fixture(scope="module")
def complete():
    tree = YAML(typ="safe", pure=True).load(EXAMPLES / "churn-feed" / "brief.yaml")
    tree["metrics"]["model"] = [
        one for one in tree["metrics"]["model"] if one["name"] != "click-through rate"
    ]
    return tree


def put(tree, path, value):
    """Set the value at a dotted key, the first entry standing for `*`; None takes it out."""
    tree = copy.deepcopy(tree)
    node = tree
    parts = [0 if part == "*" else part for part in path.split(".")]
    for part in parts[:-1]:
        node = node[part]
    if value is None:
        del node[parts[-1]]
    else:
        node[parts[-1]] = value
    return tree


@pytest.mark.parametrize(
    "example", sorted(EXAMPLES.glob("*/brief.yaml")), ids=lambda p: p.parent.name
)
def test_check_complete_example_has_nothing_open_but_the_fault_left_in_it(example):
    left_in = {"churn-feed": [("ME202", "metrics.model.1")]}
    found = [(one.code, one.path) for one in findings(example)]
    assert found == left_in.get(example.parent.name, [])


@pytest.mark.parametrize(
    ("name", "online"),
    [
        ("click-through rate", True),
        ("CTR at 10", True),
        ("30-day retention", True),
        ("adoption of the digest", True),
        ("precision@10", False),
        ("recall of churn", False),
        ("error of the forecast of conversions", False),
        ("recall", False),
    ],
)
def test_check_measure_of_users_is_no_model_metric(name, online, complete, tmp_path):
    path = written(put(complete, "metrics.model.*.name", name), tmp_path)
    found = [(one.code, one.severity, one.path) for one in findings(path)]
    assert found == ([("ME202", "warning", "metrics.model.0")] if online else [])
    line = path.read_text("utf-8").splitlines().index(f"  - name: {name}") + 1
    assert all(one.line == line for one in findings(path))


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda one: one.code)
def test_check_key_taken_out_is_named_at_its_parent(expected, complete, tmp_path):
    path = written(put(complete, expected.path, None), tmp_path)
    (found,) = findings(path)
    assert (found.code, found.severity) == (expected.code, expected.severity)
    assert found.path == expected.path.replace("*", "0")
    parent = expected.path.replace("*", "0").rpartition(".")[0]
    assert found.line == open_brief(path).parsed.line(parent)
    assert str(found).startswith(f"{path}:{found.line}: {expected.code} {expected.name}: ")


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda one: one.code)
def test_check_not_applicable_with_reason_passes(expected, complete, tmp_path):
    path = written(put(complete, expected.path, {"n/a": "it is a test"}), tmp_path)
    assert findings(path) == []


def test_check_waived_finding_keeps_its_reason(complete, tmp_path):
    tree = put(complete, "goal.owner", None) | {"waive": {"GO106": "owner not named yet"}}
    path = written(tree, tmp_path)
    assert findings(path) == []
    (waived,) = findings(path, "waived")
    assert (waived.code, waived.reason) == ("GO106", "owner not named yet")


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_check_step_not_started_is_one_finding_and_skips_the_rest(step, complete, tmp_path):
    tree = copy.deepcopy(complete)
    for key in step.keys:
        del tree[key]
    if step.name == "goal":
        tree["goal"] = {"statement": "Fewer people leave"}
    path = written(tree, tmp_path)
    assert [one.code for one in findings(path)] == [step.code]
    skipped = findings(path, "skipped")
    assert [one.code for one in skipped] == [one.code for one in step.expected]
    assert {one.reason for one in skipped} == {f"{step.code} {step.name}-not-started"}


def test_check_starter_statement_is_open(tmp_path):
    path = written(
        {"format": 1, "title": "New", "goal": {"statement": STARTER_STATEMENT}}, tmp_path
    )
    assert findings(path)[0].code == "GO100"
    assert not any(one.severity == "error" for one in findings(path))


def test_check_value_that_cannot_be_read_is_an_error_and_not_a_gap_as_well(complete, tmp_path):
    path = written(put(complete, "goal.target", "a lot"), tmp_path)
    (found,) = findings(path)
    assert (found.code, found.severity, found.path) == ("BR001", "error", "goal.target")
    assert "found 'a lot'" in found.message


def test_check_entry_that_cannot_be_read_leaves_the_others_their_places(tmp_path):
    path = tmp_path / "brief.yaml"
    path.write_text(
        "format: 1\ntitle: x\ngoal: {statement: y}\nproblem:\n  evidence:\n"
        "    - just text\n    - {finding: logs say so, kind: logs}\n"
    )
    error, *rest = findings(path)
    assert (error.code, error.path, error.line) == ("BR001", "problem.evidence.0", 6)
    (gap,) = [one for one in rest if one.code == "PR104"]
    assert (gap.path, gap.line) == ("problem.evidence.1.source", 7)
    assert gap.message == "logs: a finding has no source."


def test_check_brief_without_title_says_only_that(tmp_path):
    path = written({"format": 1, "goal": {"statement": "Fewer people leave"}}, tmp_path)
    assert [(one.code, one.path) for one in findings(path)] == [("BR001", "title")]


def test_expected_codes_and_names_are_unique():
    codes = [one.code for one in EXPECTED] + [step.code for step in STEPS] + ["GO100", "BR001"]
    names = [one.name for one in EXPECTED]
    assert len(set(codes)) == len(codes)
    assert len(set(names)) == len(names)


def test_expected_texts_are_sentences():
    for one in EXPECTED:
        assert one.message.endswith(".")
        assert one.remedy.endswith((".", "?"))
