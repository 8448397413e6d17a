"""Findings as text, JSON, annotations and SARIF; what was selected; and every rule explained."""

import json
import re

import jsonschema
import pytest
from coaching import ROOT
from typer.testing import CliRunner

from kit.cli.app import app
from kit.rules import READING, RULES, WAIVERS

SCHEMA = json.loads((ROOT / "tests/schemas/sarif-2.1.0-rtm.5.json").read_text("utf-8"))
KEYS = ["code", "name", "severity", "path", "file", "line", "message", "remedy", "status", "reason"]
ALL = (*READING, *WAIVERS, *RULES)
BRIEF = """\
format: 1
title: A brief, with 100% of its faults
goal:
  statement: Reduce customer churn by 10%
  metric: monthly churn
  unit: "%"
  baseline: 5.0
  target: 4.0
  by: soon
  owner: VP Growth
problem:
  who: users
waive:
  GO108: the levers come later
"""
TABLE = "title,goal.statement,goal.metric\nOne,Reduce churn by 10%,churn\nTwo,Halve churn,\n"

LIST = """\
format: 1
title: A list with an entry that is no group
goal: {statement: Reduce churn by 10%}
metrics:
  model:
    - just a text
    - name: recall
    - {name: precision, baseline: 60%, target: 150%, ship_at: 40%, better: higher}
"""
GAPS = """\
title,goal.statement,metrics.gaming.3.metric,metrics.gaming.3.guardrail
One,Reduce churn by 10%,precision,refund rate
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "my briefs").mkdir()
    (tmp_path / "my briefs" / "churn, 1.yaml").write_text(BRIEF)
    (tmp_path / "ideas.csv").write_text(TABLE)
    (tmp_path / "broken.yaml").write_text("title: [")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ran(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def contract(*words):
    return json.loads(ran("check", *words, "--format", "json").stdout)


def test_json_is_a_list_of_groups_with_the_keys_of_the_contract(folder):
    found = contract("my briefs/churn, 1.yaml", "ideas.csv")
    assert all(list(one) == KEYS for one in found)
    assert {one["status"] for one in found} == {"finding", "skipped", "waived"}
    assert all((one["reason"] is not None) == (one["status"] != "finding") for one in found)
    assert all(one["severity"] in ("error", "warning", "advice") for one in found)
    paths = {one["path"] for one in found}
    assert {"goal.target", "goal.by"} <= paths


def test_json_names_the_line_of_the_file_and_the_row_of_a_table(folder):
    lines = {(one["code"], one["path"]): one["line"] for one in contract("my briefs/churn, 1.yaml")}
    assert lines["BR001", "goal.by"] == 9
    assert lines["GO203", "goal.target"] == 8
    rows = {(one["code"], one["line"]) for one in contract("ideas.csv")}
    assert ("GO101", 3) in rows
    assert ("GO101", 2) not in rows


def test_findings_behind_an_entry_that_is_no_group_name_their_own_place(folder):
    """What cannot be read is left out of the list, and what comes after it keeps its number."""
    (folder / "list.yaml").write_text(LIST)
    places = {(one["code"], one["path"], one["line"]) for one in contract("list.yaml")}
    assert {
        ("BR001", "metrics.model.0", 6),
        ("VE201", "metrics.model.2.target", 8),
        ("ME204", "metrics.model.2.ship_at", 8),
    } <= places
    text = ran("check", "list.yaml").stdout
    line = (
        "    8 |     - {name: precision, baseline: 60%, target: 150%, ship_at: 40%, better: higher}"
    )
    for code in ("VE201", "ME204"):
        assert re.search(rf"^list\.yaml:8: {code} .+\n{re.escape(line)}$", text, re.MULTILINE)
    assert "metrics.model.1.target" not in text
    annotations = ran("check", "list.yaml", "--format", "github").stdout
    for code in ("VE201", "ME204"):
        assert re.search(rf"^::\w+ file=list\.yaml,line=8,title={code} ", annotations, re.MULTILINE)


def test_findings_in_a_table_that_leaves_out_indexes_name_the_column_as_written(folder):
    (folder / "gaps.csv").write_text(GAPS)
    paths = [one["path"] for one in contract("gaps.csv") if one["status"] == "finding"]
    assert "metrics.gaming.3.how" in paths
    assert not [path for path in paths if path.startswith("metrics.gaming.0")]


def test_rules_are_skipped_where_a_required_value_cannot_be_read(folder):
    (folder / "titles.yaml").write_text(BRIEF.replace("title: A brief", "title: [x]  # A brief"))
    found = contract("titles.yaml")
    assert ("BR001", "title", "finding") in [
        (one["code"], one["path"], one["status"]) for one in found
    ]
    skipped = {one["code"]: one["reason"] for one in found if one["status"] == "skipped"}
    assert skipped.keys() == {rule.code for rule in RULES}
    assert {reason.split(":")[0] for reason in skipped.values()} == {"BR001 value-not-read"}
    lines = ran("check", "titles.yaml").stdout.splitlines()
    assert any(line.startswith("skipped until BR001 value-not-read: title") for line in lines)


def test_text_shows_the_offending_line_below_the_finding(folder):
    made = ran("check", "my briefs/churn, 1.yaml")
    lines = made.stdout.splitlines()
    at = next(index for index, line in enumerate(lines) if "GO203" in line)
    assert lines[at].startswith(
        "my briefs/churn, 1.yaml:8: GO203 statement-disagrees-with-numbers: "
    )
    assert lines[at + 1] == "    8 |   target: 4.0"
    assert made.exit_code == 1


def test_text_ends_with_the_reasons_of_what_was_skipped_and_the_score(folder):
    *_, lines = ran("check", "my briefs/churn, 1.yaml").stdout.partition("skipped until")
    lines = f"skipped until{lines}".splitlines()
    assert any(
        line.startswith("skipped until HY001 hypothesis-not-started is mended: HY101")
        for line in lines
    )
    assert any("BR001 value-not-read: goal.by" in line for line in lines)
    assert re.fullmatch(r"1 error, \d+ warnings, \d+ advice, 1 waived, \d+ skipped", lines[-1])


def test_text_shows_the_line_that_is_no_yaml(folder):
    made = ran("check", "broken.yaml")
    assert "    1 | title: [" in made.stdout
    assert made.exit_code == 2


def test_github_annotations_stand_on_the_line_and_are_escaped(folder):
    lines = ran("check", "my briefs/churn, 1.yaml", "--format", "github").stdout.splitlines()
    one = next(line for line in lines if "GO203" in line)
    head, said = one.split("::", 2)[1:]
    assert head == (
        "warning file=my briefs/churn%2C 1.yaml,line=8,title=GO203 statement-disagrees-with-numbers"
    )
    assert 'says "by 10%25"' in said
    assert any(line.startswith("::error file=") and ",line=9," in line for line in lines)
    assert all(
        re.match(r"::(error|warning|notice) file=[^:]+,line=\d+,title=[^:]+::", line)
        for line in lines
    )
    assert not any("GO108" in line for line in lines)


@pytest.mark.parametrize(
    "what", ["my briefs/churn, 1.yaml", "ideas.csv", "broken.yaml", "none.yaml", ROOT / "examples"]
)
def test_sarif_is_valid_by_its_schema(what, folder):
    log = json.loads(ran("check", what, "--format", "sarif").stdout)
    jsonschema.Draft4Validator(SCHEMA).validate(log)


def test_sarif_says_rule_line_waiver_and_skip(folder):
    log = json.loads(ran("check", "my briefs/churn, 1.yaml", "--format", "sarif").stdout)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [one["id"] for one in rules] == [rule.code for rule in ALL]
    results = {one["ruleId"]: one for one in run["results"]}
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])
    place = results["GO203"]["locations"][0]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "my%20briefs/churn%2C%201.yaml"},
        "region": {"startLine": 8},
    }
    assert place["logicalLocations"] == [{"fullyQualifiedName": "goal.target"}]
    assert results["GO203"]["level"] == "warning"
    assert results["GO108"]["suppressions"][0]["justification"] == "the levers come later"
    assert (results["HY101"]["kind"], results["HY101"]["level"]) == ("open", "none")


def test_select_and_ignore_take_codes_and_their_beginnings(folder):
    file = "my briefs/churn, 1.yaml"
    codes = {one["code"] for one in contract(file, "--select", "go1,PR")}
    assert {code[:2] for code in codes} == {"GO", "PR", "BR"}
    assert "GO203" not in codes
    assert not {"GO203", "PR101"} & {one["code"] for one in contract(file, "--ignore", "GO203,PR")}
    # What cannot be read stays, whatever is selected.
    assert "BR001" in {one["code"] for one in contract(file, "--select", "DA", "--ignore", "BR")}


def test_select_and_ignore_may_be_given_several_times(folder):
    file = "my briefs/churn, 1.yaml"
    twice = contract(file, "--select", "GO", "--select", "PR")
    assert twice == contract(file, "--select", "GO,PR")
    assert {one["code"][:2] for one in twice} == {"BR", "GO", "PR"}
    left = contract(file, "--ignore", "GO203", "--ignore", "PR")
    assert left == contract(file, "--ignore", "GO203,PR")


def test_select_of_no_code_is_refused_with_what_is_known(folder):
    made = ran("check", "ideas.csv", "--select", "goal-without-metrics")
    assert made.exception.exit_code == 2
    assert "found 'goal-without-metrics'" in str(made.exception)
    assert "Did you mean `goal-without-metric`" in str(made.exception)


def test_ignored_errors_do_not_fail_the_check(folder):
    brief = BRIEF.replace("  by: soon\n", "").replace("target: 4.0", "target: 5.0")
    (folder / "same.yaml").write_text(brief)
    assert ran("check", "same.yaml").exit_code == 1
    assert ran("check", "same.yaml", "--ignore", "GO201").exit_code == 0


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_explain_says_all_of_a_rule(rule):
    said = " ".join(ran("explain", rule.code.lower()).stdout.split())
    text = rule.text
    for part in (rule.code, rule.name, rule.severity, rule.does, text.why, text.source):
        assert part in said
    for part in (text.bad, text.good):
        assert " ".join(part.split()) in said
    assert said == " ".join(ran("explain", rule.name).stdout.split())


def test_explain_lists_all_and_a_family():
    lines = ran("explain").stdout.splitlines()
    assert sorted(line.split()[0] for line in lines) == sorted(rule.code for rule in ALL)
    family = ran("explain", "go").stdout
    assert "GO101 goal-without-metric" in family
    assert "PR101" not in family


def test_explain_of_no_rule_is_refused_with_the_nearest():
    made = ran("explain", "goal-without-metrics")
    assert made.exception.exit_code == 2
    assert "Did you mean `goal-without-metric`?" in str(made.exception)
