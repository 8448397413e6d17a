"""A table's profile: each figure against one that pandas or numpy give by another way."""

import datetime as dt

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from tables_made import blanked, column, made

from kit.data.measured import Question
from kit.data.profile import profile_of
from kit.data.profile.columns import column_profile, spread_of
from kit.data.reading.table import Table

NOW = dt.datetime(2026, 11, 20, 12)  # noqa: DTZ001  as the clock on the wall
DAY = np.datetime64("2024-01-01", "s")


def profiled(**columns):
    return profile_of(made(**columns), Question(time="t" if "t" in columns else None), now=NOW)


def only(values, name="x", **more):
    """The profile of one column."""
    return column_profile(column(name, values, **more), now=NOW)


def every(step, count, start=DAY):
    """Moments with the same step between them."""
    return start + np.arange(count) * np.timedelta64(step, "s")


# Spread


@pytest.mark.parametrize("count", [1, 2, 3, 7, 100, 1001])
def test_spread_is_that_of_pandas(count):
    values = np.random.default_rng(count).lognormal(1, 2, count)
    spread, frame = spread_of(pa.array(values)), pd.Series(values)
    found = (spread.low, spread.p5, spread.median, spread.p95, spread.high, spread.mean)
    wanted = (*(frame.quantile(share) for share in (0, 0.05, 0.5, 0.95, 1)), frame.mean())
    assert found == pytest.approx(wanted)
    assert spread.sd == pytest.approx(0 if count == 1 else frame.std())


@pytest.mark.parametrize("size", [1e151, 1e300, 1.5e308])
def test_spread_of_huge_numbers_is_a_float(size):
    small, large = (spread_of(pa.array(one * np.array([-1, 0.25, 0.5, 1]))) for one in (1, size))
    for name in ("low", "p5", "median", "p95", "high", "mean", "sd"):
        assert getattr(large, name) == pytest.approx(getattr(small, name) * size)


def test_spread_leaves_missing_cells_out():
    spread = only([1.0, None, 3.0, np.nan, 5.0]).spread
    assert (spread.low, spread.median, spread.high, spread.mean) == (1, 3, 5, 3)


def test_outliers_are_beyond_three_interquartile_ranges_and_not_on_them():
    # Of these the quartiles are 25 and 75, so that the fences stand at -125 and 225.
    whole = [*range(1, 100), -125, 225]
    assert only(whole).spread.outliers == 0
    assert only([*range(1, 100), -126, 225]).spread.outliers == 1
    assert only([*range(1, 100), -126, 226]).spread.outliers == 2


def test_outliers_of_a_column_that_is_mostly_one_number_are_not_counted():
    assert only([0.0] * 99 + [5.0]).spread.outliers == 0


# Rows


@pytest.mark.parametrize("seed", range(5))
def test_repeated_rows_are_those_of_pandas(seed):
    rng = np.random.default_rng(seed)
    gone = rng.random(400) < 0.2
    columns = {
        "n": np.where(gone, np.nan, rng.integers(0, 4, 400)),
        "c": blanked(rng.choice(["a", "b", "c"], 400), rng.random(400) < 0.2),
        "f": blanked(rng.random(400) < 0.5, rng.random(400) < 0.2),
        "t": blanked(DAY + rng.integers(0, 3, 400).astype("timedelta64[D]"), rng.random(400) < 0.2),
    }
    wanted = int(pd.DataFrame(columns).duplicated().sum())
    columns["t"] = pa.array(columns["t"], pa.timestamp("s"))
    assert profiled(**columns).repeated == wanted


@pytest.mark.parametrize(
    ("first", "second"), [([0.0, -0.0], ["a", "a"]), ([np.nan, np.nan], ["a", "a"])]
)
def test_rows_that_look_the_same_are_repeated(first, second):
    assert profiled(x=[*first, 1.0], y=[*second, "a"]).repeated == 1


def test_rows_that_hold_the_same_in_other_columns_are_not_repeated():
    assert profiled(x=[1.0, 2.0], y=[2.0, 1.0]).repeated == 0
    assert profiled(x=["a", None], y=[None, "a"]).repeated == 0


# Time

UNITS = [
    ("hour", 900, 100, "h"),
    ("day", 7_200, 200, "D"),
    ("week", 86_400, 200, "W-SUN"),
    ("month", 86_400, 800, "M"),
    ("quarter", 604_800, 400, "Q"),
    ("year", 2_592_000, 300, "Y"),
]


