"""Rows are set apart so that no prediction has seen what it is scored on."""

from __future__ import annotations

import numpy as np
import pytest
from tables_made import days, made

from kit.data.baseline.folds import split_of
from kit.data.baseline.last_value import last_values
from kit.data.baseline.sample import sample_of
from kit.data.label import target_of
from kit.data.measured import Question

ROWS = 700


def sampled(question, **columns):
    table = made(**columns)
    return sample_of(table, question, target_of(table, question))


def labels(seed=0, rows=ROWS, share=0.3):
    return np.random.default_rng(seed).random(rows) < share


def test_split_at_random_predicts_each_row_once_with_the_same_share():
    sample = sampled(Question(label="y"), y=labels())
    split = split_of(sample)
    tests = [fold.test for fold in split.folds]
    np.testing.assert_array_equal(np.sort(np.concatenate(tests)), np.arange(ROWS))
    assert all(not set(fold.train) & set(fold.test) for fold in split.folds)
    yes = [sample.label[test].sum() for test in tests]
    assert max(yes) - min(yes) <= 1
    assert (
        f"{split.parts}, {split.how}"
        == "5 folds, drawn at random, with the same share of yes in each"
    )


def test_split_by_entity_keeps_each_in_one_fold_and_folds_alike():
    rng = np.random.default_rng(1)
    person = rng.zipf(2.0, ROWS) % 97
    sample = sampled(Question(label="y", entity="person"), y=labels(), person=person)
    split = split_of(sample)
    assert f"{split.parts}, {split.how}" == "5 folds, by person"
    for fold in split.folds:
        assert not set(person[fold.train]) & set(person[fold.test])
    many = np.repeat(np.arange(200), 5)
    sample = sampled(Question(label="y", entity="p"), y=labels(rows=1000), p=many)
    tests = [fold.test for fold in split_of(sample).folds]
    assert [len(test) for test in tests] == [200] * 5
    yes = [sample.label[test].sum() for test in tests]
    assert max(yes) - min(yes) <= 5


def test_split_by_entity_is_at_random_where_none_repeats():
    sample = sampled(Question(label="y", entity="person"), y=labels(), person=np.arange(ROWS))
    assert sample.keys is None
    assert "at random" in split_of(sample).how


def test_split_by_entity_takes_rows_of_nobody_as_rows_of_several():
    person = np.repeat(np.arange(70.0), 10)
    person[:300] = np.nan
    sample = sampled(Question(label="y", entity="person"), y=labels(), person=person)
    assert len(np.unique(sample.keys)) == 300 + 40


def test_split_by_time_learns_from_the_past_alone():
    rng = np.random.default_rng(2)
    when = rng.permutation(ROWS) / 2
    sample = sampled(Question(label="y", time="t"), y=labels(), t=days(when))
    split = split_of(sample)
    assert (
        f"{split.parts}, {split.how}"
        == "5 blocks of time, by t, each predicted from what was known before it"
    )
    assert [fold.scored for fold in split.folds] == [False] + [True] * 5
    for fold in split.folds:
        assert when[fold.train].max() < when[fold.test].min()
    np.testing.assert_array_equal(split.scored, np.flatnonzero(when >= 100))


@pytest.mark.parametrize("delay", [1.0, 30.0, 90.0])
def test_split_by_time_waits_for_labels(delay):
    when = np.arange(ROWS) / 2
    sample = sampled(Question(label="y", time="t", delay_days=delay), y=labels(), t=days(when))
    folds = split_of(sample).folds
    assert len(folds) >= 4
    for fold in folds:
        start = when[fold.test].min()
        assert when[fold.train].max() == start - delay


def test_split_by_time_says_where_no_label_was_known():
    question = Question(label="y", time="t", delay_days=1000)
    split = split_of(sampled(question, y=labels(), t=days(np.arange(ROWS))))
    assert split.folds == ()
    assert len(split.scored) == 0
    assert "no row's label was known" in f"{split.parts}, {split.how}"


def test_split_by_time_does_not_cut_through_one_moment():
    year = np.repeat([1, 2, 3, 4, 5], 140)
    split = split_of(sampled(Question(label="y", time="year"), y=labels(), year=year))
    assert [np.unique(year[fold.test]).tolist() for fold in split.folds] == [[2], [3], [4], [5]]
    assert f"{split.parts}, {split.how}".startswith("3 blocks of time, by year")


def test_split_by_time_falls_back_where_all_is_one_moment():
    split = split_of(sampled(Question(label="y", time="t"), y=labels(), t=days(np.zeros(ROWS))))
    assert "at random" in f"{split.parts}, {split.how}"


def test_sample_leaves_out_rows_without_label_or_time_and_says_so():
    when = days(np.arange(ROWS))
    when[:7] = np.datetime64("NaT")
    y = [None if at % 10 == 9 else bool(one) for at, one in enumerate(labels())]
    sample = sampled(Question(label="y", time="t"), y=y, t=when)
    assert len(sample.rows) == ROWS - 70 - 7
    assert sample.said == ("7 rows have no t and were left out.",)


def test_sample_of_many_rows_keeps_entities_whole():
    person = np.random.default_rng(3).integers(0, 30_000, 150_000)
    sample = sampled(Question(label="y", entity="p"), y=labels(rows=150_000), p=person)
    assert 99_900 <= len(sample.rows) <= 100_000
    drawn = person[sample.rows]
    assert len(drawn) == np.isin(person, drawn).sum()


def test_sample_of_a_wide_file_is_shorter():
    columns = {f"x{at}": np.zeros(20_000) for at in range(599)}
    sample = sampled(Question(label="y"), y=labels(rows=20_000), **columns)
    assert len(sample.rows) == 10_000


@pytest.mark.parametrize("delay", [0.0, 1.0, 10.0])
def test_last_values_are_what_was_known(delay):
    """Against a search through all rows."""
    rng = np.random.default_rng(4)
    when, person = rng.integers(0, 60, 300).astype(float), rng.integers(0, 20, 300)
    y = np.arange(300.0)
    question = Question(label="y", time="t", entity="p", delay_days=delay)
    found = last_values(sampled(question, y=y, t=days(when), p=person))
    for row in range(300):
        known = when + delay <= when[row] if delay else when < when[row]
        earlier = np.flatnonzero((person == person[row]) & known)
        if not len(earlier):
            assert np.isnan(found[row])
        else:
            latest = earlier[when[earlier] == when[earlier].max()]
            assert found[row] in y[latest]
