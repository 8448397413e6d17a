"""Values that others published, and what a simulation of the thing itself gives."""

import numpy as np
import pytest

from kit.numbers import data_size, enrolment, experiment, fairness, looks, uncertainty, value


@pytest.mark.parametrize(
    ("count", "published"), [(1, 0.05), (2, 0.083), (3, 0.107), (4, 0.126), (5, 0.142), (10, 0.193)]
)
def test_published_armitage_1969_false_alarms_of_repeated_looks(count, published):
    assert looks.false_positive_with_looks(count) == pytest.approx(published, abs=0.0005)


@pytest.mark.parametrize(
    ("count", "published"), [(2, 0.0294), (3, 0.0221), (4, 0.0182), (5, 0.0158)]
)
def test_published_pocock_1977_levels(count, published):
    assert looks.pocock_alpha(count) == pytest.approx(published, abs=0.00005)


def test_published_rosner_one_sample_size():
    # 340.65, rounded up; two-sided 5 % is one-sided 2.5 %.
    assert data_size.flagged_for_precision(0.05, 0.02, alpha=0.025, power=0.9) == 341


@pytest.mark.parametrize(("groups", "d2"), [(2, 1.128), (3, 1.693), (4, 2.059), (5, 2.326)])
def test_published_tippett_1925_range_of_normals(groups, d2):
    gap = fairness.expected_gap_without_bias(groups, 10_000, 0.5)
    assert gap / np.sqrt(0.25 / 10_000) == pytest.approx(d2, abs=0.0005)


def test_published_riley_2019_criteria():
    assert [float(one) for one in data_size.training_row_criteria(24, 0.288, 0.174)] == [
        623, 662, 221,
    ]  # fmt: skip
    assert data_size.training_rows(24, 0.288, 0.174) == 662


def test_published_blackwelder_1982_size():
    # By hand: (1.6449 + 0.8416)^2 * 2 * 0.8 * 0.2 / 0.1^2
    z = 1.6448536 + 0.8416212
    assert experiment.noninferiority_size(0.8, 0.1) == pytest.approx(z**2 * 0.32 / 0.01, rel=1e-6)


def test_published_vickers_elkin_2006_net_benefit():
    # Treating everybody: prevalence less the rest at the odds of the threshold; nobody: nothing.
    assert value.net_benefit(200, 800, 1000, 0.1) == pytest.approx(0.2 - 0.8 / 9)
    assert value.net_benefit(0, 0, 1000, 0.1) == 0
    assert value.net_benefit(200, 800, 1000, 0.2) == pytest.approx(0)


def test_published_guidance_experiment_of_28408_per_arm():
    n = experiment.sample_size_proportions(0.05, 0.045)
    assert np.ceil(n) == 28_408
    assert enrolment.duration_days(n, 2, 500, 30) == 144
    assert enrolment.duration_days(n, 2, 2000, 30) == 59


@pytest.mark.parametrize(
    ("take_rate", "capacity", "net"), [(0.05, np.inf, -2500), (0.20, 800, 11_800)]
)
def test_published_guidance_value_sum(take_rate, capacity, net):
    month = value.expected_value(
        volume=100_000, prevalence=0.05, precision=0.5, recall=0.5, take_rate=take_rate,
        benefit=60, cost_action=2, cost_false_positive=4, run_cost=9000, capacity=capacity,
    )  # fmt: skip
    assert month.net == pytest.approx(net)
    assert month.advantage == pytest.approx(net)


@pytest.mark.parametrize(
    ("groups", "positives", "rate"), [(2, 200, 0.8), (5, 100, 0.6), (12, 400, 0.3)]
)
def test_simulated_gap_without_bias(groups, positives, rate):
    rng = np.random.default_rng(20)
    seen = rng.binomial(positives, rate, (40_000, groups)) / positives
    simulated = float(np.mean(seen.max(axis=1) - seen.min(axis=1)))
    expected = fairness.expected_gap_without_bias(groups, positives, rate)
    assert expected == pytest.approx(simulated, rel=0.02)


def test_simulated_looks_raise_false_alarms():
    rng = np.random.default_rng(21)
    sums = np.cumsum(rng.standard_normal((60_000, 5)), axis=1) / np.sqrt(np.arange(1, 6))
    simulated = float(np.mean(np.any(np.abs(sums) > 1.959964, axis=1)))
    assert looks.false_positive_with_looks(5) == pytest.approx(simulated, abs=0.005)


@pytest.mark.parametrize(
    ("low", "high", "kind"),
    [
        (-5.0, 12.0, "real"),
        (10.0, 300.0, "positive"),
        (0.1, 0.6, "share"),
        (0.0, 40.0, "positive"),  # clipped at 0
        (0.0, 0.3, "share"),
        (0.7, 1.0, "share"),
        (0.0, 1.0, "share"),
    ],
)
def test_simulated_draws_have_the_percentiles_of_their_interval(low, high, kind):
    estimate = uncertainty.Estimate(low=low, high=high, kind=kind)
    draws = uncertainty.sample(estimate, np.random.default_rng(22), 200_000)
    ends = np.percentile(draws, [5, 95])
    np.testing.assert_allclose(ends, [low, high], atol=0.02 * (high - low))
    np.testing.assert_allclose(
        uncertainty.quantile(estimate, [0.05, 0.95]), [low, high], rtol=1e-9, atol=1e-9
    )
    assert np.median(draws) == pytest.approx(
        float(uncertainty.quantile(estimate, 0.5)), abs=0.02 * (high - low)
    )
    assert kind == "real" or draws.min() >= 0
    assert kind != "share" or draws.max() <= 1
