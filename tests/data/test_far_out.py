"""Numbers that lie by themselves: signs of not known are told, and what reaches far by nature is not."""

import dataclasses

import numpy as np
import pyarrow as pa
import pytest
from measured_made import column

from kit.data.far_out import far_out
from kit.data.measured import Spread
from kit.data.profile.columns import spread_of

SIZES = (30, 300, 3_000, 30_000)


def end_of(values):
    """The end of a column of these numbers that is told."""
    spread = spread_of(pa.array(np.asarray(values, float)))
    return far_out(column("x", spread=spread), len(values))


HONEST = {
    "amounts": lambda rng, n: rng.lognormal(3, 2, n),
    "amounts in cents": lambda rng, n: np.round(rng.lognormal(3, 1.5, n), 2),
    "very uneven amounts": lambda rng, n: rng.lognormal(3, 3, n),
    "sizes of towns": lambda rng, n: 1_000 * (1 + rng.pareto(1, n)),
    "counts": lambda rng, n: rng.negative_binomial(0.3, 0.02, n),
    "spending of those who buy": lambda rng, n: rng.lognormal(3, 1.5, n) * (rng.random(n) < 0.4),
    "with refunds": lambda rng, n: rng.lognormal(3, 1.5, n) * np.where(rng.random(n) < 0.02, -1, 1),
    "returns": lambda rng, n: rng.standard_t(3, n),
}
SIGNS = {
    "999999 among months": (lambda rng, n: rng.integers(1, 73, n), 999_999),
    "88888 among months": (lambda rng, n: rng.integers(1, 73, n), 88_888),
    "999 among ages": (lambda rng, n: rng.integers(20, 70, n), 999),
    "-1 among ages": (lambda rng, n: rng.integers(20, 70, n), -1),
    "-999 among ages": (lambda rng, n: rng.integers(20, 70, n), -999),
    "the largest of 32 bits among amounts": (lambda rng, n: rng.lognormal(3, 1, n), 2_147_483_647),
    "the least of 32 bits among returns": (lambda rng, n: rng.standard_t(3, n), -2_147_483_648),
    "-999999 among amounts": (lambda rng, n: rng.lognormal(3, 1, n), -999_999),
    "1900 among years": (lambda rng, n: rng.integers(1990, 2020, n), 1900),
}


@pytest.mark.parametrize("name", HONEST)
@pytest.mark.parametrize("size", SIZES)
def test_what_reaches_far_by_nature_is_left_alone(name, size):
    """Of a hundred columns at most two are asked about."""
    rng = np.random.default_rng(size)
    assert sum(end_of(HONEST[name](rng, size)) is not None for _ in range(100)) <= 2


@pytest.mark.parametrize("name", SIGNS)
@pytest.mark.parametrize("size", SIZES)
def test_signs_of_not_known_are_told(name, size):
    make, sign = SIGNS[name]
    for seed in range(20):
        values = make(np.random.default_rng(seed), size)
        assert end_of(np.r_[values, sign]) == sign
        assert end_of(values) is None


def test_power_law_is_drawn_through_the_median_and_the_percentile():
    """Through 1 at a half and 10 at a twentieth goes the law 1 / 2x: of 100 rows 5,000 is the end of one in 1,000."""
    law = Spread(
        low=0.5, p5=0.5, median=1.0, p95=10.0, high=49_999.0, mean=20.0, sd=99.0, outliers=3
    )
    beyond = dataclasses.replace(law, high=50_001.0)
    assert far_out(column("x", spread=law), 100) is None
    assert far_out(column("x", spread=beyond), 100) == 50_001
    assert far_out(column("x", spread=beyond), 101) is None
    assert far_out(column("x", spread=beyond, missing=1), 101) == 50_001


def test_column_without_numbers_or_of_one_number_has_no_end_that_is_told():
    assert far_out(column("x"), 100) is None
    assert end_of([5.0]) is None
    assert end_of([5.0] * 99 + [6.0]) is None


@pytest.mark.parametrize("median", [1e-300, 1.0, 1e200])
def test_numbers_at_the_ends_of_a_float_are_worked_out(median):
    spread = Spread(
        low=0.0, p5=0.0, median=median, p95=1e300, high=1.7e308, mean=0.0, sd=0.0, outliers=0
    )
    assert far_out(column("x", spread=spread), 1_000_000) is None
