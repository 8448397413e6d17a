"""Labels that jump with time: those that do are told, and chance, seasons, trends and weekends are not."""

import dataclasses
import datetime as dt

import numpy as np
import pytest
from measured_made import column, measured

from kit.data.jumps import jump_of
from kit.data.measured import LabelProfile, Period, Spread

DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365}


def file_with(values, rows, *, unit="month", sd=None, **more):
    """A file whose label has these shares, or these means, in so many rows of each period."""
    rows = [rows] * len(values) if np.isscalar(rows) else list(rows)
    start = dt.datetime(2020, 1, 1)  # noqa: DTZ001  as the file says
    starts = tuple(start + dt.timedelta(days=DAYS[unit] * at) for at in range(len(values)))
    period = Period(
        column="day",
        first=starts[0],
        last=starts[-1],
        unit=unit,
        starts=starts,
        counts=tuple(rows),
        gaps=(),
        ordered=True,
        step_days=0.0,
    )
    spread = Spread(low=0, p5=0, median=0, p95=0, high=0, mean=0, sd=sd or 0, outliers=0)
    label = LabelProfile(
        column="left",
        task="classes" if sd is None else "numbers",
        problem=None,
        positive="yes",
        rows=sum(rows),
        missing=0,
        classes=(),
        spread=None if sd is None else spread,
        by_time=tuple(values),
        strengths=(),
        groups=(),
    )
    columns = more.pop("columns", ())
    return measured(*columns, rows=sum(rows), time=period, label=dataclasses.replace(label, **more))


def drawn(shares, rows, rng, unit="month"):
    """A file with yes drawn by these shares."""
    shares = np.asarray(shares)
    return file_with(rng.binomial(rows, shares) / rows, rows, unit=unit)


def odds(share, change):
    """A share whose log odds have changed."""
    return 1 / (1 + np.exp(-(np.log(share / (1 - share)) + change)))


def told(files):
    return sum(jump_of(one) is not None for one in files)


@pytest.mark.parametrize("rows", [40, 400, 10_000])
@pytest.mark.parametrize("share", [0.01, 0.1, 0.5])
def test_chance_is_no_jump(rows, share):
    rng = np.random.default_rng(rows)
    assert told(drawn([share] * 24, rows, rng) for _ in range(300)) <= 1


@pytest.mark.parametrize("periods", [6, 12, 36])
@pytest.mark.parametrize("share", [0.02, 0.3])
def test_what_moves_every_month_is_no_jump(periods, share):
    """Shares that waver more than chance, that rise all the time, that come and go with the year."""
    rng, at = np.random.default_rng(periods), np.arange(periods)
    for make in (
        lambda: 0.3 * rng.normal(size=periods),
        lambda: np.linspace(0, 2, periods),
        lambda: np.sin(2 * np.pi * (rng.random() + at / 12)),
        lambda: 1.2 * ((at + rng.integers(12)) % 12 == 0),
    ):
        assert told(drawn(odds(share, make()), 5_000, rng) for _ in range(100)) <= 1


@pytest.mark.parametrize("first", range(7))
def test_weekends_are_no_jumps(first):
    day = np.arange(first, first + 30)
    assert jump_of(file_with(np.where(day % 7 >= 5, 0.4, 0.1), 500, unit="day")) is None


@pytest.mark.parametrize(
    ("before", "after"), [(0.01, 0.04), (0.1, 0.3), (0.3, 0.1), (0.5, 0.75), (0.02, 0)]
)
@pytest.mark.parametrize("mixed", [False, True])
def test_jump_is_found_at_its_place(before, after, mixed):
    """In the middle of a month its share lies between the two."""
    shares = [before] * 6 + [(before + after) / 2] * mixed + [after] * 6
    jump = jump_of(file_with(shares, 5_000))
    assert (jump.before, jump.after) == pytest.approx((before, after))
    assert jump.since == dt.datetime(2020, 6, 29)  # noqa: DTZ001  180 days later
    assert (jump.effect > 0) == (after > before)


def test_effect_is_the_logarithm_of_the_odds_by_that_of_the_logistic_distribution():
    """From 1:9 to 1:3 the odds are three times as large: ln 3 sqrt(3) / pi = 0.606 (Chinn 2000)."""
    jump = jump_of(file_with([0.1] * 4 + [0.25] * 4, 1_000_000))
    assert jump.effect == pytest.approx(0.606, abs=5e-4)
    assert jump_of(file_with([0.1] * 4 + [0.21] * 4, 1_000_000)) is None  # 0.48


@pytest.mark.parametrize(("rows", "is_told"), [(43, False), (44, True)])
def test_jump_of_means_is_beyond_chance_with_all_pairs_looked_at(rows, is_told):
    """0.55 deviations; of 5 pairs, z is 2.576 at 1%, so that it takes 2 (2.576 / 0.55)^2 = 43.9 rows."""
    means = [10.0] * 4 + [12.2] * 4
    assert (jump_of(file_with(means, rows, sd=4.0)) is not None) == is_told
    assert jump_of(file_with(means, 100 * rows, sd=4.5)) is None  # 0.49 deviations


def test_jump_takes_three_periods_on_either_side_and_seven_days():
    assert jump_of(file_with([0.1] * 3 + [0.5] * 3, 900)) is not None
    assert jump_of(file_with([0.1] * 2 + [0.5] * 4, 900)) is None
    assert jump_of(file_with([0.1] * 4 + [0.5] * 2, 900)) is None
    for before, after, is_told in ((7, 7, True), (6, 8, False), (8, 6, False)):
        shares = [0.1] * before + [0.5] * after
        assert (jump_of(file_with(shares, 900, unit="day")) is not None) == is_told
    assert jump_of(file_with([0.1] * 12 + [0.5] * 12, 900, unit="hour")) is None


def test_periods_with_few_labels_are_passed_over():
    """Twenty rows of a month tell nothing, nor do months without one."""
    shares = [0.1, 0.1, 0.9, 0.1, None, 0.5, 0.5, 0.5]
    rows = [900, 900, 20, 900, 0, 900, 900, 900]
    jump = jump_of(file_with(shares, rows))
    assert jump.before == pytest.approx(0.1)
    gone = column("left", missing=1, missing_by_time=(0.99,) * 8)
    assert jump_of(file_with(shares, rows, columns=(gone,))) is None
    assert jump_of(file_with(shares, rows, missing=200_000)) is None


def test_jump_that_goes_back_is_none():
    assert jump_of(file_with([0.1] * 6 + [0.5] * 5 + [0.1], 900)) is None
    assert jump_of(file_with([0.1] * 5 + [0.5] + [0.1] * 5, 900)) is None


def test_label_without_time_or_of_one_number_does_not_jump():
    assert jump_of(measured()) is None
    file = file_with([0.1] * 6 + [0.5] * 6, 900)
    assert jump_of(dataclasses.replace(file, label=None)) is None
    assert jump_of(file_with([5.0] * 12, 900, sd=0.0)) is None
