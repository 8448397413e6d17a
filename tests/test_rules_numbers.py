"""The coach on numbers that cannot be: each code, where it stands, and what comes near it without."""

from typing import get_args

import pytest
from numbers_briefs import with_keys, written

from kit.appraisal import FaultKind
from kit.rules import check
from kit.rules.families.impossible import IMPOSSIBLE

NUMBERS = ("VE201", "VE202", "VE203", "VE204", "VE205", "VE206", "ME201", "ME202")


def found(folder, keys, kind="detection"):
    """The findings about numbers, without what is merely missing."""
    file = written(folder, with_keys(keys, kind))
    assert file.problems == ()
    return [one for one in check(file) if one.code in NUMBERS and one.status == "finding"]


# A code, its path, what has it, and what comes near and has it not.
CASES = [
    ("VE201", "value.prevalence", "120%", "50%"),
    ("VE201", "value.take_rate", "-1%", "0.5%"),
    ("VE201", "value.recall", "50% to 101%", "50% to 100%"),
    ("VE201", "experiment.effect", "-101%", "-100%"),
    ("VE201", "experiment.effect", "96 points", "95 points"),
    ("VE201", "metrics.fairness.0.max_gap", "120 points", "20 points"),
    ("VE201", "metrics.model.0.target", "101%", "100%"),
    ("VE202", "value.volume", "100000", "100000/month"),
    ("VE202", "value.run_cost", "9000 USD", "9000 USD/year"),
    ("VE202", "value.benefit", "60 USD/month", "60 USD/call"),
    ("VE202", "value.prevalence", "5 points", "5%"),
    ("VE202", "experiment.effect", "-5 USD", "-5 points"),
    ("VE202", "experiment.eligible_per_day", "3 h", "3"),
    ("VE203", "value.benefit", "60 EUR", "60 $"),
    ("VE203", "goal.worth", "1000000 EUR/year", "1000000 usd/year"),
    ("VE203", "value.cost_action", "2 EUR per call", "2 USD per call"),
    ("VE204", "value.capacity", "0/month", "1/month"),
    ("VE204", "value.volume", "0/month", "0 to 100000/month"),
    ("VE204", "value.recall", "0%", "0.1%"),
    ("VE204", "experiment.eligible_per_day", "0", "0.1"),
    ("VE204", "experiment.sd", "0", "0.2"),
    ("VE205", "value.cost_action", "-2 USD", "0 USD"),
    ("VE205", "value.run_cost", "-1 to 9 USD/month", "0 to 9 USD/month"),
    ("VE205", "experiment.eligible_per_day", "-5", "5"),
    ("VE206", "value.precision", "1%", "5%"),
    ("VE206", "value.precision", "0% to 60%", "10% to 60%"),
    ("VE206", "data.label.agreement", "49%", "50%"),
    ("VE206", "experiment.looks", 366, 365),
    ("VE206", "experiment.power", "5%", "6%"),
    ("VE206", "experiment.starts", "2028-01-01", "2027-12-31"),
    ("ME201", "metrics.model.0.target", "29%", "40%"),
    ("ME201", "metrics.model.1.target", "39%", "40%"),  # it ships at 40%
]  # fmt: skip


@pytest.mark.parametrize(("code", "path", "bad", "near"), CASES)
def test_number_that_cannot_be_has_its_code_at_its_key(tmp_path, code, path, bad, near):
    told = [one for one in found(tmp_path, {path: bad}) if one.path == path]
    assert [(one.code, one.severity) for one in told] == [(code, "error")]
    assert told[0].remedy
    line = (tmp_path / "brief.yaml").read_text("utf-8").splitlines()[told[0].line - 1]
    assert line.strip().startswith(f'"{path.rsplit(".", maxsplit=1)[-1]}":')


@pytest.mark.parametrize(("code", "path", "bad", "near"), CASES)
def test_number_that_comes_near_is_no_finding(tmp_path, code, path, bad, near):
    assert [(one.code, one.path) for one in found(tmp_path, {path: near})] == []


def test_complete_brief_has_no_finding_about_numbers(tmp_path):
    assert found(tmp_path, {}) == []


OF_OTHER_KINDS = [
    ("assist", "VE201", "value.acceptance", "140%", "100%"),
    ("assist", "VE202", "value.wage", "85000 USD/year", "40 USD/h"),
    ("assist", "VE203", "value.gain", "1 CHF", "1 USD"),
    ("assist", "VE204", "value.acceptance", "0%", "1%"),
    ("assist", "VE205", "value.review_minutes", "-1", "0"),
    ("regression", "VE202", "value.cost_above", "5%", "5 USD"),
    ("regression", "VE205", "value.error_today", "-1", "12.5"),
    ("regression", "ME201", "value.error_wanted", "12.1", "12"),
]


@pytest.mark.parametrize(("kind", "code", "path", "bad", "near"), OF_OTHER_KINDS)
def test_value_of_another_kind_has_the_same_codes(tmp_path, kind, code, path, bad, near):
    assert [(one.code, one.path) for one in found(tmp_path, {path: bad}, kind)] == [(code, path)]
    assert found(tmp_path, {path: near}, kind) == []


def test_contradiction_between_two_counts_is_told_where_the_second_stands(tmp_path):
    counts = {"experiment.unique_one_week": "1000", "experiment.unique_four_weeks": "4001"}
    (told,) = found(tmp_path, counts)
    assert (told.code, told.path) == ("VE206", "experiment.unique_four_weeks")
    assert found(tmp_path, counts | {"experiment.unique_four_weeks": "4000"}) == []


def test_equal_names_of_two_paths_are_a_contradiction(tmp_path):
    listed = [{"name": name, "cost_per_prediction": "1 USD"} for name in ("rules", "rules")]
    (told,) = found(tmp_path, {"hypothesis": {"paths": listed}})
    assert (told.code, told.path) == ("VE206", "hypothesis.paths.1.name")
    listed[1]["name"] = "ruleset"
    assert found(tmp_path, {"hypothesis": {"paths": listed}}) == []


def test_measure_of_users_among_those_of_the_model_has_its_code(tmp_path):
    measured = {"name": "retention", "baseline": "30%", "target": "50%"}
    (told,) = found(tmp_path, {"metrics.model": [measured]})
    assert (told.code, told.severity, told.path) == ("ME202", "warning", "metrics.model.0")
    assert found(tmp_path, {"metrics.model": [measured | {"name": "recall of retention"}]}) == []
    assert found(tmp_path, {"metrics.adoption": [measured]}) == []


def test_number_that_cannot_be_is_not_waived(tmp_path):
    """An error leaves nothing to decide on; a warning may be accepted."""
    (told,) = found(tmp_path, {"value.recall": "101%", "waive": {"VE201": "it is so"}})
    assert (told.code, told.path) == ("VE201", "value.recall")
    measured = {"name": "retention", "baseline": "30%", "target": "50%"}
    assert found(tmp_path, {"metrics.model": [measured], "waive": {"ME202": "it is so"}}) == []


def test_number_that_does_not_apply_is_no_finding(tmp_path):
    assert found(tmp_path, {"value.capacity": "n/a: no person is needed"}) == []


def test_every_kind_of_fault_has_a_code_of_its_own():
    assert len(IMPOSSIBLE) == len(get_args(FaultKind))
    assert {*NUMBERS} - {"ME202"} == {rule.code for rule in IMPOSSIBLE}


def test_every_code_about_numbers_has_a_case():
    covered = {code for code, *_ in CASES}
    assert covered | {"ME202"} == {*NUMBERS}
