"""What holds for every experiment: sizes and powers undo each other, keep their order and have limits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numbers_arguments import rises

from kit.numbers import drift, enrolment, experiment, fairness, looks

P = st.floats(0.02, 0.98)
LEVEL, WANTED = st.floats(0.005, 0.2), st.floats(0.5, 0.98)
SETTINGS = settings(max_examples=25, deadline=None, database=None, derandomize=True)
MANY = settings(max_examples=100, deadline=None, database=None, derandomize=True)


@MANY
@given(p1=P, p2=P, alpha=LEVEL, power=WANTED)
def test_properties_swapped_shares_need_the_same_size(p1, p2, alpha, power):
    if abs(p1 - p2) < 1e-3:
        return
    there = experiment.sample_size_proportions(p1, p2, alpha, power)
    back = experiment.sample_size_proportions(p2, p1, alpha, power)
    mirrored = experiment.sample_size_proportions(1 - p1, 1 - p2, alpha, power)
    assert there == pytest.approx(back) == pytest.approx(mirrored)


@MANY
@given(p1=P, p2=P, alpha=LEVEL, power=WANTED)
def test_properties_power_gives_back_the_size(p1, p2, alpha, power):
    if abs(p1 - p2) < 1e-3:
        return
    n = experiment.sample_size_proportions(p1, p2, alpha, power)
    assert experiment.power_proportions(n, p1, p2, alpha) == pytest.approx(power)


@SETTINGS
@given(d=st.floats(0.1, 0.8), alpha=LEVEL, power=WANTED)
def test_properties_power_of_means_gives_back_the_size(d, alpha, power):
    n = experiment.sample_size_means(d, alpha, power)
    if n > 2:
        assert experiment.power_means(n, d, alpha) == pytest.approx(power)
        assert experiment.detectable_difference(n, alpha, power) == pytest.approx(d, rel=1e-6)


@SETTINGS
@given(p1=P, n=st.floats(50, 1e5), direction=st.sampled_from(["fall", "rise"]))
def test_properties_detectable_change_gives_back_the_size(p1, n, direction):
    change = experiment.detectable_change(n, p1, direction=direction)
    if np.isfinite(change):
        p2 = np.clip(p1 * (1 - change if direction == "fall" else 1 + change), 0, 1)
        assert experiment.sample_size_proportions(p1, p2) == pytest.approx(n, rel=1e-5)


@SETTINGS
@given(rate=P, positives=st.floats(100, 1e5))
def test_properties_detectable_gap_gives_back_the_positives(rate, positives):
    gap = fairness.detectable_gap(positives, rate)
    if np.isfinite(gap):
        other = max(0.0, rate - gap)
        assert fairness.positives_per_group(rate, other) == pytest.approx(positives, rel=1e-5)


@MANY
@given(n=st.floats(1, 1e6), one=st.floats(1, 1e4), growth=st.floats(1.1, 4))
def test_properties_days_to_enrol_inverts_uniques_by(n, one, growth):
    days = enrolment.days_to_enrol(n, one, one * growth)
    if days < 1e100:
        assert enrolment.uniques_by(days, one, one * growth) == pytest.approx(n)


def test_properties_order_of_sizes_and_powers():
    n, alpha = np.linspace(10, 5000, 60), np.linspace(0.001, 0.3, 60)
    power = np.linspace(0.5, 0.99, 60)
    assert rises(experiment.power_proportions(n, 0.2, 0.25))
    assert rises(experiment.power_means(n, 0.2))
    assert rises(experiment.sample_size_proportions(0.2, 0.25, power=power))
    assert rises(-experiment.sample_size_proportions(0.2, 0.25, alpha))
    assert rises(-experiment.sample_size_proportions(0.2, np.linspace(0.21, 0.9, 60)))
    assert rises(-experiment.detectable_change(np.linspace(500, 50_000, 60), 0.05))
    assert rises(experiment.noninferiority_size(0.8, 0.05, power=power))
    assert rises(experiment.guardrail_power(0.8, np.arange(20)))


def test_properties_limits_of_experiments_and_drift():
    assert experiment.power_proportions(1000, 0.0, 1.0) == 1
    assert experiment.power_proportions(1000, 0.3, 0.3) == pytest.approx(0.025)
    assert experiment.power_means(50, 0.0) == pytest.approx(0.025)
    assert experiment.detectable_change(3, 0.05) == np.inf
    assert enrolment.days_to_enrol(1001, 1000, 1000) == np.inf
    assert enrolment.days_to_enrol(1000, 1000, 1000) == 7
    assert looks.false_positive_with_looks(1, 0.05) == pytest.approx(0.05)
    assert looks.pocock_alpha(1, 0.05) == 0.05
    assert drift.population_stability_index([1, 1], [0, 2]) == np.inf
    assert drift.population_stability_index([1, 1, 0], [3, 3, 0]) == 0
