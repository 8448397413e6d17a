"""How well single columns tell the label, and which of them tell it too well."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import roc_auc_score
from tables_made import blanked, days, made

from kit.data.label import label_of
from kit.data.label.cells import numbers_of
from kit.data.label.ranks import (
    auc_interval,
    correlation,
    correlation_interval,
    midranks,
    most_correlated,
)
from kit.data.leaks import leaks
from kit.data.measured import Question
from kit.data.reading import read_file

EXAMPLES = Path(__file__).parents[2] / "examples"
SEEDS = range(100)


def profile(**columns):
    return label_of(made(**columns), Question(label="y"), ())


def strength(label, column, by="value"):
    return next(one for one in label.strengths if (one.column, one.by) == (column, by))


def test_midranks_are_those_of_scipy():
    values = np.random.default_rng(1).integers(0, 20, 200).astype(float)
    ranks, shared = midranks(values)
    np.testing.assert_array_equal(ranks, stats.rankdata(values))
    np.testing.assert_array_equal(shared, np.unique(values, return_counts=True)[1])


def test_auc_interval_is_as_published():
    """The example of the R package SingleCaseES by Swan and Pustejovsky, which takes the same method."""
    before, after = [20, 20, 26, 25, 22, 23], [28, 25, 24, 27, 30, 30, 29]
    auc = roc_auc_score([0] * len(before) + [1] * len(after), before + after)
    assert auc == pytest.approx(0.9166667)
    assert auc_interval(auc, len(after), len(before)) == pytest.approx(
        (0.5973406, 0.9860176), abs=5e-5
    )


def test_auc_interval_has_a_width_where_all_rows_are_told_apart():
    few, many = auc_interval(1.0, 10, 10), auc_interval(1.0, 1000, 1000)
    assert few[0] < many[0] < 1.0
    assert few[1] == many[1] == pytest.approx(1.0)


def test_auc_interval_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(2)
    truth = stats.norm.cdf(1 / np.sqrt(2))
    held = 0
    for _ in range(400):
        label = np.repeat([1.0, 0.0], [40, 60])
        auc = roc_auc_score(label, rng.normal(label))
        low, high = auc_interval(auc, 40, 60)
        held += low <= truth <= high
    assert 0.92 <= held / 400 <= 0.98


def test_correlation_interval_is_as_published():
    """The example of `ci.spear` in the R package statpsych by Bonett, one of the authors of the method."""
    y = np.array([21.0, 4, 9, 12, 35, 18, 10, 22, 24, 1, 6, 8, 13, 16, 19])
    x = np.array([67.0, 28, 30, 28, 52, 40, 25, 37, 44, 10, 14, 20, 28, 40, 51])
    rho = correlation(midranks(y)[0], midranks(x)[0])
    assert rho == pytest.approx(0.8699639, abs=1e-7)
    assert correlation_interval(rho, 15) == pytest.approx((0.5840951, 0.9638297), abs=1e-7)


def test_most_correlated_is_what_the_best_order_reaches():
    label = np.repeat([0.0, 1.0, 2.0, 5.0], [40, 30, 20, 10])
    untied = np.arange(100.0)
    assert most_correlated(midranks(label)[1]) == pytest.approx(stats.spearmanr(label, untied)[0])


def test_strengths_of_numbers_and_dates_are_the_auc_of_sklearn():
    rng = np.random.default_rng(3)
    y = rng.random(500) < 0.3
    x, day = rng.normal(y), rng.normal(-50.0 * y, 100)
    label = profile(y=y, x=x, day=days(day))
    assert strength(label, "x").value == pytest.approx(roc_auc_score(y, x))
    assert strength(label, "day").value == pytest.approx(roc_auc_score(y, -np.round(day * 86_400)))
    assert strength(label, "x").measure == "AUC"


def test_strengths_of_numbers_for_a_number_are_the_correlation_of_scipy():
    rng = np.random.default_rng(4)
    y = rng.poisson(2, 500).astype(float)
    x = -y + rng.normal(0, 2, 500)
    gone = rng.random(500) < 0.2
    found = strength(profile(y=y, x=blanked(x, gone)), "x")
    assert found.value == pytest.approx(-stats.spearmanr(x[~gone], y[~gone])[0])
    assert found.measure == "rank correlation"


def test_strengths_of_unique_words_tell_nothing():
    rng = np.random.default_rng(5)
    y = rng.random(2000) < 0.3
    pairs = np.array([f"key {at // 2}" for at in range(2000)])
    label = profile(y=y, pairs=rng.permutation(pairs), keys=[f"key {at}" for at in range(2000)])
    assert strength(label, "pairs").low == 0.5
    assert "keys" not in {one.column for one in label.strengths}


@pytest.mark.parametrize("seed", range(5))
def test_strengths_of_words_without_a_meaning_are_of_no_account(seed):
    rng = np.random.default_rng(seed)
    words = np.array([f"word {at}" for at in rng.integers(0, 40, 2000)])
    classes = strength(profile(y=rng.random(2000) < 0.3, x=words), "x")
    numbers = strength(profile(y=rng.normal(size=2000), x=words), "x")
    assert classes.value < 0.55
    assert numbers.value < 0.1


def test_strengths_know_a_number_that_stands_for_something():
    rng = np.random.default_rng(6)
    code = rng.integers(1, 8, 1000)
    y = np.isin(code, [2, 4, 6])
    found = strength(profile(y=y, code=code), "code")
    assert found.value == pytest.approx(1.0)
    assert found.unordered


def test_strengths_know_a_number_that_a_number_rises_and_falls_with():
    rng = np.random.default_rng(9)
    code = rng.integers(1, 8, 1000).astype(float)
    found = strength(profile(y=(code - 4) ** 2 + rng.normal(size=1000), code=code), "code")
    assert found.value > 0.9
    assert found.unordered


def test_strengths_of_numbers_of_few_values_keep_to_their_order_where_that_tells_most():
    visits = read_file(EXAMPLES / "doctor-visits/data/visits.csv")
    label = label_of(visits, Question(label="visits", entity="person_id"), ())
    y = numbers_of(visits.column("visits"))
    for name in ("chronic_disease_index", "site", "coinsurance_percent", "visits_last_year"):
        x = numbers_of(visits.column(name))
        known = ~np.isnan(x) & ~np.isnan(y)
        rho = stats.spearmanr(x[known], y[known])[0]
        found = strength(label, name)
        assert (found.value, found.unordered) == (pytest.approx(abs(rho)), False)


def test_strengths_of_a_key_do_not_give_away_the_labels_of_its_other_rows():
    """Each person has one label and a town that nobody else lives in."""
    rng = np.random.default_rng(7)
    person = np.repeat(np.arange(300), 10)
    y = (rng.random(300) < 0.4)[person]
    table = made(y=y, person=person, town=np.array([f"town {at}" for at in person]))
    label = label_of(table, Question(label="y", entity="person"), ())
    assert strength(label, "town").value < 0.6
    assert not leaks(label)


def test_strengths_leave_out_what_tells_nothing_apart():
    y = np.arange(100) % 2 == 0
    label = profile(
        y=y, same=np.ones(100), word=["x"] * 100, none=[None] * 100, few=[1.0, 2.0] + [None] * 98
    )
    assert label.strengths == ()


def test_strengths_stand_in_order():
    rng = np.random.default_rng(8)
    y = rng.random(500) < 0.5
    label = profile(
        y=y, weak=rng.normal(0.3 * y), strong=rng.normal(2 * y), none=rng.normal(size=500)
    )
    assert [one.column for one in label.strengths] == ["strong", "weak", "none"]


def test_no_column_of_the_examples_leaks():
    tumours = read_file(EXAMPLES / "tumour-triage/data/tumours.csv")
    label = label_of(tumours, Question(label="diagnosis", positive="malignant"), ())
    assert label.strengths[0].column == "worst_perimeter"
    assert label.strengths[0].value == pytest.approx(0.9755, abs=1e-4)
    assert leaks(label) == ()
    visits = read_file(EXAMPLES / "doctor-visits/data/visits.csv")
    assert leaks(label_of(visits, Question(label="visits", entity="person_id"), ())) == ()


def _classes(rng, rows=600):
    y = rng.random(rows) < rng.uniform(0.1, 0.5)
    return y, {f"x{at}": rng.normal(y * at / 2) for at in range(4)}


LEAKS = {
    "copy": lambda _rng, y: y.astype(float),
    "words": lambda _rng, y: np.where(y, "churned", "stayed"),
    "one in a hundred slips": lambda rng, y: y ^ (rng.random(len(y)) < 0.01),
    "date for yes alone": lambda rng, y: np.where(
        y, days(rng.uniform(0, 300, len(y))), np.datetime64("NaT")
    ),
    "reason for yes alone": lambda rng, y: blanked(
        rng.choice(["price", "moved", "other"], len(y)), ~y
    ),
    "reason for most": lambda rng, y: blanked(
        rng.choice(["price", "moved"], len(y)), ~(y & (rng.random(len(y)) < 0.8))
    ),
    "far shift": lambda rng, y: rng.normal(10.0 * y),
    "category": lambda rng, y: np.where(
        y, rng.choice(["a", "b"], len(y)), rng.choice(["c", "d", "e"], len(y))
    ),
    "many words": lambda rng, y: np.char.add(
        np.where(y, "closed ", "open "), rng.integers(0, 20, len(y)).astype(str)
    ),
    "codes": lambda rng, y: np.where(y, rng.choice([2, 5], len(y)), rng.choice([1, 3, 4], len(y))),
}


@pytest.mark.parametrize("kind", LEAKS)
def test_leaks_are_named_every_time(kind):
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        y, columns = _classes(rng)
        named = {one.column for one in leaks(profile(y=y, **columns, leak=LEAKS[kind](rng, y)))}
        assert named == {"leak"}, seed


NUMBER_LEAKS = {
    "copy": lambda _rng, y: y,
    "twice": lambda rng, y: 2 * y + rng.normal(0, 0.02 * y.std(), len(y)),
    "minus": lambda _rng, y: -y,
    "filled where there is some": lambda _rng, y: np.where(y > np.quantile(y, 0.4), 7.0, np.nan),
}


@pytest.mark.parametrize("kind", NUMBER_LEAKS)
@pytest.mark.parametrize("label", ["normal", "counts"])
def test_leaks_of_a_number_are_named_every_time(kind, label):
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        y = rng.normal(50, 10, 600) if label == "normal" else rng.poisson(1.5, 600).astype(float)
        honest = y + rng.normal(0, y.std(), 600)
        named = {
            one.column
            for one in leaks(profile(y=y, honest=honest, leak=NUMBER_LEAKS[kind](rng, y)))
        }
        assert named == {"leak"}, seed


def test_leaks_are_none_where_absence_tells_little():
    """Gaps that are three times as frequent for yes are worth knowing, and no proof."""
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        y, columns = _classes(rng)
        gone = rng.random(len(y)) < np.where(y, 0.6, 0.2)
        assert not leaks(profile(y=y, **columns, gappy=blanked(rng.normal(size=len(y)), gone))), (
            seed
        )
