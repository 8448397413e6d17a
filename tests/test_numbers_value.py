"""Values in money: sums worked by hand, their limits, and what cannot be."""

import numpy as np
import pytest

from kit.numbers import value

MONTH = {
    "volume": 100_000, "prevalence": 0.05, "precision": 0.5, "recall": 0.5, "take_rate": 0.2,
    "benefit": 60, "cost_action": 2, "cost_false_positive": 4, "run_cost": 9000,
}  # fmt: skip


def test_expected_value_by_hand():
    # 5000 flags, 1000 acted on: 500 right bring 30,000; handling 2000, wrong ones 500 * 4 = 2000.
    month = value.expected_value(**MONTH)
    assert (month.handled, month.gain, month.action_cost) == pytest.approx((1000, 30_000, 4000))
    assert (month.run_cost, month.net) == pytest.approx((9000, 17_000))


def test_expected_value_holds_at_capacity():
    capped = value.expected_value(**MONTH, capacity=np.array([0, 800, 1000, 5000, np.inf]))
    np.testing.assert_allclose(capped.handled, [0, 800, 1000, 1000, 1000])
    np.testing.assert_allclose(capped.net, [-9000, 11_800, 17_000, 17_000, 17_000])


def test_expected_value_at_precision_one_has_no_false_cost():
    perfect = value.expected_value(**{**MONTH, "precision": 1.0, "cost_false_positive": 1e9})
    assert perfect.action_cost == pytest.approx(500 * 2)  # 2500 flags, a fifth of them acted on


@pytest.mark.parametrize("nothing", ["volume", "prevalence", "recall", "take_rate"])
def test_expected_value_of_nothing_is_the_run_cost(nothing):
    assert value.expected_value(**{**MONTH, nothing: 0.0}).net == -9000


def test_expected_value_is_told_against_its_reference():
    rule = value.Reference(name="today's rule", net=15_000.0)
    month = value.expected_value(**MONTH, reference=rule)
    assert month.advantage == pytest.approx(2000)
    assert month.reference.name == "today's rule"
    assert value.expected_value(**MONTH).reference.name == "do nothing"


def test_reference_refuses_no_number():
    with pytest.raises(ValueError, match="net: "):
        value.Reference(name="today's rule", net=np.nan)


@pytest.mark.parametrize(
    "too_large",
    [{"volume": 1e300, "benefit": 1e300}, {"precision": 1e-300, "volume": 1e18, "benefit": 0.0}],
)
def test_expected_value_refuses_what_is_too_large(too_large):
    with pytest.raises(ValueError, match=r"net: .* too large"):
        value.expected_value(**{**MONTH, **too_large})


def test_expected_value_of_endless_flags_is_held_by_capacity():
    held = value.expected_value(
        **{**MONTH, "volume": 1e18, "precision": 1e-300, "run_cost": 0}, capacity=800
    )
    assert held.handled == 800
    assert held.net == pytest.approx(-800 * 6)


def test_regression_value_by_hand():
    # 1000 forecasts, half used: 500 * (12 - 9) units * (1 + 5) / 2 = 4500, less 1500.
    year = value.regression_value(
        volume=1000, take_rate=0.5, error_today=12, error_wanted=9, cost_above=1, cost_below=5,
        run_cost=1500,
    )  # fmt: skip
    assert (year.handled, year.gain, year.net) == pytest.approx((500, 4500, 3000))


def test_regression_value_of_a_worse_model_is_a_loss():
    worse = value.regression_value(volume=10, error_today=1, error_wanted=3, cost_above=2)
    assert worse.net == pytest.approx(-20)