@pytest.mark.parametrize(("unit", "step", "count", "frequency"), UNITS)
def test_period_counts_rows_as_pandas_does(unit, step, count, frequency):
    """Every third row is left out, and a tenth in the middle, so that units stand empty, too."""
    moments = every(step, count, start=np.datetime64("2023-12-15T22:30", "s"))
    keep = (np.arange(count) % 3 > 0) & (abs(np.arange(count) - count / 2) > count / 20)
    period = profiled(t=moments[keep]).period
    wanted = pd.Series(moments[keep]).dt.to_period(frequency).value_counts().sort_index()
    wanted = wanted.reindex(pd.period_range(wanted.index[0], wanted.index[-1]), fill_value=0)
    assert period.unit == unit
    assert period.counts == tuple(wanted)
    assert period.starts == tuple(one.start_time.to_pydatetime() for one in wanted.index)
    assert (period.first, period.last) == (moments[keep][0].item(), moments[keep][-1].item())


def test_period_has_a_leap_day_in_its_february():
    days = pd.date_range("2023-01-01", "2024-12-31", freq="D").to_numpy()
    period = profiled(t=days).period
    lengths = dict(zip(period.starts, period.counts, strict=True))
    assert [lengths[dt.datetime(2023, month, 1)] for month in (1, 2, 4)] == [31, 28, 30]  # noqa: DTZ001
    assert lengths[dt.datetime(2024, 2, 1)] == 29  # noqa: DTZ001


@pytest.mark.parametrize("start", ["1899-12-31T23:59:59", "1969-12-31", "2024-02-29", "2038-01-20"])
def test_period_of_one_moment_is_one_unit(start):
    period = profiled(t=np.array([start] * 3, "datetime64[s]")).period
    assert (period.unit, period.counts, period.gaps) == ("hour", (3,), ())
    assert period.first == period.last == np.datetime64(start, "s").item()


def test_period_of_centuries_counts_years():
    period = profiled(
        t=np.array(["1700-06-01", "1950-01-01", "2020-12-31"], "datetime64[s]")
    ).period
    assert (period.unit, len(period.counts), sum(period.counts)) == ("year", 321, 3)


def test_period_is_ordered_where_no_row_is_earlier_than_the_one_before():
    moments = every(86_400, 30)
    assert profiled(t=np.repeat(moments, 2)).period.ordered
    assert not profiled(t=moments[::-1]).period.ordered


@pytest.mark.parametrize("step", [60, 3_600, 86_400, 604_800])
def test_gap_is_found_at_its_place_whatever_the_step(step):
    moments = every(step, 300)
    keep = np.r_[moments[:100], moments[160:]]
    (gap,) = profiled(t=keep).period.gaps
    assert (gap.start, gap.end) == (moments[99].item(), moments[160].item())


def office_hours(days):
    weekdays = pd.bdate_range("2024-01-01", periods=days).to_numpy()
    return np.concatenate([day + np.arange(8, 18) * np.timedelta64(1, "h") for day in weekdays])


def test_gaps_are_not_nights_weekends_or_chance():
    days = pd.bdate_range("2024-01-01", periods=200).to_numpy()
    by_chance = DAY + np.sort(np.random.default_rng(3).integers(0, 10_000_000, 1_000))
    for moments in (days, office_hours(15), office_hours(60), office_hours(250), by_chance):
        assert profiled(t=moments.astype("datetime64[s]")).period.gaps == ()


def test_gap_of_three_weeks_is_found_among_nights_and_weekends():
    moments = office_hours(100)
    keep = (moments < np.datetime64("2024-03-01")) | (moments >= np.datetime64("2024-03-22"))
    (gap,) = profiled(t=moments[keep]).period.gaps
    assert (gap.start.day, gap.end.day) == (29, 22)


@pytest.mark.parametrize("days", range(3, 12))
def test_gaps_are_not_the_few_nights_of_a_short_file(days):
    assert profiled(t=office_hours(days).astype("datetime64[s]")).period.gaps == ()


def test_gap_of_a_day_is_found_among_a_few_nights():
    moments = office_hours(5).astype("datetime64[s]")
    (gap,) = profiled(t=moments[(moments < moments[20]) | (moments >= moments[30])]).period.gaps
    assert (gap.start.day, gap.end.day) == (2, 4)


@pytest.mark.parametrize("days", range(2, 30))
def test_gaps_are_not_told_of_days_of_which_one_has_a_burst(days):
    """A row on each day, and a hundred within as many seconds."""
    burst = every(1, 100, start=DAY + np.timedelta64(34, "h"))
    assert profiled(t=np.sort(np.r_[every(86_400, days), burst])).period.gaps == ()


