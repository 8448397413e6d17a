"""The numbers against statsmodels, Fairlearn and SciPy, on hundreds of random inputs."""

import numpy as np
import pytest
from fairlearn import metrics
from scipy import stats
from statsmodels.stats import power as sm_power
from statsmodels.stats import proportion as sm

from kit.numbers import data_size, drift, experiment, fairness, rates

COUNT = 300


def _random(seed):
    return np.random.default_rng(seed)


def _two_shares(rng):
    p1 = rng.uniform(0.02, 0.98, COUNT)
    p2 = rng.uniform(0.02, 0.98, COUNT)
    return p1, np.where(np.abs(p1 - p2) < 0.01, (p1 + 0.3) % 0.9 + 0.05, p2)


def test_sample_size_proportions_agrees_with_statsmodels():
    rng = _random(1)
    p1, p2 = _two_shares(rng)
    alpha, power = rng.uniform(0.001, 0.2, COUNT), rng.uniform(0.5, 0.99, COUNT)
    theirs = [
        sm.samplesize_proportions_2indep_onetail(a - b, b, power=w, ratio=1, alpha=level)
        for a, b, w, level in zip(p1, p2, power, alpha, strict=True)
    ]
    np.testing.assert_allclose(
        experiment.sample_size_proportions(p1, p2, alpha, power), theirs, rtol=1e-9
    )


def test_power_proportions_agrees_with_statsmodels():
    rng = _random(2)
    p1, p2 = _two_shares(rng)
    n, alpha = rng.uniform(5, 5000, COUNT), rng.uniform(0.001, 0.2, COUNT)
    middle = (p1 + p2) / 2
    theirs = sm_power.normal_power_het(
        np.abs(p1 - p2),
        n,
        alpha / 2,
        std_null=np.sqrt(2 * middle * (1 - middle)),
        std_alternative=np.sqrt(p1 * (1 - p1) + p2 * (1 - p2)),
        alternative="larger",
    )
    ours = experiment.power_proportions(n, p1, p2, alpha)
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)


def test_power_proportions_is_near_the_arcsine_power_of_statsmodels():
    rng = _random(3)
    p1 = rng.uniform(0.2, 0.7, COUNT)
    p2, n = p1 + rng.uniform(0.02, 0.1, COUNT), rng.uniform(200, 3000, COUNT)
    effect = sm.proportion_effectsize(p2, p1)
    theirs = sm_power.NormalIndPower().power(effect, n, 0.05, alternative="two-sided")
    # Another approximation of the same thing; at no effect the two differ by the far tail.
    np.testing.assert_allclose(experiment.power_proportions(n, p1, p2), theirs, atol=0.02)


def test_power_means_agrees_with_statsmodels():
    rng = _random(4)
    d, n = rng.uniform(0.3, 2.0, COUNT), rng.uniform(3, 200, COUNT)
    alpha = rng.uniform(0.01, 0.2, COUNT)
    theirs = sm_power.TTestIndPower().power(d, n, alpha / 2, alternative="larger")
    np.testing.assert_allclose(experiment.power_means(n, d, alpha), theirs, atol=1e-8)


def test_sample_size_means_agrees_with_statsmodels():
    rng = _random(5)
    d, power = rng.uniform(0.1, 1.2, 100), rng.uniform(0.6, 0.97, 100)
    solve = sm_power.TTestIndPower().solve_power
    theirs = [
        solve(effect_size=a, alpha=0.05, power=w, alternative="two-sided")
        for a, w in zip(d, power, strict=True)
    ]
    # Theirs counts the tail on the wrong side too, which at these powers is next to nothing.
    np.testing.assert_allclose(experiment.sample_size_means(d, 0.05, power), theirs, rtol=1e-3)


@pytest.mark.parametrize("confidence", [0.8, 0.9, 0.95, 0.99])
def test_wilson_interval_agrees_with_statsmodels(confidence):
    rng = _random(6)
    n = rng.integers(1, 2000, COUNT)
    found = np.minimum(n, (rng.uniform(0, 1.05, COUNT) * n).astype(int))
    low, high = rates.wilson_interval(found, n, confidence)
    their_low, their_high = sm.proportion_confint(found, n, 1 - confidence, method="wilson")
    np.testing.assert_allclose(low, their_low, atol=1e-9)
    np.testing.assert_allclose(high, their_high, atol=1e-9)


def test_sample_ratio_mismatch_agrees_with_scipy():
    rng = _random(7)
    for arms in (2, 3, 5):
        shares = rng.uniform(0.1, 1, (COUNT, arms))
        shares /= shares.sum(axis=1, keepdims=True)
        counts = rng.poisson(shares * rng.uniform(50, 5000, (COUNT, 1))) + 1
        theirs = stats.chisquare(counts, counts.sum(axis=1, keepdims=True) * shares, axis=1).pvalue
        ours = experiment.sample_ratio_mismatch(counts, shares)
        np.testing.assert_allclose(ours, theirs, rtol=1e-8, atol=1e-12)


def test_psi_critical_agrees_with_scipy():
    rng = _random(8)
    bins = rng.integers(2, 50, COUNT)
    n, m = rng.integers(10, 10_000, COUNT), rng.integers(10, 10_000, COUNT)
    alpha = rng.uniform(0.001, 0.5, COUNT)
    theirs = stats.chi2.ppf(1 - alpha, bins - 1) * (1 / n + 1 / m)
    np.testing.assert_allclose(drift.psi_critical(bins, n, m, alpha), theirs, rtol=1e-8)


def test_population_stability_index_is_the_sum_of_both_relative_entropies():
    rng = _random(9)
    before, after = rng.uniform(1, 50, (COUNT, 8)), rng.uniform(1, 50, (COUNT, 8))
    theirs = stats.entropy(before, after, axis=1) + stats.entropy(after, before, axis=1)
    ours = drift.population_stability_index(before, after)
    np.testing.assert_allclose(ours, theirs, rtol=1e-9)


def test_positives_for_recall_agrees_with_statsmodels():
    rng = _random(10)
    recall, margin = rng.uniform(0.05, 0.95, COUNT), rng.uniform(0.005, 0.2, COUNT)
    theirs = [
        np.ceil(sm.samplesize_confint_proportion(p, d, alpha=0.05))
        for p, d in zip(recall, margin, strict=True)
    ]
    np.testing.assert_array_equal(data_size.positives_for_recall(recall, margin), theirs)


def test_expected_gap_agrees_with_the_range_of_normals_in_scipy():
    groups = np.arange(2, 21)
    ours = fairness.expected_gap_without_bias(groups, 1e6, 0.5) * np.sqrt(1e6) / 0.5
    theirs = [
        2 * stats.norm.expect(lambda x, k=k: k * x * stats.norm.cdf(x) ** (k - 1)) for k in groups
    ]
    np.testing.assert_allclose(ours, theirs, rtol=1e-6)


def test_fairness_differences_agree_with_fairlearn():
    rng = _random(11)
    for _ in range(100):
        size, groups = int(rng.integers(40, 120)), int(rng.integers(2, 5))
        names = np.concatenate([np.repeat(np.arange(groups), 2), rng.integers(0, groups, size)])
        truth = np.concatenate([np.tile([0, 1], groups), rng.integers(0, 2, size)])
        flags = rng.integers(0, 2, names.size)
        parity = metrics.demographic_parity_difference(truth, flags, sensitive_features=names)
        odds = metrics.equalized_odds_difference(truth, flags, sensitive_features=names)
        assert fairness.demographic_parity_difference(flags, names) == pytest.approx(parity)
        assert fairness.equalized_odds_difference(truth, flags, names) == pytest.approx(odds)