def test_assist_value_by_hand():
    # 900 of 1000 looked at, 540 accepted: 540 * (1 + 10 min at 30 an hour) = 540 * 6 = 3240;
    # 5.4 wrong at 50 = 270, review 900 * 2 min at 30 an hour = 900.
    month = value.assist_value(
        volume=1000, take_rate=0.9, acceptance=0.6, gain=1, minutes_saved=10, error_rate=0.01,
        cost_error=50, review_minutes=2, wage=30, run_cost=70,
    )  # fmt: skip
    assert (month.handled, month.gain) == pytest.approx((900, 3240))
    assert (month.action_cost, month.net) == pytest.approx((1170, 2000))


def test_break_even_precision_leaves_nothing_for_a_flag():
    p = value.break_even_precision(60, 4, cost_action=2)
    assert p * 60 - (1 - p) * 4 - 2 == pytest.approx(0)
    assert value.break_even_precision(60, 0) == 0
    assert value.break_even_precision(1, 0, cost_action=2) == 2  # above 1: none pays


def test_break_even_precision_is_the_threshold_of_elkan_2001():
    gain, loss = np.linspace(1, 100, 50), np.linspace(0, 30, 50)
    np.testing.assert_allclose(
        value.break_even_precision(gain, loss), value.optimal_threshold(gain, loss)
    )


def test_covering_precision_by_hand():
    # 500 true cases acted on, 64 each: 500 * 6 / (500 * 64 - 9000) = 3000 / 23,000.
    rest = {key: amount for key, amount in MONTH.items() if key != "precision"}
    assert value.covering_precision(**rest) == pytest.approx(3000 / 23_000)
    # Room for 800: (9000 / 800 + 6) / 64.
    assert value.covering_precision(**rest, capacity=800) == pytest.approx(17.25 / 64)


@pytest.mark.parametrize(
    "hopeless", [{"capacity": 0}, {"run_cost": 1e9}, {"benefit": 0, "cost_false_positive": 0}]
)
def test_covering_precision_is_infinite_where_none_pays(hopeless):
    rest = {key: amount for key, amount in MONTH.items() if key != "precision"}
    assert value.covering_precision(**{**rest, **hopeless}) == np.inf


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: value.break_even_precision(0, 0, cost_action=1), "benefit"),
        (lambda: value.optimal_threshold(0, 0), "gain_true_positive"),
        (lambda: value.net_benefit(80, 30, 100, 0.2), "tp"),
    ],
)
def test_value_of_nothing_known_is_refused(call, name):
    with pytest.raises(ValueError, match=f"^{name}: "):
        call()


def test_paths_that_share_their_noise_are_told_apart():
    """Alone their intervals overlap by far; draw by draw one is always a little better."""
    rng = np.random.default_rng(5)
    market = rng.normal(100, 50, 10_000)
    draws = {"rules": market, "model": market + rng.normal(5, 1, 10_000)}
    pair = value.compare_paths(draws).pairs[0]
    assert (pair.one, pair.other, pair.distinct) == ("model", "rules", True)
    assert (pair.low, pair.median, pair.high) == pytest.approx((3.36, 5, 6.64), abs=0.1)
    assert pair.probability_better > 0.99


def test_paths_that_cannot_be_told_apart_are_tied():
    rng = np.random.default_rng(6)
    draws = {name: rng.normal(mean, 1, 5000) for name, mean in (("a", 0), ("b", 0.2), ("c", -9))}
    found = value.compare_paths(draws)
    assert found.order == ("b", "a", "c")
    assert found.tied_with_best == ("a",)
    assert len(found.pairs) == 3


def test_paths_that_are_one_are_tied_and_keep_their_order():
    found = value.compare_paths({"b": [1.0, 2.0], "a": [1.0, 2.0]})
    assert (found.best, found.tied_with_best) == ("b", ("a",))
    assert found.pairs[0].probability_better == 0


@pytest.mark.parametrize(
    "draws", [{}, {"a": []}, {"a": [1.0], "b": []}, {"a": [1.0, 2.0], "b": [1.0]}]
)
def test_paths_not_drawn_together_are_refused(draws):
    with pytest.raises(ValueError, match=r"^draws: "):
        value.compare_paths(draws)
