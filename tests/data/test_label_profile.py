"""The label as a whole: counts, time, groups."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from tables_made import days, made

from kit.data.label import label_of
from kit.data.label.grouping import grouping_of
from kit.data.measured import Question
from kit.data.time_column import time_of

STARTS = tuple(dt.datetime.fromisoformat(day) for day in ("2024-01-01", "2024-02-01", "2024-03-01"))
YES = np.arange(60) < 20


def test_label_of_classes_is_counted_by_hand():
    table = made(y=[*YES.tolist(), None, None], x=np.arange(62))
    label = label_of(table, Question(label="y"), ())
    assert (label.task, label.positive, label.rows, label.missing) == ("classes", "yes", 60, 2)
    assert label.classes == (("no", 40), ("yes", 20))
    assert label.spread is None
    assert label.problem is None


def test_label_of_numbers_has_a_spread():
    label = label_of(made(y=np.arange(101.0)), Question(label="y"), ())
    assert (label.task, label.classes) == ("numbers", ())
    assert (label.spread.median, label.spread.mean, label.spread.high) == (50, 50, 100)


def test_label_of_what_teaches_nothing_says_so_and_no_more():
    table = made(y=[None] * 50, g=["a", "b"] * 25, t=days(np.arange(50)))
    label = label_of(table, Question(label="y", time="t", groups=("g",)), STARTS)
    assert label.task is None
    assert "empty" in label.problem
    assert (label.by_time, label.strengths, label.groups) == ((), (), ())


@pytest.mark.parametrize("named", ["t", None])
def test_label_by_time_is_the_share_in_each_period(named):
    """Of two whole months and a third without rows; the only column of dates counts where none is named."""
    y = [True] * 10 + [False] * 10 + [True] * 20
    when = np.r_[np.arange(20), 31 + np.arange(20)]
    label = label_of(made(y=y, t=days(when)), Question(label="y", time=named), STARTS[:3])
    # 2024 is a leap year: day 31 is the first of February.
    assert label.classes == (("yes", 30), ("no", 10))
    assert label.by_time == (0.5, 1.0, None)


def test_label_by_time_leaves_out_rows_without_a_time_or_a_label():
    y = [True] * 10 + [False] * 10 + [None]
    when = days(np.zeros(21))
    when[0] = np.datetime64("NaT")
    label = label_of(made(y=y, t=when), Question(label="y", time="t"), STARTS[:1])
    assert label.by_time == (pytest.approx(9 / 19),)


def test_label_by_group_is_counted_by_hand():
    group = np.where(np.arange(60) < 30, "a", "b").astype(object)
    group[59] = None
    table = made(y=YES, g=group)
    found = label_of(table, Question(label="y", groups=("g", "not there")), ()).groups
    assert [(one.column, one.value, one.rows, one.positives, one.mean) for one in found] == [
        ("g", "a", 30, 20, None),
        ("g", "b", 29, 0, None),
        ("g", "missing", 1, 0, None),
    ]


def test_label_by_group_of_a_number_is_a_mean():
    table = made(y=np.arange(60.0), g=YES)
    found = label_of(table, Question(label="y", groups=("g",)), ()).groups
    assert [(one.value, one.rows, one.positives, one.mean) for one in found] == [
        ("yes", 20, None, 9.5),
        ("no", 40, None, 39.5),
    ]


def test_groups_take_spellings_of_one_value_for_one_group():
    words = np.repeat(["germany", "Germany", "GERMANY ", "France", "A+", "A-"], [5, 9, 2, 10, 3, 4])
    grouping = grouping_of(made(x=[*words, None]).columns[0])
    assert grouping.names == ("Germany", "France", "A-", "A+", "missing")
    assert np.bincount(grouping.codes).tolist() == [16, 10, 4, 3, 1]
    assert grouping.codes[:16].tolist() == [0] * 16


def test_groups_take_spellings_for_one_however_many_values_are_spelled_so():
    towns = [f"{letter}town" for letter in "abcdefghijkl"]
    grouping = grouping_of(made(x=[*towns, *towns, *map(str.upper, towns)]).columns[0])
    assert sorted(grouping.names) == towns
    assert np.bincount(grouping.codes).tolist() == [3] * 12


def test_label_by_group_counts_a_value_once_however_it_is_spelled():
    words = np.where(np.arange(60) < 30, "Germany", "germany").astype(object)
    table = made(y=YES, g=words)
    (found,) = label_of(table, Question(label="y", groups=("g",)), ()).groups
    assert (found.value, found.rows, found.positives) == ("Germany", 60, 20)


def test_groups_of_few_numbers_are_the_numbers():
    grouping = grouping_of(made(x=[3.0, 1.0, 1.0, np.nan]).columns[0])
    assert grouping.names == ("1", "3", "missing")
    assert grouping.codes.tolist() == [1, 0, 0, 2]


def test_groups_of_many_numbers_are_quarters():
    grouping = grouping_of(made(x=np.arange(100.0)).columns[0])
    assert grouping.names == ("up to 24", "above 24 to 49", "above 49 to 74", "above 74")
    assert np.bincount(grouping.codes).tolist() == [25, 25, 25, 25]


def test_groups_of_numbers_that_are_mostly_the_largest_are_two():
    grouping = grouping_of(made(x=np.r_[np.arange(20.0), np.full(200, 50.0)]).columns[0])
    assert grouping.names == ("up to 19", "above 19")
    assert np.bincount(grouping.codes).tolist() == [20, 200]


def test_groups_of_dates_are_none():
    assert grouping_of(made(x=days(np.arange(30))).columns[0]) is None


def test_time_is_the_column_named_where_it_holds_dates():
    table = made(t=days(np.arange(30)), u=days(np.arange(30)), x=np.arange(30.0))
    assert time_of(table, Question(time="u")).name == "u"
    assert time_of(table, Question(time="x")) is None
    assert time_of(table, Question(time="nowhere")) is None


def test_time_is_else_the_only_column_of_dates_without_a_gap():
    gappy = days(np.arange(30))
    gappy[3] = np.datetime64("NaT")
    assert time_of(made(t=days(np.arange(30)), gappy=gappy), Question()).name == "t"
    assert time_of(made(gappy=gappy), Question()) is None
    assert time_of(made(t=days(np.arange(30)), u=days(np.arange(30))), Question()) is None
