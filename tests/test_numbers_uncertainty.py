"""Intervals as distributions: known quantiles, sums worked by hand, and what cannot be."""

from dataclasses import dataclass

import numpy as np
import pytest
from scipy import stats

from kit.numbers.uncertainty import (
    Estimate,
    interval,
    probability_below,
    quantile,
    sample,
    sample_evenly,
    sensitivity,
    tornado,
)

LEVELS = np.linspace(0.01, 0.99, 99)
Z95 = stats.norm.ppf(0.95)


@dataclass(frozen=True)
class Bounds:
    bounds: tuple[float, float]


def _rng():
    return np.random.default_rng(7)


def test_quantile_of_a_real_number_agrees_with_scipy():
    theirs = stats.norm(3.5, 8.5 / Z95).ppf(LEVELS)
    np.testing.assert_allclose(quantile(Estimate(low=-5, high=12), LEVELS), theirs)


def test_quantile_of_a_positive_number_agrees_with_scipy():
    theirs = stats.lognorm(np.log(30) / (2 * Z95), scale=np.sqrt(10 * 300)).ppf(LEVELS)
    np.testing.assert_allclose(
        quantile(Estimate(low=10, high=300, kind="positive"), LEVELS), theirs
    )


def test_quantile_of_a_share_agrees_with_scipy():
    low, high = np.log(0.1 / 0.9), np.log(0.6 / 0.4)
    theirs = 1 / (1 + np.exp(-stats.norm((low + high) / 2, (high - low) / 2 / Z95).ppf(LEVELS)))
    np.testing.assert_allclose(quantile(Estimate(low=0.1, high=0.6, kind="share"), LEVELS), theirs)


def test_quantile_at_a_bound_is_a_clipped_normal():
    theirs = np.clip(stats.norm(20, 20 / Z95).ppf(LEVELS), 0, None)
    found = quantile(Estimate(low=0, high=40, kind="positive"), LEVELS)
    np.testing.assert_allclose(found, theirs, atol=1e-12)


@pytest.mark.parametrize(
    "estimate",
    [
        Estimate(low=-5, high=12),
        Estimate(low=10, high=300, kind="positive"),
        Estimate(low=0.1, high=0.6, kind="share"),
    ],
)
def test_sample_has_the_distribution_of_its_quantiles(estimate):
    """Kolmogorov and Smirnov find no difference in 20,000 draws."""
    draws = np.sort(sample(estimate, _rng(), 20_000))
    ranks = np.searchsorted(draws, quantile(estimate, LEVELS)) / draws.size
    assert np.max(np.abs(ranks - LEVELS)) < 1.36 / np.sqrt(draws.size)  # at the 5 % level


def test_sample_is_the_same_for_the_same_generator():
    one = sample(Estimate(low=1, high=2), _rng(), 10)
    np.testing.assert_array_equal(one, sample(Bounds((1, 2)), _rng(), 10))


@pytest.mark.parametrize("point", [3, 3.0, np.int64(3), np.float32(3), Bounds((3.0, 3.0))])
def test_sample_of_a_point_is_constant_and_draws_nothing(point):
    rng = _rng()
    assert sample(point, rng, 4).tolist() == [3, 3, 3, 3]
    assert rng.random() == _rng().random()


@pytest.mark.parametrize(
    ("low", "high", "kind", "name"),
    [
        (2, 1, "real", "low, high"),
        (-1, 1, "positive", "low, high"),
        (0.5, 1.1, "share", "low, high"),
        (0, np.inf, "positive", "high"),
        (np.nan, 1, "real", "low"),
        (0, 1, "odd", "kind"),
    ],
)
def test_estimate_that_cannot_be_is_refused(low, high, kind, name):
    with pytest.raises(ValueError, match=f"^{name}: "):
        Estimate(low=low, high=high, kind=kind)


@pytest.mark.parametrize(
    "wide",
    [Estimate(low=1e-300, high=1e300, kind="positive"), Estimate(low=-1.7e308, high=1.7e308)],
)
def test_sample_of_an_interval_beyond_numbers_is_refused(wide):
    with pytest.raises(ValueError, match=r"quantity: .* narrow enough"):
        sample(wide, _rng(), 1000)


def test_interval_by_hand():
    found = interval(np.arange(101), confidence=0.9)
    assert (found.low, found.median, found.high) == pytest.approx((5, 50, 95))


def test_probability_below_leaves_out_the_threshold():
    assert probability_below([1.0, 2.0, 2.0, 3.0], 2.0) == 0.25


@pytest.mark.parametrize("of", [interval, probability_below])
def test_no_draws_are_refused(of):
    with pytest.raises(ValueError, match="draws: expected at least one"):
        of([])


def test_tornado_by_hand():
    # Medians: a 20 (the root of 10 * 40), b 5, c 3: a * b - c at each end.
    inputs = {
        "c": 3.0, "b": Estimate(low=4, high=6), "a": Estimate(low=10, high=40, kind="positive"),
    }  # fmt: skip
    swings = tornado(lambda v: v["a"] * v["b"] - v["c"], inputs)
    assert [one.name for one in swings] == ["a", "b", "c"]
    assert (swings[0].at_low, swings[0].at_high) == pytest.approx((47, 197))
    assert (swings[1].at_low, swings[1].at_high) == pytest.approx((77, 117))
    assert [one.width for one in swings] == pytest.approx([150, 40, 0])
    assert (swings[0].low, swings[0].high) == pytest.approx((10, 40))


def test_tornado_calls_the_model_once():
    calls = []

    def model(values):
        calls.append(values)
        return values["a"] + values["b"]

    tornado(model, {"a": Estimate(low=0, high=1), "b": Estimate(low=0, high=2)})
    assert len(calls) == 1


def test_sensitivity_by_hand():
    # 20 * 5 - 3 = 97; a tenth less of a or b takes 10 off, of c puts 0.3 on.
    inputs = {"a": Estimate(low=10, high=40, kind="positive"), "b": 5.0, "c": 3.0}
    found = sensitivity(lambda v: v["a"] * v["b"] - v["c"], inputs)
    assert found == pytest.approx({"a": 10, "b": 10, "c": 0.3})


@pytest.mark.parametrize("of", [tornado, sensitivity])
def test_model_without_an_answer_is_refused(of):
    with pytest.raises(ValueError, match=r"^model: "):
        of(lambda v: v["a"] * np.nan, {"a": Estimate(low=1, high=2)})


@pytest.mark.parametrize("of", [tornado, sensitivity])
def test_model_may_answer_with_one_number(of):
    found = of(lambda _: np.float64(7), {"a": Estimate(low=1, high=2)})
    assert found == {"a": 0} if of is sensitivity else found[0].width == 0


def test_sample_evenly_has_one_draw_in_each_part_in_an_order_of_its_own():
    estimate = Estimate(low=10, high=30, kind="positive")
    one, other = (sample_evenly(estimate, np.random.default_rng(seed), 50) for seed in (1, 2))
    middles = quantile(estimate, (np.arange(50) + 0.5) / 50)
    assert sorted(one) == pytest.approx(sorted(middles))
    assert list(one) != list(other)
    assert sorted(one) == sorted(other)


def test_sample_evenly_gives_a_sum_its_spread_with_a_thousand_draws():
    """Two independent normals add up to one with the square root of the sum of the variances."""
    estimate = Estimate(low=-1.6448536, high=1.6448536)
    rng = np.random.default_rng(3)
    both = sum(sample_evenly(estimate, rng, 1_000) for _ in range(2))
    assert np.std(both) == pytest.approx(2**0.5, rel=0.05)
    assert abs(np.mean(both)) < 1e-9