def test_gap_is_the_rest_of_the_time_behind_a_burst():
    burst, day = every(1, 100), np.timedelta64(86_400, "s")
    (gap,) = profiled(t=np.r_[burst, DAY + 150 * day]).period.gaps
    assert (gap.start, gap.end) == (burst[-1].item(), (DAY + 150 * day).item())
    bursts = np.concatenate([burst + at * 30 * day for at in range(4)])
    assert profiled(t=bursts).period.gaps == ()  # once a month
    late = np.concatenate([burst + at * day for at in (0, 1, 2, 3, 60)])
    (gap,) = profiled(t=late).period.gaps
    assert (gap.start.day, gap.end.day) == (4, 1)


def test_gaps_that_are_alike_and_a_small_part_of_the_time_are_all_told():
    moments = every(86_400, 400)
    month = np.arange(400) // 30
    period = profiled(t=moments[~np.isin(month, (2, 6, 10))]).period
    assert len(period.gaps) == 3


def test_time_is_the_only_full_column_of_dates_where_none_is_named():
    moments = every(86_400, 3)
    columns = {"a": moments, "b": blanked(moments, np.array([False, True, False]))}
    columns["b"] = pa.array(columns["b"], pa.timestamp("s"))
    assert profiled(**columns).period.column == "a"
    assert profiled(a=moments, b=moments).period is None
    named = profile_of(made(a=moments, b=moments), Question(time="b"), now=NOW)
    assert named.period.column == "b"


def test_time_that_is_no_column_of_dates_gives_no_period():
    for name in ("x", "not there"):
        table = made(x=[1.0, 2.0], t=every(60, 2))
        assert profile_of(table, Question(time=name), now=NOW).period is None


def test_missing_by_time_is_the_share_in_each_unit():
    rng = np.random.default_rng(1)
    moments = every(86_400, 500)
    x = blanked(rng.normal(size=500), rng.random(500) < np.linspace(0, 1, 500))
    profile = profiled(t=moments, x=x)
    gone = pd.Series(x, dtype=float).isna()
    wanted = gone.groupby(pd.Series(moments).dt.to_period("M")).mean()
    assert profile.columns[1].missing_by_time == pytest.approx(tuple(wanted), abs=1e-3)
    assert profile.columns[0].missing_by_time == ()


def test_dates_of_tomorrow_are_counted_as_future_and_those_of_today_are_not():
    moments = ["2026-11-20T00:00:00", "2026-11-20T23:59:59", "2026-11-21T00:00:00", "2999-12-31"]
    span = only(np.array(moments, "datetime64[s]")).span
    assert span.future == 2
    assert (span.first.day, span.last.year) == (20, 2999)


# Tables with little in them


def test_profile_of_columns_without_a_value():
    empty = {
        "n": pa.nulls(5, pa.float64()),
        "f": pa.nulls(5, pa.bool_()),
        "t": pa.nulls(5, pa.timestamp("s")),
        "c": pa.nulls(5, pa.string()),
        "e": pa.nulls(5),
    }
    profile = profiled(**empty)
    assert [one.kind for one in profile.columns] == [
        "number",
        "yes or no",
        "date",
        "category",
        "empty",
    ]
    assert all((one.missing, one.distinct) == (5, 0) for one in profile.columns)
    assert all(one.spread is one.span is one.cut_at is one.drift is None for one in profile.columns)
    assert (profile.period, profile.repeated) == (None, 4)


@pytest.mark.parametrize("rows", [0, 1])
def test_profile_of_a_table_of_hardly_any_row(rows):
    columns = {
        "n": pa.array([1.5][:rows], pa.float64()),
        "f": pa.array([True][:rows], pa.bool_()),
        "t": pa.array([NOW][:rows], pa.timestamp("s")),
        "c": pa.array(["a"][:rows], pa.string()),
    }
    profile = profiled(**columns)
    assert (profile.looked_at, profile.repeated, profile.failing) == (rows, 0, 0)
    assert [one.distinct for one in profile.columns] == [rows] * 4
    assert (profile.period is None) == (rows == 0)


def test_profile_of_a_table_without_columns():
    profile = profile_of(
        Table(columns=(), rows=0, every=1, said=(), oddities=()), Question(), now=NOW
    )
    assert (profile.columns, profile.repeated, profile.period) == ((), 0, None)
