"""How far columns have moved: against the index worked out by hand."""

import datetime as dt

import numpy as np
import pytest
from tables_made import made

from kit.data.drifting import moved
from kit.data.measured import Question
from kit.data.profile import profile_of
from kit.numbers.drift import population_stability_index

NOW = dt.datetime(2026, 11, 20, 12)  # noqa: DTZ001  as the clock on the wall
DAY = np.datetime64("2024-01-01", "s")


def profiled(**columns):
    return profile_of(made(**columns), Question(time="t"), now=NOW)


def every(step, count):
    """Moments with the same step between them."""
    return DAY + np.arange(count) * np.timedelta64(step, "s")


def by_hand(early, late, edges):
    """The index over ten bins between these edges, a missing cell being in one of its own."""
    counts = []
    for half in (early, late):
        there = half[~np.isnan(half)]
        bins = np.histogram(there, [-np.inf, *edges, np.inf])[0]
        counts.append(np.r_[bins, np.isnan(half).sum()])
    used = (counts[0] + counts[1]) > 0
    before, after = (one[used] / one.sum() for one in counts)
    return population_stability_index(np.maximum(before, 1e-4), np.maximum(after, 1e-4))


@pytest.mark.parametrize("shift", [0.0, 0.2, 1.0, 9.0])
@pytest.mark.parametrize("missing", [0.0, 0.1])
def test_drift_of_numbers_is_the_index_of_ten_bins(shift, missing):
    rng = np.random.default_rng(5)
    x = rng.normal(size=2_000) + shift * (np.arange(2_000) >= 1_000)
    x[rng.random(2_000) < missing] = np.nan
    early, late = x[:1_000], x[1_000:]
    edges = np.quantile(early[~np.isnan(early)], np.linspace(0.1, 0.9, 9))
    drift = profiled(t=every(3_600, 2_000), x=x).columns[1].drift
    assert drift.index == pytest.approx(by_hand(early, late, edges), rel=1e-3)
    assert (drift.index > 0.25) == (shift >= 1)


def test_drift_of_shares_is_the_index_of_those_shares():
    """From half and half to one in five: 0.3 ln(0.8 / 0.5) + 0.3 ln(0.5 / 0.2)."""
    first, second = [True, False] * 500, [True, True, True, True, False] * 200
    wanted = 0.3 * np.log(0.8 / 0.5) + 0.3 * np.log(0.5 / 0.2)
    words = ["a" if one else "b" for one in first + second]
    profile = profiled(t=every(60, 2_000), x=first + second, y=words)
    assert [one.drift.index for one in profile.columns[1:]] == pytest.approx([wanted, wanted])
    # Chi-squared with one degree of freedom, 3.8415 at 95%, times 2/1000.
    assert profile.columns[1].drift.by_chance == pytest.approx(3.8415 * 0.002, rel=1e-4)
    assert [name for name, _ in moved(profile)] == ["x", "y"]


@pytest.mark.parametrize("count", [2, 399])
def test_drift_is_not_told_of_few_rows(count):
    x = np.r_[np.zeros(count // 2), np.ones(count - count // 2)]
    assert profiled(t=every(60, count), x=x).columns[1].drift is None


def test_drift_takes_chance_into_account():
    """Of two hundred columns of noise hardly one is said to have moved."""
    rng = np.random.default_rng(8)
    noise = {f"x{at}": rng.normal(size=420) for at in range(200)}
    assert len([*moved(profiled(t=every(60, 420), **noise))]) <= 1


def test_drift_is_none_where_all_rows_are_of_one_moment():
    profile = profiled(t=np.repeat(DAY, 1_000), x=np.arange(1_000.0))
    assert profile.columns[1].drift is None


def test_keys_that_count_up_have_not_moved_and_a_trend_has():
    """A row's number says when it was written and no more; a price that rises says something else."""
    rng = np.random.default_rng(6)
    when = np.arange(2_000.0)
    x = {"key": when + 70_000, "price": when + rng.normal(0, 500, 2_000)}
    profile = profiled(t=every(60, 2_000), **x)
    assert profile.columns[1].drift is None
    assert [name for name, _ in moved(profile)] == ["price"]


def test_numbers_that_are_mostly_nought_move_when_the_others_grow_frequent():
    """From one in ten above 0 to six in ten: 0.5 ln(0.9 / 0.4) + 0.5 ln(0.6 / 0.1), or more by finer bins."""
    rng = np.random.default_rng(7)
    above = np.r_[rng.random(1_000) < 0.1, rng.random(1_000) < 0.6]
    profile = profiled(t=every(60, 2_000), x=above * rng.exponential(1, 2_000))
    least = 0.5 * np.log(0.9 / 0.4) + 0.5 * np.log(0.6 / 0.1)
    assert profile.columns[1].drift.index == pytest.approx(least, rel=0.2)


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7])
def test_drift_is_told_where_many_rows_are_of_the_last_moment(share):
    count = round(1_000 * share)
    moments = every(60, 1_000)
    moments[-count:] = moments[-1]
    x = np.r_[np.zeros(1_000 - count), np.ones(count)]
    assert [name for name, _ in moved(profiled(t=moments, x=x))] == ["x"]
