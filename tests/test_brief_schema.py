"""The JSON Schema: valid itself, told in words at every key, and of one mind with the model."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

from kit.brief import Brief, schema
from kit.brief.reading import leaves

HERE = Path(__file__).parent
FILES = [HERE / "briefs" / "sample.yaml", *sorted((HERE.parent / "examples").glob("*/brief.yaml"))]
VALIDATOR = Draft202012Validator(schema())


class CoreConstructor(SafeConstructor):
    """YAML 1.2 as an editor reads it: the core schema knows no dates."""


CoreConstructor.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)


def loaded(path: Path) -> Any:
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = CoreConstructor
    return yaml.load(path)


def properties(node: Any, path: str = "$") -> Iterator[tuple[str, Any]]:
    """Every property that a schema describes, at every depth."""
    if isinstance(node, dict):
        for name, inner in node.get("properties", {}).items():
            yield f"{path}.{name}", inner
        for key, inner in node.items():
            yield from properties(inner, f"{path}.{key}")
    elif isinstance(node, list):
        for inner in node:
            yield from properties(inner, path)


def test_schema_is_a_valid_schema_of_its_draft():
    made = schema()
    Draft202012Validator.check_schema(made)
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert made["required"] == ["format", "title", "goal"]
    assert json.loads(json.dumps(made)) == made


def test_schema_describes_every_property_at_every_depth():
    found = list(properties(schema()))
    assert len(found) > 150
    assert [place for place, inner in found if not inner.get("description")] == []


def test_schema_refuses_unknown_keys_in_every_group_of_the_format():
    made = schema()
    groups = [made, *(group.get("anyOf", [group])[-1] for group in made["$defs"].values())]
    assert {group["additionalProperties"] for group in groups} == {False}


def test_schema_knows_every_key_of_the_model():
    known = {place.rpartition(".")[2] for place, _ in properties(schema())}
    assert {part for leaf in leaves(Brief) for part in leaf.split(".")} - {"N", "*"} <= known


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_schema_accepts_a_brief_that_the_kit_reads(path: Path):
    assert [
        f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(loaded(path))
    ] == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("titel", "x"),
        ("format", 2),
        ("format", "1"),
        ("title", ""),
        ("title", None),
        ("title", "x" * 301),
        ("status", "ready"),
        ("illustrative", "perhaps"),
        ("goal", None),
        ("goal.statement", None),
        ("goal.metrik", "x"),
        ("goal.target", "lots"),
        ("goal.target", "n/a"),
        ("goal.target", {"value": "lots"}),
        ("goal.target", {"value": 5, "low": 1}),
        ("goal.target", {"low": 1}),
        ("goal.target", {"value": 5, "from": "gess"}),
        ("goal.target", {"n/a": "why", "value": 5}),
        ("goal.levers", "price"),
        ("goal.levers", [None]),
        ("problem.evidence", [{"kind": "survey"}]),
        ("problem.evidence", [{"finding": "x", "n": "many"}]),
        ("hypothesis.control", "overrides"),
        ("hypothesis.trade_off", "speed"),
        ("metrics.decision_table", [{"success": "up", "guardrails": "okay", "then": "ship"}]),
        ("metrics.fairness", [{"measure": "recall", "groups": [{"share": 0.2}]}]),
        ("value.kind", "asist"),
        ("data.sources", [{"owner": "x"}]),
        ("data.sources", [{"name": "x", "access": "has"}]),
        ("waive", ["GO101"]),
        ("waive", {"GO101": ["x"]}),
    ],
)
def test_schema_refuses_what_the_kit_refuses(key: str, value: Any):
    tree = copy.deepcopy(loaded(FILES[0]))
    node = tree
    *groups, last = key.split(".")
    for group in groups:
        node = node[group]
    node[last] = value
    assert not VALIDATOR.is_valid(tree)


@pytest.mark.parametrize("key", ["format", "title", "goal"])
def test_schema_asks_for_the_required_keys(key: str):
    tree = loaded(FILES[0])
    del tree[key]
    assert not VALIDATOR.is_valid(tree)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("baseline", 5),
        ("baseline", 0.05),
        ("baseline", "5%"),
        ("baseline", "10% to 30%"),
        ("baseline", "\u22125"),
        ("baseline", {"low": "10%", "high": "30%", "from": "guess"}),
        ("baseline", {"n/a": "there is none"}),
        ("baseline", "n/a: there is none"),
        ("baseline", "N/A: there is none"),
        ("baseline", None),
        ("levers", "n/a: there are none"),
        ("levers", []),
        ("season", "1 year"),
    ],
)
def test_schema_accepts_every_way_to_write_it(key: str, value: Any):
    tree = loaded(FILES[0])
    tree["goal"][key] = value
    assert VALIDATOR.is_valid(tree)
