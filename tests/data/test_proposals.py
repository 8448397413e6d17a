"""Figures that could be written into a brief: which are offered, which are left alone, and what a file is then."""

from dataclasses import replace

import pytest
from coaching import ROOT
from measured_made import FILE, SOURCE, brief_with, climbed, labelled, measured, period, scores

from kit.brief import Quantity, open_brief, save
from kit.data import proposals_of

BEST = scores(
    AUC=(0.85, 0.8, 0.9), precision=(0.6, 0.5, 0.7), recall=(0.7, 0.6, 0.8), F1=(0.65, 0.6, 0.7)
)
RULE = scores(
    AUC=(0.75, 0.7, 0.8), precision=(0.41234, 0.4, 0.5), recall=(1.0, 0.9, 1.0), F1=(0.58, 0.5, 0.6)
)


def offered(brief, found):
    """Proposals by their keys."""
    return {one.path: one for one in proposals_of(brief, found)}


def value(brief, found, path):
    """What would be written at a key; None where nothing is offered."""
    one = offered(brief, found).get(path)
    return None if one is None else one.value


@pytest.mark.parametrize(
    ("stated", "is_offered"),
    [
        (None, True),
        ("900 rows", True),
        ({"value": "900", "unit": "rows", "from": "guess"}, True),
        ({"low": "900", "high": "2000", "unit": "rows"}, True),
        ({"value": "900", "unit": "rows", "from": "measured"}, False),
        ({"value": "900", "unit": "rows", "from": "benchmark"}, False),
        ({"value": "900", "unit": "rows", "from": "target"}, False),
        ("n/a: no end to it", False),
        ("900 rows/month", False),  # the file says nothing of what comes in a month
        ("900 files", False),
    ],
)
def test_volume_is_offered_where_nobody_measured_or_meant_another(stated, is_offered):
    source = {} if stated is None else {"volume": stated}
    found = value(brief_with(source), measured(rows=1_234), "data.sources.0.volume")
    assert (found is not None) == is_offered
    assert not is_offered or (found["value"], found["unit"]) == (1_234, "rows")


def test_what_stands_there_is_shown_beside_what_is_offered():
    guess = {"value": "900", "unit": "rows", "from": "guess"}
    one = offered(brief_with({"volume": guess}), measured(rows=1_234))["data.sources.0.volume"]
    assert (one.before, one.said) == ("900 rows", "1,234 rows")
    blank = offered(brief_with(), measured(rows=1_234))["data.sources.0.volume"]
    assert blank.before == ""
    assert "no sample" in blank.caution


@pytest.mark.parametrize(
    ("last", "history"),
    [("2026-01-11", (10, "days")), ("2026-12-31", (12, "months")), ("2030-01-01", (4, "years"))],
)
def test_history_is_offered_in_a_unit_that_suits_it(last, history):
    found = value(brief_with(), measured(time=period("2026-01-01", last)), "data.sources.0.history")
    assert (round(found["value"]), found["unit"]) == history


@pytest.mark.parametrize("stated", ["2 years", "n/a: a single day"])
def test_history_that_is_stated_is_left_alone(stated):
    table = measured(time=period("2026-01-01", "2026-03-01"))
    assert value(brief_with({"history": stated}), table, "data.sources.0.history") is None


def test_source_of_another_file_is_left_alone_and_every_source_of_this_one_is_not():
    sources = [
        {**SOURCE, "name": "a"},
        {**SOURCE, "name": "b", "file": "data/other.csv"},
        {**SOURCE, "name": "c"},
    ]
    found = offered(brief_with(data__sources=sources), measured())
    assert [*found] == ["data.sources.0.volume", "data.sources.2.volume"]


@pytest.mark.parametrize(
    ("stated", "is_offered"),
    [
        ({"value": "1%", "from": "guess"}, True),
        ("1%", True),
        (None, True),
        ({"value": "1%", "from": "measured"}, False),
        ("n/a: not asked", False),
    ],
)
def test_share_of_true_cases_is_offered_with_a_caution(stated, is_offered):
    found = offered(brief_with(value__prevalence=stated), labelled(123, 877)).get(
        "value.prevalence"
    )
    assert (found is not None) == is_offered
    if found is not None:
        assert found.value["value"] == "12.3%"
        assert "unit" not in found.value
        assert found.value["source"] == f"{FILE}, 1,000 rows, left yes"
        assert found.caution


def test_share_is_not_offered_of_a_label_that_teaches_nothing_or_is_a_number():
    for task in (None, "numbers"):
        table = labelled(123, 877)
        table = replace(table, label=replace(table.label, task=task))
        assert value(brief_with(value__prevalence=None), table, "value.prevalence") is None


