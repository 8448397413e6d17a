"""Measures against scikit-learn, and intervals against the truth."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics

from kit.data.baseline.draws import Draws
from kit.data.baseline.folds import Fold, Split
from kit.data.baseline.scores import class_scores, number_scores
from kit.data.baseline.signal import standing
from kit.data.baseline.thresholds import curve_of, flagged, largest_f1, reaching
from kit.data.measured import AT_WANTED


def predictions(seed, rows=400, *, ties=False):
    rng = np.random.default_rng(seed)
    label = (rng.random(rows) < 0.3).astype(float)
    chance = 1 / (1 + np.exp(-rng.normal(1.5 * label - 1)))
    return label, np.round(chance, 1) if ties else chance


@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_class_scores_are_those_of_sklearn(seed, ties):
    label, chance = predictions(seed, ties=ties)
    flags, wanted = (chance >= 0.4).astype(float), (chance >= 0.2).astype(float)
    found = class_scores(
        label, chances=chance, flags={"": flags, AT_WANTED: wanted}, draws=Draws(len(label), None)
    ).each
    expected = {
        "AUC": metrics.roc_auc_score(label, chance),
        "average precision": metrics.average_precision_score(label, chance),
        "accuracy": metrics.accuracy_score(label, chance > 0.5),
        "precision": metrics.precision_score(label, flags),
        "recall": metrics.recall_score(label, flags),
        "F1": metrics.f1_score(label, flags),
        "share flagged": flags.mean(),
        "precision" + AT_WANTED: metrics.precision_score(label, wanted),
        "recall" + AT_WANTED: metrics.recall_score(label, wanted),
        "F1" + AT_WANTED: metrics.f1_score(label, wanted),
        "share flagged" + AT_WANTED: wanted.mean(),
    }
    assert {name: one.value for name, one in found.items()} == pytest.approx(expected)
    assert all(one.low <= one.value <= one.high for one in found.values())


@pytest.mark.parametrize("seed", range(5))
def test_number_scores_are_those_of_sklearn(seed):
    rng = np.random.default_rng(seed)
    label = rng.gamma(2, 3, 301)
    guess = label + rng.normal(0, 2, 301)
    found = number_scores(label, predicted=guess, draws=Draws(301, None)).each
    expected = {
        "mean absolute error": metrics.mean_absolute_error(label, guess),
        "root mean squared error": metrics.root_mean_squared_error(label, guess),
        "median absolute error": metrics.median_absolute_error(label, guess),
        "R2": metrics.r2_score(label, guess),
    }
    assert {name: one.value for name, one in found.items()} == pytest.approx(expected)
    assert all(one.low <= one.value <= one.high for one in found.values())


def test_draws_of_a_score_are_scores_of_the_rows_drawn():
    label, chance = predictions(1, 80, ties=True)
    draws = Draws(80, None)
    first = class_scores(label, chances=chance, flags={"": label}, draws=draws).first
    for at in range(20):
        rows = np.repeat(np.arange(80), draws.weights[at])
        assert first[at] == pytest.approx(metrics.roc_auc_score(label[rows], chance[rows]))


def test_class_scores_of_perfect_order_are_not_taken_for_certain():
    label = np.repeat([1.0, 0.0], [20, 40])
    found = class_scores(label, chances=label, flags={"": label}, draws=Draws(60, None)).each
    assert found["AUC"].value == 1.0
    assert found["AUC"].low < 0.97
    assert found["recall"].low == pytest.approx(20 / (20 + 1.959964**2))


def test_class_scores_without_flags_have_no_precision():
    label, chance = predictions(2)
    found = class_scores(
        label, chances=chance, flags={"": np.full(400, np.nan)}, draws=Draws(400, None)
    ).each
    assert set(found) == {"AUC", "average precision", "accuracy"}
    none = class_scores(
        label, chances=chance, flags={"": np.zeros(400)}, draws=Draws(400, None)
    ).each
    assert "precision" not in none
    assert (none["recall"].value, none["F1"].value) == (0.0, 0.0)


MEASURES = ["AUC", "average precision", "F1", "recall"]


def held(measure, rows, *, shift, flag, times=150):
    """How often the interval of a figure in so many rows holds what all rows give."""
    rng = np.random.default_rng(99)
    label = (rng.random(200_000) < 0.35).astype(float)
    chance = 1 / (1 + np.exp(-rng.normal(shift * label - 1)))
    flags = (chance >= flag).astype(float)
    truth = {
        "AUC": metrics.roc_auc_score(label, chance),
        "average precision": metrics.average_precision_score(label, chance),
        "F1": metrics.f1_score(label, flags),
        "recall": metrics.recall_score(label, flags),
    }[measure]
    found = []
    for _ in range(times):
        at = rng.integers(0, len(label), rows)
        scores = class_scores(
            label[at], chances=chance[at], flags={"": flags[at]}, draws=Draws(rows, None)
        )
        score = scores.each[measure]
        found.append(score.low <= truth <= score.high)
    return np.mean(found)


@pytest.mark.parametrize("measure", MEASURES)
def test_intervals_hold_the_truth_as_often_as_they_say(measure):
    assert 0.89 <= held(measure, 300, shift=1.5, flag=0.4) <= 0.995


@pytest.mark.parametrize("measure", MEASURES)
def test_intervals_near_one_hold_the_truth_in_few_rows(measure):
    assert held(measure, 60, shift=4.5, flag=0.8) >= 0.88


@pytest.mark.parametrize("flags", [0.0, 1.0])
def test_scores_at_the_ends_are_not_certain(flags):
    """All right, or none at all, in thirty rows."""
    label = np.repeat([1.0, 0.0], [10, 20])
    flagged = label if flags else 1 - label
    found = class_scores(label, chances=flagged, flags={"": flagged}, draws=Draws(30, None)).each
    assert found["F1"].value == flags
    for name in ("F1", "average precision") if flags else ("F1",):
        assert found[name].high - found[name].low > 0.1, name


def test_intervals_of_entities_are_wider():
    """Ten rows of a person that are all alike are worth one."""
    rng = np.random.default_rng(6)
    label = np.repeat((rng.random(60) < 0.5).astype(float), 10)
    right = np.repeat(rng.random(60) < 0.8, 10)
    chance = np.where(right, label, 1 - label)
    keys = np.repeat(np.arange(60), 10)
    by_rows = class_scores(label, chances=chance, flags={"": chance}, draws=Draws(600, None)).each
    by_entities = class_scores(
        label, chances=chance, flags={"": chance}, draws=Draws(600, keys)
    ).each
    for measure in ("AUC", "accuracy", "recall", "F1"):
        rows, entities = by_rows[measure], by_entities[measure]
        assert 2.2 < (entities.high - entities.low) / (rows.high - rows.low) < 4.5, measure


def test_curve_holds_every_threshold():
    label, chance = predictions(3, 60, ties=True)
    curve = curve_of(label, chance)
    different = np.unique(chance)[::-1]
    between = (different[1:] + different[:-1]) / 2
    np.testing.assert_allclose(curve.at, [*between, -np.inf])
    for at, recall, precision in zip(curve.at, curve.recall, curve.precision, strict=True):
        assert recall == pytest.approx(metrics.recall_score(label, chance >= at))
        assert precision == pytest.approx(metrics.precision_score(label, chance >= at))


def test_largest_f1_is_the_largest():
    label, chance = predictions(4)
    best = max(metrics.f1_score(label, chance >= at) for at in chance)
    assert metrics.f1_score(label, chance >= largest_f1(curve_of(label, chance))) == pytest.approx(
        best
    )


@pytest.mark.parametrize("wanted", [0.5, 0.9, 0.98])
def test_reaching_a_recall_flags_as_few_as_that_takes(wanted):
    label, chance = predictions(5)
    at = reaching({"recall": wanted})(curve_of(label, chance))
    assert metrics.recall_score(label, chance >= at) >= wanted
    reached = [one for one in chance if metrics.recall_score(label, chance >= one) >= wanted]
    best = max(metrics.precision_score(label, chance >= one) for one in reached)
    assert metrics.precision_score(label, chance >= at) == pytest.approx(best)


def test_reaching_two_holds_both_where_both_can_be_held():
    label, chance = predictions(6, 2000)
    curve = curve_of(label, chance)
    middle = len(curve.at) // 4
    wanted = {"recall": curve.recall[middle] - 0.05, "precision": curve.precision[middle] - 0.05}
    at = reaching(wanted)(curve)
    assert metrics.recall_score(label, chance >= at) > wanted["recall"]
    assert metrics.precision_score(label, chance >= at) > wanted["precision"]


def test_reaching_two_keeps_the_first_where_both_cannot_be_held():
    label, chance = predictions(7, 2000)
    curve = curve_of(label, chance)
    recall_first = reaching({"recall": 0.95, "precision": 0.95})(curve)
    precision_first = reaching({"precision": 0.9, "recall": 0.95})(curve)
    assert metrics.recall_score(label, chance >= recall_first) >= 0.95
    assert metrics.precision_score(label, chance >= precision_first) >= 0.9


def test_reaching_what_cannot_be_reached_comes_close():
    label, score = np.array([0.0, 1, 0, 1, 0]), np.array([5.0, 4, 3, 2, 1])
    at = reaching({"precision": 0.9})(curve_of(label, score))
    assert at == 3.5  # between the second and the third


@pytest.mark.parametrize("wanted", [{"AUC": 0.9}, {"recall": 98}])
def test_reaching_something_else_is_refused(wanted):
    with pytest.raises(ValueError, match="expected shares of recall and precision, found"):
        reaching(wanted)


def test_flags_of_a_fold_do_not_depend_on_its_labels():
    label, chance = predictions(8)
    place = np.arange(400) % 5
    folds = tuple(
        Fold(train=np.flatnonzero(place != one), test=np.flatnonzero(place == one))
        for one in range(5)
    )
    split = Split(folds=folds, parts="", how="")
    other = np.where(place == 2, 1 - label, label)
    before, after = (flagged(split, one, chance, largest_f1) for one in (label, other))
    np.testing.assert_array_equal(before[place == 2], after[place == 2])
    assert not np.isnan(before).any()


def test_flags_are_unknown_before_anything_was_predicted():
    label, chance = predictions(9, 300)
    first, second = np.arange(100, 200), np.arange(200, 300)
    chance[:100] = np.nan
    folds = (Fold(train=np.arange(100), test=first), Fold(train=np.arange(200), test=second))
    flags = flagged(Split(folds=folds, parts="", how=""), label, chance, largest_f1)
    assert np.isnan(flags[:200]).all()
    assert not np.isnan(flags[200:]).any()


@pytest.mark.parametrize("grouped", [False, True])
def test_standing_is_standard_normal_by_chance(grouped):
    rng = np.random.default_rng(10)
    keys = np.repeat(np.arange(60), 5) if grouped else None
    place = (keys if grouped else np.arange(300)) % 5
    folds = tuple(
        Fold(train=np.flatnonzero(place != k), test=np.flatnonzero(place == k)) for k in range(5)
    )
    split = Split(folds=folds, parts="", how="")
    found = []
    for _ in range(400):
        label, guess = rng.integers(0, 2, 300).astype(float), rng.normal(size=300)
        if grouped:  # both are the person's, and have nothing to do with each other
            label, guess = label[::5].repeat(5), guess[::5].repeat(5)
        found.append(standing(split, label, guess, keys))
    assert abs(np.mean(found)) < 0.2
    assert 0.85 < np.std(found) < 1.15
