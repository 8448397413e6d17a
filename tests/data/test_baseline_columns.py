"""Which columns the baseline looks at, and the rule on one of them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import rankdata
from sklearn.tree import DecisionTreeClassifier
from tables_made import blanked, days, made

from kit.data.baseline.features import features_of
from kit.data.baseline.rule import Rule
from kit.data.baseline.sample import sample_of
from kit.data.label import label_of, target_of
from kit.data.measured import Question

ROWS = 600


def featured(question, **columns):
    table = made(**columns)
    sample = sample_of(table, question, target_of(table, question))
    return features_of(table, question, label_of(table, question, ()), sample), sample


def labels(seed=0):
    return np.random.default_rng(seed).random(ROWS) < 0.3


def test_features_say_why_columns_are_left_out():
    rng = np.random.default_rng(1)
    y = labels()
    question = Question(label="y", time="t", entity="p", later=("refund",))
    found, _ = featured(
        question,
        y=y,
        t=days(np.arange(ROWS)),
        p=np.arange(ROWS) // 2,
        refund=rng.normal(size=ROWS),
        copy=y.astype(float),
        reason=blanked(np.full(ROWS, "x"), ~y),
        nothing=[None] * ROWS,
        same=np.ones(ROWS),
        one_word=["x"] * ROWS,
        number=np.arange(100, 100 + ROWS),
        note=[f"note {at}" for at in range(ROWS)],
        good=rng.normal(size=ROWS),
    )
    assert [one.column for one in found.each] == ["good", "last known y of the same p"]
    assert dict(found.left_out) == {
        "y": "it is what is predicted",
        "t": "it says when a row happened, and later rows are to be predicted",
        "p": "it names whom a row is about: what is learnt should hold for others, too",
        "refund": "it is filled only after the prediction",
        "copy": "it tells the label too well: AUC 1.00",
        "reason": "whether it is filled tells the label too well: AUC 1.00",
        "nothing": "it is empty",
        "same": "it is the same in every row",
        "one_word": "it is the same in every row",
        "number": "it numbers the rows",
        "note": "it holds 600 different texts, too many to learn from each",
    }


def test_features_count_dates_as_days():
    rng = np.random.default_rng(2)
    t, joined = rng.integers(100, 500, ROWS), rng.integers(0, 100, ROWS)
    found, sample = featured(
        Question(label="y", time="t"), y=labels(), t=days(t), joined=days(joined)
    )
    np.testing.assert_allclose(found.cells[:, 0], (t - joined)[sample.rows])
    assert found.each[0].says == "days from joined to t"
    found, _ = featured(Question(label="y"), y=labels(), joined=days(joined))
    np.testing.assert_allclose(found.cells[:, 0], joined - joined.min())


def test_features_of_a_category_are_its_frequent_values():
    rng = np.random.default_rng(3)
    common = np.array([f"town {at}" for at in np.minimum(rng.zipf(1.5, 9000), 400)])
    y = rng.random(9000) < 0.3
    table = made(y=y, town=common)
    question = Question(label="y")
    sample = sample_of(table, question, target_of(table, question))
    found = features_of(table, question, label_of(table, question, ()), sample)
    assert len(found.each[0].words) == 255
    assert found.each[0].words[-1] == "any other"
    cells = found.cells[:, 0].astype(int)
    words = np.array(found.each[0].words)[cells]
    assert np.all((words == common) | (words == "any other"))
    assert (found.categories, found.numbers) == ([0], [])


def test_features_hold_gaps_as_nan():
    gone = np.arange(ROWS) % 3 == 0
    x = np.random.default_rng(4).normal(size=ROWS)
    word = blanked(np.where(x > 0, "a", "b"), gone)
    found, _ = featured(
        Question(label="y"), y=labels(), x=blanked(x, gone), word=word, flag=blanked(x > 0, gone)
    )
    np.testing.assert_array_equal(np.isnan(found.cells), np.column_stack([gone] * 3))


def ruled(**columns):
    found, sample = featured(Question(label="y"), **columns)
    rule = Rule(sample.task, found).fit(found.cells, sample.label)
    return rule, rule.predict(found.cells)


def test_rule_is_the_best_of_the_single_questions():
    rng = np.random.default_rng(5)
    y = labels()
    x, z = rng.normal(y), rng.normal(0.3 * y)
    rule, chance = ruled(y=y, z=z, x=x)
    tree = DecisionTreeClassifier(max_depth=1, min_samples_leaf=6, random_state=0).fit(
        x[:, None], y
    )
    np.testing.assert_allclose(chance, tree.predict_proba(x[:, None])[:, 1])
    assert rule.words == f"x above {tree.tree_.threshold[0]:.4g}"


def test_rule_names_the_side_of_yes():
    y = labels()
    noise = np.random.default_rng(6).random(ROWS) < 0.2
    assert ruled(y=y, x=np.where(y ^ noise, 1.0, 5.0))[0].words == "x at most 3"
    assert ruled(y=y, flag=y ^ noise)[0].words == "flag is yes"
    assert ruled(y=y, flag=~y ^ noise)[0].words == "flag is no"


def test_rule_names_the_values_of_a_category():
    rng = np.random.default_rng(7)
    y = labels()
    word = np.where(
        rng.random(ROWS) < 0.8, np.where(y, "b", "a"), rng.choice(["a", "b", "c"], ROWS)
    )
    assert ruled(y=y, word=word)[0].words == "word is b"
    gone = blanked(word, word == "b")
    assert ruled(y=y, word=gone)[0].words == "word is missing"
    several = np.where(word == "b", rng.choice(["d", "e", "f", "g", "h"], ROWS), word)
    assert ruled(y=y, word=several)[0].words.endswith(" or one of 2 more")


def test_rule_for_a_number_predicts_the_means_of_its_sides():
    x = np.arange(float(ROWS)) % 100
    y = np.where(x > 59.5, 10.0, 2.0) + np.arange(ROWS) % 2
    rule, guess = ruled(y=y, x=np.where(x == 3, 4, x))
    assert rule.words == "x above 59.5"
    assert np.unique(guess) == pytest.approx([2.5, 10.5])


def test_rule_without_a_question_is_the_mean():
    y = np.tile([True, False, False], 200)
    rule, chance = ruled(y=y, x=np.repeat([1.0, 2.0], 300))
    assert rule.words == ""
    assert chance == pytest.approx(np.full(ROWS, 1 / 3))


# Its threshold moved


def standing(**columns):
    found, sample = featured(Question(label="y"), **columns)
    rule = Rule(sample.task, found).fit(found.cells, sample.label)
    return rule, rule.standing(found.cells)


@pytest.mark.parametrize("sign", [1, -1])
def test_rows_stand_by_their_rank_in_the_rules_column(sign):
    y = labels()
    x = np.round(np.random.default_rng(8).normal(y), 1)
    _, found = standing(y=y, x=sign * x)
    np.testing.assert_allclose(found, (rankdata(x) - 0.5) / ROWS)


def test_rows_with_a_gap_stand_where_the_tree_puts_them():
    y = labels()
    gone = np.arange(ROWS) % 4 == 0
    x = np.random.default_rng(9).normal(y)
    with_yes = blanked(x, y & gone)
    assert np.all(standing(y=y, x=with_yes)[1][y & gone] == 1)
    with_no = blanked(x, ~y & gone)
    assert np.all(standing(y=y, x=with_no)[1][~y & gone] == 0)


@pytest.mark.parametrize(("sign", "words"), [(1, "above"), (-1, "at most")])
def test_moved_rule_flags_the_rows_that_stand_there_or_above(sign, words):
    y = labels()
    x = np.random.default_rng(10).normal(y)
    rule, found = standing(y=y, x=sign * x)
    limit = np.quantile(found, 0.3)
    question, value = rule.moved(limit).rsplit(" ", 1)
    assert question == words
    by_value = sign * x > float(value) if sign > 0 else sign * x <= float(value)
    assert np.mean(by_value == (found >= limit)) > 0.99  # but for the digits that are shown
    assert rule.moved(-np.inf) == "every row"


def test_moved_rule_names_more_values_of_a_category():
    rng = np.random.default_rng(11)
    word = rng.choice(["a", "b", "c"], ROWS)
    y = rng.random(ROWS) < np.select([word == "a", word == "b"], [0.05, 0.3], 0.8)
    rule, found = standing(y=y, word=word)
    assert (rule.words, rule.moved(np.unique(found)[1])) == ("word is c", "is c or b")
