"""Rates: values worked by hand, their limits, and what cannot be."""

import numpy as np
import pytest

from kit.numbers import rates


def test_false_positive_rate_by_hand():
    # 1000 cases, 50 true: 25 found by 50 flags, so 25 of the 950 others are flagged.
    assert rates.implied_false_positive_rate(0.5, 0.5, 0.05) == pytest.approx(25 / 950)
    assert rates.alerts(1000, 0.05, 0.5, 0.5) == pytest.approx(50)
    assert rates.recall_within_capacity(50, 1000, 0.05, 0.5) == pytest.approx(0.5)


def test_false_positive_rate_of_flagging_everything_is_one():
    prevalence = np.linspace(0.001, 0.999, 500)
    found = rates.implied_false_positive_rate(prevalence, 1.0, prevalence)
    np.testing.assert_allclose(found, 1.0, rtol=1e-9)
    assert np.all(found <= 1)


def test_false_positive_rate_without_negatives_is_zero():
    assert rates.implied_false_positive_rate(1.0, 0.5, 1.0) == 0


def test_more_wrong_flags_than_negatives_are_refused():
    """Of 500 negatives among 1000 cases no 2250 can be flagged; at a precision of a third, all are."""
    for impossible in (0.1, 0.333, 1e-320):
        with pytest.raises(ValueError, match=f"precision: .* found {impossible:g}"):
            rates.alerts(1000, 0.5, np.array([0.9, impossible]), 0.5)
        with pytest.raises(ValueError, match="precision: "):
            rates.implied_false_positive_rate(impossible, 0.5, 0.5)
    assert rates.alerts(1000, 0.5, 1 / 3, 0.5) == pytest.approx(750)


def test_precision_of_zero_is_refused_only_where_something_is_found():
    with pytest.raises(ValueError, match="precision: expected a share above 0"):
        rates.alerts(1000, 0.1, 0.0, 0.5)
    assert rates.alerts(1000, 0.1, 0.0, 0.0) == 0
    assert rates.alerts(1000, 0.0, 0.0, 0.5) == 0


@pytest.mark.parametrize("precision", [0.2, 0.25])
def test_required_auc_of_chance_is_a_half(precision):
    # Precision at the prevalence: true and false cases are flagged alike.
    assert rates.required_auc(precision, 0.4, precision) == pytest.approx(0.5)


def test_required_auc_by_hand():
    # z(0.8413) = 1 and z(0.1587) = -1: Phi(2 / sqrt 2) = Phi(1.4142) = 0.9214, from a normal table.
    precision = rates.precision_at(0.841345, 0.841345, 0.3)
    assert rates.required_auc(precision, 0.841345, 0.3) == pytest.approx(0.92135, abs=1e-5)


@pytest.mark.parametrize(("precision", "recall"), [(0.5, 0.0), (0.2, 1.0)])
def test_required_auc_is_refused_where_no_ranking_is_asked_for(precision, recall):
    with pytest.raises(ValueError, match=r"^(precision|recall): "):
        rates.required_auc(precision, recall, 0.2)


@pytest.mark.parametrize(("beta", "expected"), [(1, 0.48), (2, 0.545454545), (0.5, 0.428571429)])
def test_f_score_by_hand(beta, expected):
    # Precision 0.4, recall 0.6: 2 * 0.24 / 1; 5 * 0.24 / 2.2; 1.25 * 0.24 / 0.7.
    assert rates.f_score(0.4, 0.6, beta) == pytest.approx(expected)


def test_f_score_tends_to_recall_and_to_precision():
    assert rates.f_score(0.4, 0.6, 1e200) == pytest.approx(0.6)
    assert rates.f_score(0.4, 0.6, 1e-200) == pytest.approx(0.4)


@pytest.mark.parametrize("capacity", [0.0, 800.0, np.inf])
def test_no_recall_is_within_capacity_at_a_precision_of_zero(capacity):
    assert rates.recall_within_capacity(capacity, 1000, 0.1, 0.0) == 0


def test_recall_within_capacity_is_whole_where_there_is_room():
    assert rates.recall_within_capacity(np.inf, 1000, 0.1, 0.5) == 1
    assert rates.recall_within_capacity(1e300, 1e-300, 0.1, 0.5) == 1
    assert rates.recall_within_capacity(0, 0, 0.1, 0.5) == 1


def test_wilson_interval_stays_within_bounds():
    rng = np.random.default_rng(3)
    n = rng.integers(1, 100, 5000)
    few, confidence = 10.0 ** rng.uniform(-12, 0, 5000), rng.uniform(0.01, 0.999999, 5000)
    for successes in (few, n - few):
        low, high = rates.wilson_interval(successes, n, confidence)
        assert np.all((low >= 0) & (low <= successes / n) & (successes / n <= high) & (high <= 1))


def test_wilson_interval_is_mirrored():
    low, high = rates.wilson_interval(17, 20)
    other = rates.wilson_interval(3, 20)
    assert (1 - high, 1 - low) == pytest.approx(other)


def test_wilson_interval_refuses_more_successes_than_trials():
    with pytest.raises(ValueError, match="successes: "):
        rates.wilson_interval(11, 10)


def test_label_noise_turns_round_at_coin_tosses():
    assert rates.accuracy_under_label_noise(np.linspace(0, 1, 5), 0.5) == pytest.approx(0.5)
    assert rates.accuracy_under_label_noise(1.0, 1.0) == 0


@pytest.mark.parametrize(("agreement", "noise"), [(1.0, 0.0), (0.82, 0.1), (0.68, 0.2), (0.5, 0.5)])
def test_noise_from_agreement_by_hand(agreement, noise):
    # 0.9^2 + 0.1^2 = 0.82 and 0.8^2 + 0.2^2 = 0.68.
    assert rates.noise_from_agreement(agreement) == pytest.approx(noise)


def test_noise_from_agreement_refuses_less_than_coin_tosses():
    with pytest.raises(ValueError, match=r"agreement: .* found 0.4"):
        rates.noise_from_agreement([0.9, 0.4])


def test_confusion_of_the_fraud_case():
    # In 1,000,000 cases: 1000 true, 920 found; 920 / 0.98 = 938.78 flags, so 18.78 wrong.
    found = rates.confusion(0.98, 0.92, 0.001, 1_000_000)
    assert (found.true_positives, found.false_negatives) == (920, 80)
    assert (found.false_positives, found.true_negatives) == (19, 998_981)


def test_confusion_gives_what_is_left_to_the_largest_remainders():
    # Of 10: 0.5 * 0.5 * 10 = 2.5 found, 2.5 missed, 0.833 wrong, 4.167 left alone.
    assert rates.confusion(0.75, 0.5, 0.5, 10) == rates.Confusion(
        true_positives=3, false_negatives=2, false_positives=1, true_negatives=4
    )


def test_a_text_is_no_number():
    with pytest.raises(ValueError, match=r"prevalence: expected a share .* the text '0.5'"):
        rates.never_flagging_accuracy("0.5")


def test_a_number_beyond_floats_is_refused_by_name():
    with pytest.raises(ValueError, match="volume: "):
        rates.alerts(10**400, 0.1, 0.5, 0.5)
