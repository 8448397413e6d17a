"""The model paths in money: whose running cost, whose predictions, and what a path may bring."""

import pytest
from numbers_briefs import (
    PATHS,
    changed,
    complete,
    computed,
    lacking,
    methods,
    rows,
    strings,
    written,
)

from kit.appraisal import Appraisal
from kit.brief import Brief

RULES, TREES = "hypothesis.paths.0", "hypothesis.paths.1"
ALIKE = {f"{path}.quality": {"precision": "50%", "recall": "50%"} for path in (RULES, TREES)}
# 800 calls a month, half of them right: 60 USD for a right one, 2 for each, 4 more for a wrong one.
GAIN = 12 * 800 * (0.5 * 60 - 2 - 0.5 * 4)
RUN = 12 * 9_000


def keys(*changes, kind="detection"):
    tree = complete(kind) | {"hypothesis": PATHS}
    for key, given in (*ALIKE.items(), *changes) if kind == "detection" else changes:
        tree = changed(tree, key, given)
    return tree


def looked(*changes, kind="detection"):
    return Appraisal(Brief.model_validate(keys(*changes, kind=kind)))


def nets(*changes, kind="detection"):
    return [fact.net and fact.net.median for fact in looked(*changes, kind=kind).paths.facts]


def faults(*changes):
    return {fault.path: fault.kind for fault in looked(*changes).faults}


def test_running_cost_of_the_value_is_that_of_the_chosen_path():
    """The other path's predictions cost a cent less: 1.2 million of them are 12,000 USD a year."""
    rules, trees = nets((f"{RULES}.cost_per_prediction", "0 USD"))
    assert trees == pytest.approx(GAIN - RUN)
    assert rules == pytest.approx(GAIN - RUN + 12_000)


def test_chosen_path_that_spends_more_on_predictions_than_it_costs_to_run_is_a_fault():
    change = (f"{TREES}.cost_per_prediction", "0.5 USD")  # 600,000 a year
    assert faults(change) == {"value.run_cost": "contradiction"}
    assert nets(change, (f"{RULES}.cost_per_prediction", "0 USD")) == [None, None]


def test_predictions_come_on_top_where_no_path_is_chosen(tmp_path):
    change = ("hypothesis.chosen", "n/a: to be decided on")
    assert nets(change) == pytest.approx([GAIN - RUN - 12_000] * 2)
    worth = computed(written(tmp_path, keys(change)))["worth"]
    assert "the predictions come on top" in methods(worth)
    assert "the predictions come on top" not in methods(
        computed(written(tmp_path, keys()))["worth"]
    )


def test_path_pays_its_own_running_cost():
    assert nets((f"{RULES}.run_cost", "20000 USD/year"))[0] == pytest.approx(GAIN - 20_000)
    assert nets((f"{RULES}.run_cost", "n/a: it runs within the till"))[0] == pytest.approx(GAIN)


@pytest.mark.parametrize(
    ("key", "given"),
    [(f"{RULES}.run_cost", "100 USD/year"), (f"{TREES}.run_cost", "9000 USD/year")],
)
def test_running_cost_that_cannot_be_is_a_fault(key, given):
    """Below the path's predictions, 12,000 a year; and, for the chosen one, another than the value's."""
    assert faults((key, given)) == {key: "contradiction"}


def test_range_of_a_cost_is_drawn():
    """0.01 to 0.04 USD, its median 0.02: 24,000 USD a year in place of 12,000."""
    rules, trees = looked((f"{RULES}.cost_per_prediction", "0.01 USD to 0.04 USD")).paths.facts
    assert rules.net.median == pytest.approx(GAIN - RUN - 12_000, rel=0.01)
    assert rules.net.low == pytest.approx(GAIN - RUN - 36_000, rel=0.01)
    assert rules.net.high == pytest.approx(GAIN - RUN, rel=0.01)
    assert trees.net.low == trees.net.high


def test_chosen_path_that_is_stated_otherwise_in_the_value_is_told(tmp_path):
    said = "With the quality stated in step 3 the chosen path brings"
    other = keys((f"{TREES}.quality.precision", "60%"))
    assert said in strings(computed(written(tmp_path, other))["worth"])
    assert said not in strings(computed(written(tmp_path, keys()))["worth"])


def test_error_of_a_path_that_is_no_mean_absolute_error_is_missing_under_its_own_name(tmp_path):
    """What is called missing can be written under that name."""
    quality = {"RMSE": "8"}
    tree = keys((f"{RULES}.quality", quality), (f"{TREES}.quality", quality), kind="regression")
    named = f"{RULES}.quality.error_wanted"
    assert named in lacking(computed(written(tmp_path, tree))["worth"])
    tree = changed(tree, named, "8")
    assert named not in lacking(computed(written(tmp_path, tree))["worth"])
    assert rows(computed(written(tmp_path, tree))["worth"], "rules")


def test_path_may_bring_what_the_value_does_not_hold():
    changes = [("value.error_rate", None)]
    changes += [(f"{path}.quality.error_rate", "5%") for path in (RULES, TREES)]
    assert all(net is not None for net in nets(*changes, kind="assist"))


def test_qualities_are_known_under_their_other_names():
    named = [(f"{path}.quality", {"PPV": "50%", "sensitivity": "50%"}) for path in (RULES, TREES)]
    assert nets(*named) == nets()


def test_rule_of_today_that_is_a_path_has_its_running_cost():
    """Baselines of 30 % each; the path of that quality states 20,000 USD a year."""
    rule = (f"{RULES}.quality", {"precision": "30%", "recall": "30%"})
    assert looked().bridge.rule_path is None
    found = looked(rule, (f"{RULES}.run_cost", "20000 USD/year")).bridge
    acted = 12 * 800 * (0.3 * 60 - 2 - 0.7 * 4)
    assert found.rule_path == "rules"
    assert found.against_rule.median == pytest.approx((GAIN - RUN) - (acted - 20_000))


def test_baselines_are_drawn_on_their_own():
    """Two equal ranges are two unknowns: their difference is not 0."""
    changes = [(f"metrics.model.{at}.baseline", "40% to 60%") for at in (0, 1)]
    changes += [("value.precision", "40% to 60%"), ("value.recall", "40% to 60%")]
    found = looked(*changes).bridge.against_rule
    assert found.low < found.median < found.high
