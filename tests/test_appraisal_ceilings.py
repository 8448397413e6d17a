"""What caps the result, what is planned beside what the goal is worth, and paths with costs of their own."""

from math import log, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from numbers_briefs import (
    PATHS,
    appraised,
    boxes,
    computed,
    faulty,
    rows,
    strings,
    with_keys,
    written,
)

from kit.numbers.rates import recall_under_label_noise

CASES = 1_000_000


@pytest.mark.parametrize(
    ("prevalence", "noise"),
    [(0.03, 0.053), (0.001, 0.01), (0.2, 0.1), (0.5, 0.3), (0.9, 0.05), (0.02, 0.0)],
)
def test_recall_against_noisy_labels_is_that_of_a_simulation(prevalence, noise):
    """A perfect model, against labels of which each is flipped by chance."""
    rng = np.random.default_rng(20_261_121)
    truth = rng.random(CASES) < prevalence
    labels = truth ^ (rng.random(CASES) < noise)
    labelled = int(labels.sum())
    found = float((truth & labels).sum()) / labelled
    recall = float(recall_under_label_noise(prevalence, noise))
    # Five standard errors of a share of so many.
    assert found == pytest.approx(recall, abs=5 * sqrt(recall * (1 - recall) / labelled) + 1e-12)


def agreement(noise):
    """Two people agree where both are right, or both are wrong."""
    return f"{((1 - noise) ** 2 + noise**2) * 100}%"


RARE = {"value.prevalence": "3%", "data.label.agreement": agreement(0.053)}


def test_recall_against_noisy_labels_is_that_of_the_table_worked_by_hand(tmp_path):
    """Of 100,000 cases 3,000 are true; 2,841 of them and 5,141 of the others are labelled so."""
    (recall,) = [
        one
        for one in appraised(RARE).ceilings.rows
        if "labels" in one.name and "recall" in one.name
    ]
    assert recall.reach == pytest.approx(2_841 / (2_841 + 5_141))
    # 50% is wanted: more than is to be seen, unless true cases are labelled better than others.
    assert recall.holds is None
    (row,) = rows(computed(written(tmp_path, with_keys(RARE)))["ceilings"], "Recall, as measured")
    assert (row["Within reach"], row["Wanted"], row["Holds"]) == ("35.6%", "50%", "cannot tell")


def test_precision_against_noisy_labels_misses_the_labels_that_are_wrong():
    """Of the 3,000 true cases that a perfect model flags, 2,841 are labelled so."""
    (precision,) = [
        one for one in appraised(RARE).ceilings.rows if one.name.startswith("precision, as")
    ]
    assert precision.reach == pytest.approx(2_841 / 3_000)
    assert precision.holds is True


def test_recall_without_a_prevalence_misses_the_labels_that_are_wrong():
    rare = RARE | {"value.prevalence": None}
    (recall,) = [one for one in appraised(rare).ceilings.rows if one.name.startswith("recall, as")]
    assert recall.reach == pytest.approx(0.947)


@pytest.mark.parametrize("capacity", ["0/month", "-3/month", "800 calls", "800 h/month", "80%"])
def test_perfect_model_is_not_shown_with_a_capacity_that_cannot_be(tmp_path, capacity):
    keys = {"value.capacity": capacity}
    assert appraised(keys).ceilings.perfect is None
    found = computed(written(tmp_path, with_keys(keys)))
    assert not rows(found["ceilings"], "Gain of a perfect model")
    assert "Even a perfect model" not in strings(found["numbers"])


def test_perfect_model_is_shown_where_only_the_models_own_numbers_cannot_be():
    """800 a month at 60 USD each."""
    perfect = appraised({"value.precision": "130%"}).ceilings.perfect
    assert perfect.gain.median == pytest.approx(12 * 800 * 60)


@pytest.mark.parametrize(
    ("worth", "ends"),
    [
        ("1000000 USD/year", (1_000_000, 1_000_000)),
        ("500000 to 800000 USD/year", (500_000, 800_000)),
        ("50000 to 80000 USD/month", (600_000, 960_000)),
    ],
)
def test_worth_of_the_goal_is_shown_with_the_ends_as_entered(worth, ends):
    found = appraised({"goal.worth": worth})
    for shown in (found.ceilings.perfect.worth, found.bridge.worth):
        assert (shown.low, shown.high) == pytest.approx(ends, rel=1e-12)
        assert shown.median == pytest.approx(sqrt(ends[0] * ends[1]))  # of a lognormal


# 800 calls a month, half of them right, at 60 USD each.
GAIN = 12 * 800 * 0.5 * 60


def worth_reached_by(gain, probability):
    """Ends of a worth, each twice or half its median, that a gain reaches so probably."""
    spread = log(2) / NormalDist().inv_cdf(0.95)
    median = gain / np.exp(spread * NormalDist().inv_cdf(probability))
    return {"goal.worth": f"{median / 2:.6f} to {median * 2:.6f} USD/year"}


@pytest.mark.parametrize("probability", [0.1, 0.19, 0.21, 0.5, 0.9])
def test_bridge_says_how_probably_the_gain_is_what_the_goal_is_worth(tmp_path, probability):
    keys = worth_reached_by(GAIN, probability)
    bridge = appraised(keys).bridge
    assert bridge.gain.median == pytest.approx(GAIN)
    # Five standard errors of a share of 100,000 draws.
    error = 5 * sqrt(probability * (1 - probability) / 100_000)
    assert bridge.reaches == pytest.approx(probability, abs=error)
    found = computed(written(tmp_path, with_keys(keys)))
    assert "Reaching the goal is worth" in strings(found["worth"])
    assert "What is planned gains 288,000 USD before any cost" in strings(found["worth"])
    told = "What is planned gains" in "\n".join(boxes(found["numbers"], "problem"))
    assert told == (probability < 0.2)


