"""Numbers of a brief in the ways that people write them: read as meant, or refused with the key."""

import pytest
from numbers_briefs import (
    appraised,
    boxes,
    complete,
    computed,
    faulty,
    methods,
    strings,
    with_keys,
    written,
)

from kit.brief import Quantity

PER_ARM = 28_407.84  # 5% against 4.5% (Fleiss, Levin & Paik 2003), in the reference values


def told(tmp_path, keys):
    """What the boxes of the fairness section say is missing, or does not apply."""
    fairness = computed(written(tmp_path, with_keys(keys)))["fairness"]
    return "\n".join([*boxes(fairness, "gap"), *boxes(fairness, "note")])


@pytest.mark.parametrize(
    "given", ["-0.5% absolute", "-0.5 pct. points", "-0.5% (points)", "-0.5 pp"]
)
def test_absolute_change_of_a_share_is_no_relative_one(given):
    timing = appraised({"experiment.effect": given}).timing
    assert timing.needs[0].per_arm == pytest.approx(PER_ARM, abs=0.01)


@pytest.mark.parametrize("given", ["-10%", "-10% relative", "-10 % rel.", "-10% of the baseline"])
def test_part_of_the_baseline_is_relative(given):
    timing = appraised({"experiment.effect": given}).timing
    assert timing.needs[0].per_arm == pytest.approx(PER_ARM, abs=0.01)


def test_percent_of_something_unknown_is_refused():
    assert faulty({"experiment.effect": "-10% monthly"}) == {"experiment.effect": "unit"}


def test_range_of_relative_changes_is_read():
    read = Quantity.model_validate("-10% to -5% relative")
    assert (read.low, read.high, read.unit) == (-10, -5, "% relative")


SCORE = {
    "experiment.baseline": "38 points",
    "experiment.sd": "45 points",
    "experiment.margin": None,
}


@pytest.mark.parametrize(
    "keys", [SCORE, SCORE | {"experiment.baseline": "38", "experiment.sd": "45"}]
)
def test_points_of_a_score_are_its_own(keys):
    """2 of 45: d = 0.0444, so 2 (1.96 + 0.84)^2 / d^2, near 7,948 per arm."""
    effect = appraised(keys | {"experiment.effect": "+2 points"}).timing.effect
    assert (effect.start, effect.changed) == (38, 40)
    assert effect.in_sd == pytest.approx(2 / 45)


def test_bare_number_above_1_beside_a_percentage_is_refused():
    keys = {"experiment.baseline": "12%", "experiment.effect": "-1.5 points"}
    assert faulty(keys | {"experiment.sd": "4"}) == {"experiment.sd": "unit"}
    assert appraised(keys | {"experiment.sd": "4%"}).timing.effect.in_sd == pytest.approx(-1.5 / 4)
    assert appraised(keys | {"experiment.sd": "0.04"}).timing.effect.in_sd == pytest.approx(
        -1.5 / 4
    )


def test_unit_of_the_goal_may_be_spelled():
    keys = {"goal.unit": "percent", "goal.baseline": "5.0", "goal.target": "4.5"}
    keys |= {"experiment.baseline": None, "experiment.effect": None}
    assert appraised(keys).timing.needs[0].per_arm == pytest.approx(PER_ARM, abs=0.01)


@pytest.mark.parametrize(
    ("given", "a_day"),
    [("3500 subscribers weekly", 500), ("15000 per mo", 15_000 / 30.4375), ("500 daily", 500)],
)
def test_flow_is_read_however_its_time_is_written(given, a_day):
    assert appraised(
        {"experiment.eligible_per_day": given}
    ).timing.flow.per_day.middle == pytest.approx(a_day)


def test_flow_per_something_that_is_no_time_is_refused():
    keys = {"experiment.eligible_per_day": "500 per working day"}
    assert faulty(keys) == {"experiment.eligible_per_day": "unit"}


def test_outcome_that_is_known_at_once_takes_no_wait():
    timing = appraised({"experiment.wait": "n/a: known at once"}).timing
    assert timing.needs[0].days == 114  # 56,816 at 500 a day


@pytest.mark.parametrize("given", ["85000 USD/year", "7000 USD/month", "320 USD/day"])
def test_wage_of_a_time_that_holds_hours_nobody_works_is_refused(given):
    assert faulty({"value.wage": given}, "assist") == {"value.wage": "unit"}


def test_bare_wage_is_that_of_an_hour():
    hourly, bare = (
        appraised({"value.wage": given}, "assist").bridge.net.median
        for given in ("40 USD/h", "40 USD")
    )
    assert hourly == bare