def test_baseline_of_a_metric_is_that_of_the_rule_in_the_metrics_own_way():
    metrics = [{"name": "ROC AUC"}, {"name": "precision", "target": "90%"}, {"name": "latency"}]
    found = offered(brief_with(metrics__model=metrics, metrics__fairness=None), climbed(BEST, RULE))
    area, precision = (found[f"metrics.model.{at}.baseline"].value for at in (0, 1))
    assert (area["value"], "unit" in area) == (0.75, False)
    assert precision["value"] == "41.2%"
    assert "rule on one column, 5 folds" in area["source"]
    assert "metrics.model.2.baseline" not in found
    assert not any("target" in path or "ship_at" in path for path in found)


@pytest.mark.parametrize(
    ("name", "score"),
    [
        ("Logistic model", 85),
        ("gradient boosting", 85),
        ("a rule by hand", 75),
        ("deep network", None),
    ],
)
def test_quality_of_a_path_is_offered_where_its_name_says_which_it_is(name, score):
    path = {"name": name, "quality": {"AUC": {"value": "0.5", "from": "guess"}, "speed": "9"}}
    found = offered(brief_with(hypothesis__paths=[path]), climbed(BEST, RULE))
    paths = {key: one.value["value"] for key, one in found.items() if key.startswith("hypothesis")}
    assert paths == ({} if score is None else {"hypothesis.paths.0.quality.AUC": score / 100})


def test_errors_keep_the_unit_that_the_brief_has():
    rung = scores(mean_absolute_error=(2.342, 2.0, 2.6))
    metrics = [{"name": "MAE", "baseline": "3 min"}, {"name": "mean absolute error"}]
    found = offered(brief_with(metrics__model=metrics, metrics__fairness=None), climbed(rung, rung))
    first, second = (found[f"metrics.model.{at}.baseline"].value for at in (0, 1))
    assert (first["value"], first["unit"]) == (2.34, "min")
    assert "unit" not in second


@pytest.mark.parametrize(
    "given",
    [
        "n/a: nothing is counted",
        {"kind": "assist", "volume": "9 cases/day"},
        {"kind": "regression"},
        None,
    ],
)
def test_share_is_not_offered_where_the_value_has_no_place_for_it(given):
    assert value(brief_with(value=given), labelled(123, 877), "value.prevalence") is None


def test_share_is_offered_where_the_value_is_said_in_part():
    assert value(brief_with(value={"kind": "detection"}), labelled(123, 877), "value.prevalence")


# Written into a file


def with_file(tmp_path, name):
    """A worked case's file whose first source has the file, as people edit it by hand."""
    text = (ROOT / "examples" / name / "brief.yaml").read_text("utf-8")
    path = tmp_path / "brief.yaml"
    path.write_text(text, "utf-8")
    file = open_brief(path)
    return save(file, {"data.sources.0.file": FILE, "data.sources.0.history": None})


@pytest.mark.parametrize(
    "name", ["churn-feed", "fraud-detection", "tumour-triage", "doctor-visits"]
)
def test_written_proposals_read_back_as_measured_and_comments_stay(tmp_path, name):
    file = with_file(tmp_path, name)
    table = replace(
        climbed(BEST, RULE),
        profile=measured(rows=1_000, time=period("2025-01-01", "2026-01-01")).profile,
    )
    proposals = proposals_of(file.brief, table)
    assert proposals
    again = save(file, {one.path: one.plain for one in proposals})
    assert again.problems == ()
    for one in proposals:
        written = again.value(one.path)
        assert isinstance(written, dict)
        read, offered = (Quantity.model_validate(given) for given in (written, one.value))
        assert (read, read.from_) == (offered, "measured")
    assert proposals_of(again.brief, table) == ()
    comments = [line.strip() for line in file.text.splitlines() if line.strip().startswith("#")]
    assert comments == [
        line.strip() for line in again.text.splitlines() if line.strip().startswith("#")
    ]


def test_every_line_that_is_not_written_stays_as_it_was(tmp_path):
    """The payments' volume is one of rows a month, and so nothing but their share of fraud is offered."""
    file = with_file(tmp_path, "fraud-detection")
    (share,) = proposals_of(file.brief, labelled(123, 877))
    again = save(file, {share.path: share.plain})
    before, after = file.text.splitlines(), again.text.splitlines()
    (gone,) = [line for line in before if line not in after]
    assert gone.strip() == "prevalence: {value: 0.1%, from: guess, source: worked case}"
    assert "12.3" in "".join(line for line in after if line not in before)