@pytest.mark.parametrize(("worth", "reaches"), [("288000", 1.0), ("288001", 0.0)])
def test_gain_without_a_range_reaches_the_goal_or_does_not(worth, reaches):
    assert appraised({"goal.worth": f"{worth} USD/year"}).bridge.reaches == reaches


def test_headline_says_of_a_perfect_model_that_falls_short_and_not_of_the_plan(tmp_path):
    """A perfect model gains 576,000 USD a year."""
    keys = {"goal.worth": "1000000 USD/year"}
    said = "\n".join(boxes(computed(written(tmp_path, with_keys(keys)))["numbers"], "problem"))
    assert "Even a perfect model cannot reach the goal" in said
    assert "What is planned gains" not in said


def test_goal_without_a_worth_is_not_compared(tmp_path):
    keys = {"goal.worth": None}
    bridge = appraised(keys).bridge
    assert (bridge.worth, bridge.reaches) == (None, None)
    assert "Reaching the goal" not in strings(computed(written(tmp_path, with_keys(keys)))["worth"])


def paths(**keys):
    return {"hypothesis": PATHS} | {f"hypothesis.{key}": given for key, given in keys.items()}


@pytest.mark.parametrize(
    ("chosen", "remedy"),
    [("tree", "Did you mean `trees`?"), ("neural network", "Known here: rules, trees.")],
)
def test_chosen_path_that_is_none_is_a_fault_with_a_suggestion(chosen, remedy):
    (fault,) = appraised(paths(chosen=chosen)).faults
    assert (fault.path, fault.kind) == ("hypothesis.chosen", "contradiction")
    assert chosen in fault.message
    assert fault.remedy == remedy


def test_chosen_path_that_is_one_is_no_fault():
    assert faulty(paths(chosen="rules")) == {}


def nets(keys):
    return {fact.name: fact.net for fact in appraised(keys).paths.facts}


# 800 calls a month, of which 55% are right: 60 USD for these, 4 USD for the others, 2 USD for each.
BEFORE = 12 * 800 * (0.55 * 60 - 0.45 * 4 - 2)
PREDICTIONS = 12 * 100_000


def test_paths_own_running_cost_replaces_that_of_the_value():
    own = {"hypothesis.paths.0.run_cost": "2000 USD/month"}
    found = nets(paths() | own)
    assert found["rules"].median == pytest.approx(BEFORE - 12 * 2_000)
    assert found["trees"].median == pytest.approx(BEFORE - 12 * 9_000)


def test_paths_own_running_cost_needs_no_cost_of_a_prediction():
    own = {
        "hypothesis.paths.0.run_cost": "24000 USD/year",
        "hypothesis.paths.0.cost_per_prediction": None,
    }
    assert nets(paths() | own)["rules"].median == pytest.approx(BEFORE - 24_000)


def test_paths_that_all_state_a_running_cost_need_none_of_the_value():
    own = {f"hypothesis.paths.{at}.run_cost": "2000 USD/month" for at in (0, 1)}
    keys = paths() | own | {"value.run_cost": None}
    assert nets(keys)["rules"].median == pytest.approx(BEFORE - 12 * 2_000)


def test_path_that_is_dearer_per_prediction_costs_the_difference():
    """A cent more for each of 1.2 million predictions a year than the chosen path."""
    dearer = {"hypothesis.paths.0.cost_per_prediction": "0.02 USD"}
    found = nets(paths() | dearer)
    assert found["rules"].median == pytest.approx(BEFORE - 12 * 9_000 - 0.01 * PREDICTIONS)
    assert found["trees"].median == pytest.approx(BEFORE - 12 * 9_000)


def test_running_cost_of_a_path_per_case_is_a_fault():
    own = {"hypothesis.paths.0.run_cost": "2000 USD"}
    assert faulty(paths() | own) == {"hypothesis.paths.0.run_cost": "unit"}


@pytest.mark.parametrize(
    ("precision", "recall"),
    [("50%", "50%"), ("40% to 60%", "50%"), ("40% to 60%", "10% to 90%")],
)
@pytest.mark.parametrize("cost", ["0.01 USD", "0 USD", "0.01 to 0.04 USD"])
def test_chosen_path_of_the_values_own_quality_has_the_net_of_the_bridge(precision, recall, cost):
    quality = {"precision": precision, "recall": recall}
    keys = paths() | {
        "value.precision": precision,
        "value.recall": recall,
        "value.benefit": "40 to 90 USD",
        "value.capacity": "n/a: no person is needed",
        "hypothesis.paths.1.quality": quality,
        "hypothesis.paths.1.cost_per_prediction": cost,
    }
    found = appraised(keys)
    assert nets(keys)["trees"] == found.bridge.net
    assert found.bridge.net.low < found.bridge.net.median < found.bridge.net.high


def test_another_path_of_the_same_range_is_drawn_on_its_own():
    """Two models of which each has a precision of 40% to 60% are not equally good by that."""
    keys = paths() | {"value.capacity": "n/a: no person is needed"}
    for at in (0, 1):
        keys |= {f"hypothesis.paths.{at}.quality": {"precision": "40% to 60%", "recall": "50%"}}
    (pair,) = appraised(keys).paths.comparison.pairs
    assert pair.low < 0 < pair.high
    assert pair.probability_better == pytest.approx(0.5, abs=0.02)