@pytest.mark.parametrize("given", ["6 min/letter", "6 minutes per letter", "360 s per letter"])
def test_minutes_may_be_of_a_case(given):
    assert appraised({"value.minutes_saved": given}, "assist").bridge.middle(
        "minutes_saved"
    ) == pytest.approx(6)


def test_errors_in_percent_are_counted_in_points():
    percent = {"value.error_today": "12%", "value.error_wanted": "9%"}
    points = {"value.error_today": "12 points", "value.error_wanted": "9 points"}
    costs = {"value.cost_above": "1 USD/point", "value.cost_below": "3 USD per point"}
    nets = [appraised(keys | costs, "regression").bridge.net.median for keys in (percent, points)]
    # 600,000 used a year, 3 points better, 2 USD a point on average, 108,000 to run
    assert nets == pytest.approx([600_000 * 3 * 2 - 108_000] * 2)


def test_cost_of_a_minute_late_is_that_of_a_minute():
    keys = {"value.error_today": "12 h", "value.error_wanted": "9 h", "value.cost_below": "0 USD"}
    given = appraised(keys | {"value.cost_above": "1 USD per min late"}, "regression").bridge
    assert given.middle("cost_above") == pytest.approx(60)


@pytest.mark.parametrize(
    "given",
    ["60 $", "60 dollars", "60 USD each", "60 USD a case", "60 USD (net)", "60 per flag", "60"],
)
def test_money_is_read_however_it_is_written(given):
    assert appraised({"value.benefit": given}).bridge.middle("benefit") == pytest.approx(60)


@pytest.mark.parametrize(
    "given", ["0.8 kappa", "0.8 Cohen's kappa", "0.8 κ", "0.8 Krippendorff's alpha"]
)
def test_agreement_that_chance_is_taken_out_of_is_no_share(given):
    found = appraised({"data.label.agreement": given})
    assert found.faults == ()
    assert not [one for one in found.ceilings.rows if "labels" in one.name]


def test_groups_that_may_not_be_named_are_no_crash(tmp_path):
    keys = {"metrics.fairness.0.groups": "n/a: law forbids to store the groups"}
    assert "metrics.fairness.0.groups: law forbids to store the groups" in told(tmp_path, keys)


@pytest.mark.parametrize("kind", ["assist", "regression"])
def test_gap_that_the_value_says_nothing_of_asks_for_no_key_of_another_kind(tmp_path, kind):
    fairness = strings(computed(written(tmp_path, complete(kind)))["fairness"])
    assert f"recall counts true cases, of which a value of kind {kind} says nothing" in fairness
    assert "value.prevalence" not in fairness


@pytest.mark.parametrize(
    ("given", "counted"),
    [("300 hours of calls", False), ("5 GB of calls", False), ("300 calls", True)],
)
def test_volume_counts_cases_by_what_it_names(given, counted):
    evidence = appraised({"data.sources.0.volume": given}).evidence
    assert (evidence.rows is not None) == counted


def test_history_that_does_not_apply_is_told_as_that(tmp_path):
    keys = {"data.sources.0.volume": "100 rows/month", "data.sources.0.history": "n/a: new"}
    assert "Not applicable in this brief: data.sources.0.history: new" in told(tmp_path, keys)


def test_headline_names_what_a_section_says_no_to(tmp_path):
    """100 rows at 5% hold 5 true cases; labels with 10% disagreement cap accuracy near 95%."""
    metric = {"name": "accuracy", "baseline": "90%", "target": "99%", "better": "higher"}
    keys = {
        "data.sources.0.volume": "100 rows",
        "metrics.model": [*complete()["metrics"]["model"], metric],
    }
    said = strings(computed(written(tmp_path, with_keys(keys)))["numbers"])
    assert (
        "Accuracy, as measured against the labels: 99% is wanted, and 94.7% is within reach."
        in said
    )
    assert (
        "Recall of 50% known to ±10 points, so that ship-at is ruled out: takes 97 true cases, and 5 are there."
        in said
    )


def test_test_that_compares_nothing_is_not_called_unknown(tmp_path):
    said = strings(
        computed(written(tmp_path, with_keys({"experiment.design": "shadow"})))["numbers"]
    )
    assert "whether it can be known by the date" not in said


def test_method_names_the_running_cost_of_the_rule(tmp_path):
    worth = computed(written(tmp_path, complete()))["worth"]
    assert "no running cost is counted for it" in strings(worth)
    assert "take-rate" in methods(computed(written(tmp_path, complete()))["targets"])
