"""What the computed sections say in words: against the goal, against each other, and what stays open."""

import pytest
from numbers_briefs import PATHS, boxes, changed, complete, computed, rows, strings, written

from kit.report.blocks import Figure


def made(tmp_path, *changes, kind="detection"):
    tree = complete(kind)
    for key, given in changes:
        tree = changed(tree, key, given)
    return computed(written(tmp_path, tree))


def metric(name, target):
    return {"name": name, "baseline": "10%", "target": target, "better": "higher"}


def test_f1_beyond_its_precision_and_recall_is_named(tmp_path):
    """Precision and recall of 50% make an F1 of 50%."""
    found = made(
        tmp_path, ("metrics.model", [*complete()["metrics"]["model"], metric("F1", "60%")])
    )
    said = "The target of 60% for F1 (metrics.model.2.target) does not fit"
    assert said in strings(found["targets"])
    assert said in "\n".join(boxes(found["numbers"], "problem"))


def test_f1_that_follows_is_not_named(tmp_path):
    found = made(
        tmp_path, ("metrics.model", [*complete()["metrics"]["model"], metric("F1", "50%")])
    )
    assert "does not fit" not in strings(found["targets"])


@pytest.mark.parametrize(("target", "named"), [("95%", False), ("97%", True)])
def test_accuracy_beyond_its_precision_and_recall_is_named(tmp_path, target, named):
    """Of 100 cases 5 are true: 2.5 missed and 2.5 flagged wrongly leave 95 right."""
    more = [*complete()["metrics"]["model"], metric("accuracy", target)]
    said = strings(made(tmp_path, ("metrics.model", more))["targets"])
    assert ("(metrics.model.2.target) does not fit" in said) == named


@pytest.mark.parametrize(
    ("given", "named"), [("50%", False), ("45% to 60%", False), ("55% to 70%", True), ("60%", True)]
)
def test_value_that_takes_more_than_is_aimed_for_is_named(tmp_path, given, named):
    found = made(tmp_path, ("value.precision", given))
    for part in ("numbers", "targets"):
        assert ("more than is aimed for" in strings(found[part])) == named


def test_value_that_takes_what_was_measured_is_not_named(tmp_path):
    measured = [
        (f"value.{key}", {"value": "60%", "from": "measured"}) for key in ("precision", "recall")
    ]
    assert "more than is aimed for" not in strings(made(tmp_path, *measured)["numbers"])


def test_flags_of_a_range_are_told_at_both_ends(tmp_path):
    """1,000 cases a day, half of the true ones flagged, half of the flags right: 40 to 60 flags."""
    found = made(
        tmp_path,
        ("value.volume", "1000/day"),
        ("value.prevalence", "4% to 6%"),
        ("value.capacity", "50/day"),
        ("value.take_rate", "90%"),
    )
    said = strings(found["targets"])
    assert "40 to 60 flags a day, of which people act on 90%, that is 36 to 54," in said
    assert "a capacity of 50: 1.1 times as many as it holds at the upper end." in said
    assert "At the lower end they fit." in said


def test_headline_does_not_clear_what_it_cannot_work_out(tmp_path):
    found = made(tmp_path, ("value.benefit", None), ("goal.by", None), ("value.capacity", None))
    said = strings(found["numbers"])
    assert "nothing stands in the way of its targets" not in said
    assert (
        "What cannot be worked out: what it is worth, and whether it can be known by the date."
        in said
    )


def test_headline_names_a_plan_that_gains_less_than_the_goal_is_worth(tmp_path):
    """800 calls a month, half of them right, 60 USD each: 288,000 USD a year."""
    found = made(tmp_path, ("goal.worth", {"low": 300_000, "high": 500_000, "unit": "USD/year"}))
    said = "What is planned gains 288,000 USD a year before any cost; the goal is worth 300,000 to 500,000 USD."
    assert said in strings(found["numbers"])
    assert "the probability that it is enough is" in strings(found["worth"])
    easier = made(tmp_path, ("goal.worth", {"low": 100_000, "high": 200_000, "unit": "USD/year"}))
    assert "What is planned gains" not in strings(easier["numbers"])


def test_paths_that_are_tied_show_by_how_much_they_differ(tmp_path):
    tree = changed(complete() | {"hypothesis": PATHS}, "value.benefit", "40 USD to 90 USD")
    tree = changed(tree, "hypothesis.paths.0.quality.precision", "54% to 56%")
    said = strings(computed(written(tmp_path, tree))["worth"])
    assert "In money, these cannot be told apart: " in said
    assert "it brings more with a probability of" in said


def test_path_with_a_running_cost_of_its_own_pays_that(tmp_path):
    """12 times (800 calls, 55% right, 60 USD; 2 USD each; 4 USD for the wrong ones), less 1,500 a month."""
    tree = changed(
        complete() | {"hypothesis": PATHS}, "hypothesis.paths.0.run_cost", "1500 USD/month"
    )
    (row,) = rows(computed(written(tmp_path, tree))["worth"], "rules")
    by_hand = 12 * (800 * (0.55 * 60 - 2 - 0.45 * 4) - 1500)
    assert row["Net, a year (P5 to P95)"] == f"{round(by_hand, -3):,.0f} USD"


def test_label_noise_is_explained_only_where_it_is_counted(tmp_path):
    with_labels = made(tmp_path)
    without = made(tmp_path, ("data.label.agreement", "n/a: nobody judges"))
    assert "Label noise e" in strings(with_labels["ceilings"])
    assert "Label noise e" not in strings(without["ceilings"])


def test_marks_on_one_another_are_drawn_once(tmp_path):
    """The target and what the value assumes lie on one another; the chart names the first."""
    (chart,) = (
        one
        for one in made(tmp_path, ("value.precision", "50.5%"))["worth"]
        if isinstance(one, Figure) and "Contour" in one.alt
    )
    assert "target at 50% precision" in chart.alt
    assert "assumed in the value" not in chart.alt


def test_capacity_that_is_exceeded_at_one_end_is_told_as_that(tmp_path):
    changes = [
        ("value.volume", "1000/day"),
        ("value.prevalence", "4% to 6%"),
        ("value.capacity", "50/day"),
    ]
    said = strings(made(tmp_path, *changes, ("value.take_rate", "90%"))["numbers"])
    assert "At the upper end of volume and prevalence the flags exceed the capacity." in said
    assert "which allows a recall" not in said


def test_false_positive_rate_is_told_at_both_ends(tmp_path):
    """At 4% and 6%, half of the flags right: 2% and 3% of the 96% and 94% that are others."""
    said = strings(made(tmp_path, ("value.prevalence", "4% to 6%"))["targets"])
    assert "leave room to flag 2.1% to 3.2% of the other cases wrongly" in said
