"""What holds for every rate and value: inverses, sums, order and limits."""

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numbers_arguments import rises

from kit.numbers import drift, enrolment, fairness, looks, rates, value

P = st.floats(0.02, 0.98)
MANY = settings(max_examples=100, deadline=None, database=None, derandomize=True)


@MANY
@given(
    volume=st.floats(1, 1e6), prevalence=st.floats(0.001, 0.5), precision=st.floats(0.5, 1),
    recall=st.floats(0.01, 1),
)  # fmt: skip
def test_properties_recall_within_capacity_inverts_alerts(volume, prevalence, precision, recall):
    flags = rates.alerts(volume, prevalence, precision, recall)
    back = rates.recall_within_capacity(flags, volume, prevalence, precision)
    assert back == pytest.approx(recall)


@MANY
@given(
    benefit=st.floats(5, 100), fp=st.floats(0, 100), action=st.floats(0, 10),
    run=st.floats(0, 2000), capacity=st.floats(50, 1e5), recall=st.floats(0.1, 1),
)  # fmt: skip
def test_properties_covering_precision_leaves_nothing(benefit, fp, action, run, capacity, recall):
    case = {
        "volume": 1e4, "prevalence": 0.05, "recall": recall, "benefit": benefit,
        "cost_action": action, "cost_false_positive": fp, "run_cost": run, "capacity": capacity,
    }  # fmt: skip
    precision = value.covering_precision(**case)
    if 0 < precision <= 1:
        net = value.expected_value(precision=precision, **case).net
        assert net == pytest.approx(0, abs=1e-6 * (1 + run + benefit * 500))


@MANY
@given(agreement=st.floats(0.5, 1))
def test_properties_noise_gives_back_the_agreement(agreement):
    e = rates.noise_from_agreement(agreement)
    assert (1 - e) ** 2 + e**2 == pytest.approx(agreement)


@MANY
@given(r=P, precision=st.floats(0.5, 0.99), prior=st.floats(0.001, 0.3))
def test_properties_bayes_gives_back_the_precision(r, precision, prior):
    fpr = rates.implied_false_positive_rate(precision, r, prior)
    assert rates.precision_at(r, 1 - fpr, prior) == pytest.approx(precision)


@MANY
@given(
    precision=st.floats(0.3, 1), recall=st.floats(0, 1), prevalence=st.floats(0, 0.3),
    cases=st.integers(1, 5000),
)  # fmt: skip
def test_properties_confusion_adds_up(precision, recall, prevalence, cases):
    found = rates.confusion(precision, recall, prevalence, cases)
    parts = astuple(found)
    assert sum(parts) == cases
    assert min(parts) >= 0
    assert abs(found.true_positives + found.false_negatives - prevalence * cases) < 2


def test_properties_order_of_rates_looks_and_gaps():
    share = np.linspace(0.05, 1, 60)
    assert rises(rates.required_auc(0.6, np.linspace(0.05, 0.99, 60), 0.01))
    assert rises(-rates.alerts(1000, 0.01, share, 0.5))
    assert rises(rates.precision_at(0.9, 0.99, share))
    assert rises(looks.false_positive_with_looks(np.arange(1, 15)))
    assert rises(-looks.pocock_alpha(np.arange(1, 8)))
    assert rises(fairness.expected_gap_without_bias(np.arange(2, 30), 1000, 0.8))
    assert rises(drift.psi_critical(np.arange(2, 40), 100, 100))
    assert rises(enrolment.uniques_by(np.arange(100), 1000, 2000))


def test_properties_limits_of_rates():
    assert rates.implied_false_positive_rate(0.9, 0.9, 1e-12) == pytest.approx(0, abs=1e-12)
    assert rates.implied_false_positive_rate(0.9, 0.9, 0.0) == 0
    assert rates.implied_false_positive_rate(1.0, 0.9, 0.2) == 0
    assert rates.required_auc(1.0, 0.9, 0.2) == 1
    assert rates.required_auc(0.5, 1.0, 0.2) == 1
    assert rates.alerts(1000, 0.0, 0.0, 0.5) == 0
    assert rates.recall_within_capacity(np.inf, 1000, 0.1, 0.5) == 1
    assert rates.f_score(0, 0) == 0
    assert rates.wilson_interval(0, 10)[0] == 0
    assert rates.wilson_interval(10, 10)[1] == 1
    assert rates.never_flagging_accuracy(0) == 1
