"""The whole ladder: against scikit-learn called by hand, against chance, and against the clock."""

from __future__ import annotations

import datetime as dt
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pydantic import TypeAdapter
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import average_precision_score, mean_absolute_error, r2_score, roc_auc_score
from sklearn.model_selection import PredefinedSplit, StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from tables_made import blanked, days, made

from kit.data.baseline import climb
from kit.data.baseline.folds import split_of
from kit.data.baseline.sample import sample_of
from kit.data.label import label_of, target_of
from kit.data.label.cells import taken
from kit.data.measured import Ladder, Question
from kit.data.profile import profile_of
from kit.data.reading import read_file
from kit.data.reading.table import Table

EXAMPLES = Path(__file__).parents[2] / "examples"


NOW = dt.datetime(2026, 11, 21)  # noqa: DTZ001  files tell moments without a zone


def climbed(table, question, **more):
    profile = profile_of(table, question, now=NOW)
    return climb(table, question, profile, label_of(table, question, ()), **more)


def rung(ladder, kind):
    return next(one for one in ladder.rungs if one.kind == kind)


def value(ladder, kind, measure):
    return rung(ladder, kind).scores[measure].value


@pytest.fixture(scope="module")
def tumours():
    table = read_file(EXAMPLES / "tumour-triage/data/tumours.csv")
    question = Question(
        label="diagnosis",
        positive="malignant",
        groups=("mean_radius",),
        wanted=(("recall", 0.99), ("precision", 0.85)),
    )
    return table, climbed(table, question)


@pytest.fixture(scope="module")
def visits():
    table = read_file(EXAMPLES / "doctor-visits/data/visits.csv")
    question = Question(label="visits", entity="person_id", groups=("self_rated_health",))
    return table, question, climbed(table, question)


def numbers(table, names):
    return np.column_stack(
        [table.column(name).values.cast("float64").to_numpy(zero_copy_only=False) for name in names]
    )


@pytest.mark.parametrize(
    ("kind", "model"),
    [
        ("linear", make_pipeline(StandardScaler(), LogisticRegression(max_iter=200))),
        ("boosting", HistGradientBoostingClassifier(early_stopping=False, random_state=0)),
    ],
)
def test_tumours_are_predicted_as_by_sklearn(tumours, kind, model):
    table, ladder = tumours
    cells = numbers(table, ladder.features)
    label = np.array(table.column("diagnosis").values.to_pylist()) == "malignant"
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    chance = cross_val_predict(model, cells, label, cv=folds, method="predict_proba")[:, 1]
    assert value(ladder, kind, "AUC") == pytest.approx(roc_auc_score(label, chance), abs=1e-6)
    assert value(ladder, kind, "average precision") == pytest.approx(
        average_precision_score(label, chance), abs=1e-6
    )
    assert value(ladder, kind, "accuracy") == pytest.approx(np.mean((chance > 0.5) == label))


def test_tumours_climb_the_ladder(tumours):
    _, ladder = tumours
    assert [one.kind for one in ladder.rungs] == ["constant", "one column", "linear", "boosting"]
    assert (ladder.task, ladder.rows, ladder.drawn, ladder.unfinished) == ("classes", 569, 569, ())
    assert (ladder.signal, ladder.best, len(ladder.features)) == (True, "linear", 30)
    assert value(ladder, "constant", "AUC") == 0.5
    assert value(ladder, "constant", "precision") == pytest.approx(212 / 569)
    assert rung(ladder, "one column").detail == (
        "worst_radius above 16.8; above 13.36 at the wanted point"
    )
    assert ladder.gain.low > 0.05
    assert ladder.gain.value == pytest.approx(
        value(ladder, "linear", "AUC") - value(ladder, "one column", "AUC")
    )


def test_tumours_reach_the_wanted_recall_or_say_how_far_off_it_is(tumours):
    _, ladder = tumours
    found = rung(ladder, "boosting").scores["recall at the wanted point"]
    assert found.low < 0.99 <= found.high
    assert value(ladder, "boosting", "precision at the wanted point") < value(
        ladder, "boosting", "precision"
    )


def test_rules_threshold_is_moved_to_what_is_wanted(tumours):
    """By hand: one column, its threshold chosen on the rows that each fold learns from."""
    table, ladder = tumours
    radius = numbers(table, ["worst_radius"])[:, 0]
    label = np.array(table.column("diagnosis").values.to_pylist()) == "malignant"
    flags = np.zeros(len(label), dtype=bool)
    for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(radius, label):
        ill = np.sort(radius[train][label[train]])
        flags[test] = radius[test] >= ill[int(np.floor(len(ill) * 0.01))]
    found = rung(ladder, "one column")
    assert value(ladder, "one column", "recall at the wanted point") == pytest.approx(
        np.mean(flags[label]), abs=0.01
    )
    assert found.scores["precision at the wanted point"].low < np.mean(label[flags])
    assert found.scores["precision at the wanted point"].high > np.mean(label[flags])


def test_tumours_have_figures_for_each_group(tumours):
    _, ladder = tumours
    found = rung(ladder, "linear").groups
    assert {(one.column, one.measure) for one in found} == {
        ("mean_radius", "recall"),
        ("mean_radius", "precision"),
    }
    # Bands without ten flagged rows have no precision, and without ten malignant ones no recall.
    shown = {
        measure: [one for one in found if one.measure == measure]
        for measure in ("recall", "precision")
    }
    assert 0 < len(shown["recall"]) < 4
    assert sum(one.rows for one in shown["precision"]) == 426


def test_visits_are_predicted_as_by_sklearn(visits):
    table, question, ladder = visits
    assert (ladder.parts, ladder.how) == ("5 folds", "by person_id")
    sample = sample_of(table, question, target_of(table, question))
    place = np.empty(len(sample.rows), dtype=int)
    for number, fold in enumerate(split_of(sample).folds):
        place[fold.test] = number
    words = [name for name in ladder.features if table.column(name).kind == "category"]
    plain = [name for name in ladder.features if name not in words]
    codes = np.column_stack(
        [np.array(table.column(name).values.indices.to_pylist(), dtype=float) for name in words]
    )
    cells = np.column_stack([numbers(table, plain), codes])
    at = np.arange(cells.shape[1])
    filled = make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler())
    columns = make_column_transformer(
        (filled, at[: len(plain)]), (OneHotEncoder(), at[len(plain) :])
    )
    models = {
        "linear": make_pipeline(columns, Ridge(alpha=1.0)),
        "boosting": HistGradientBoostingRegressor(
            categorical_features=at[len(plain) :], early_stopping=False, random_state=0
        ),
    }
    for kind, model in models.items():
        guess = cross_val_predict(model, cells, sample.label, cv=PredefinedSplit(place))
        near = 1e-6 if kind == "linear" else 0.01  # trees break ties by the order of columns
        assert value(ladder, kind, "mean absolute error") == pytest.approx(
            mean_absolute_error(sample.label, guess), abs=near
        )
        assert value(ladder, kind, "R2") == pytest.approx(r2_score(sample.label, guess), abs=near)


def test_visits_by_person_hold_groups_that_an_average_hides(visits):
    _, _, ladder = visits
    assert (ladder.task, ladder.rows, ladder.signal, ladder.best) == (
        "numbers",
        20190,
        True,
        "boosting",
    )
    assert {one.measure for one in rung(ladder, "boosting").groups} == {
        "mean absolute error",
        "mean error",
    }
    poor = [
        one
        for one in rung(ladder, "constant").groups
        if (one.value, one.measure) == ("poor", "mean error")
    ]
    assert poor[0].score.high < -1.5


def test_visits_by_time_have_last_values(visits):
    table, _, _ = visits
    ladder = climbed(
        table, Question(label="visits", entity="person_id", time="study_year", delay_days=5)
    )
    assert (ladder.parts, ladder.how[:13]) == ("3 blocks of time", "by study_year")
    rows = pd.DataFrame(
        {name: numbers(table, [name])[:, 0] for name in ("person_id", "study_year", "visits")}
    )
    last = rows.sort_values("study_year").groupby("person_id")["visits"].shift()
    means = {year: rows.visits[rows.study_year < year].mean() for year in (3, 4, 5)}
    error = (rows.visits - last.fillna(rows.study_year.map(means))).abs()[rows.study_year >= 3]
    assert value(ladder, "last value", "mean absolute error") == pytest.approx(error.mean())
    assert "could not be kept" in ladder.said[0]
    assert ladder.rule == "last value"
    assert "last known visits of the same person_id" in ladder.features
    assert value(ladder, "linear", "mean absolute error") < 0.97 * error.mean()


def test_median_has_the_least_error_of_all_constants(visits):
    table, _, ladder = visits
    label = numbers(table, ["visits"])[:, 0]
    assert value(ladder, "median", "mean absolute error") == pytest.approx(
        np.abs(label - np.median(label)).mean(), abs=0.01
    )
    assert value(ladder, "median", "mean absolute error") < value(
        ladder, "constant", "mean absolute error"
    )


def noise(seed, rows=200, **more):
    rng = np.random.default_rng(seed)
    cells = {f"x{at}": rng.normal(size=rows) for at in range(4)}
    return made(**more, **cells, word=rng.choice(["a", "b", "c", "d"], rows)), rng


@pytest.mark.parametrize(
    "seeds", [20, pytest.param(100, marks=pytest.mark.soak)], ids="{}-seeds".format
)
@pytest.mark.parametrize("task", ["classes", "numbers"])
def test_shuffled_labels_give_no_signal(task, seeds):
    """At most 5 of 100 files that tell nothing may seem to tell something."""
    seen = []
    for seed in range(seeds):
        rng = np.random.default_rng(1000 + seed)
        y = rng.random(200) < 0.4 if task == "classes" else rng.gamma(1, 2, 200)
        table, _ = noise(seed, y=y)
        seen.append(climbed(table, Question(label="y")).signal)
    assert sum(seen) <= seeds / 20


def test_rows_that_repeat_do_not_tell_each_other():
    """Every row twice, and nothing to tell: a model that meets a row's copy would seem to know it."""
    table, _ = noise(12, 300, y=np.random.default_rng(12).random(300) < 0.4)
    twice = Table(
        columns=tuple(taken(one, np.arange(600) % 300) for one in table.columns),
        rows=600,
        kept=600,
        every=1,
        said=(),
        oddities=(),
    )
    ladder = climbed(twice, Question(label="y"))
    assert (ladder.drawn, ladder.signal) == (300, False)
    assert "300 rows repeat another and were left out." in ladder.said
    assert value(ladder, "boosting", "AUC") < 0.6


def test_few_entities_leave_open_whether_there_is_a_signal():
    """Eight shops whose sales hardly change: what was last known tells nearly all."""
    rng = np.random.default_rng(13)
    shop, day = np.tile(np.arange(8), 200), np.repeat(np.arange(200), 8)
    sales = 50 + 40 * shop + rng.normal(0, 8, 1600)
    table = made(sales=sales, shop=[f"s{at}" for at in shop], day=days(day))
    ladder = climbed(table, Question(label="sales", time="day", entity="shop"))
    assert ladder.signal is None
    assert (ladder.rule, value(ladder, "last value", "R2") > 0.9) == ("last value", True)


def test_number_that_stands_for_unknown_is_taken_as_missing():
    rng = np.random.default_rng(14)
    y = rng.random(2000) < 0.3
    calls = rng.poisson(2 + 2 * y).astype(float)
    clean = climbed(made(y=y, calls=calls), Question(label="y"))
    calls[rng.choice(2000, 20, replace=False)] = 999_999
    marked = climbed(made(y=y, calls=calls), Question(label="y"))
    assert "999999 in calls was taken as missing." in marked.said
    assert value(marked, "linear", "AUC") > value(clean, "linear", "AUC") - 0.02


@pytest.mark.parametrize("named", [{"time": "mnth"}, {"entity": "costumer"}])
def test_rows_that_cannot_be_set_apart_as_asked_are_not_predicted(named):
    table, _ = noise(15, y=np.random.default_rng(15).random(200) < 0.4)
    ladder = climbed(table, Question(label="y", **named))
    assert (ladder.rungs, ladder.best, ladder.signal) == ((), None, None)
    assert next(iter(named.values())) in ladder.said[0]


@pytest.mark.parametrize(
    "seeds", [5, pytest.param(20, marks=pytest.mark.soak)], ids="{}-seeds".format
)
def test_modest_signal_is_seen(seeds):
    """One column with an AUC of 0.7, a thousand rows, a fifth of them yes."""
    for seed in range(seeds):
        rng = np.random.default_rng(1000 + seed)
        y = rng.random(1000) < 0.2
        table, _ = noise(seed, 1000, y=y, told=rng.normal(0.74 * y))
        assert climbed(table, Question(label="y")).signal, seed


@pytest.mark.parametrize(
    "seeds", [4, pytest.param(10, marks=pytest.mark.soak)], ids="{}-seeds".format
)
def test_modest_signal_is_seen_among_many_columns_that_tell_nothing(seeds):
    for seed in range(seeds):
        rng = np.random.default_rng(1000 + seed)
        y = rng.random(600) < 0.3
        more = {f"z{at}": rng.normal(size=600) for at in range(15)}
        table, _ = noise(
            seed, 600, y=y, told=blanked(rng.normal(0.74 * y), rng.random(600) < 0.1), **more
        )
        assert climbed(table, Question(label="y")).signal, seed


def test_drift_of_column_and_label_is_no_signal():
    """Both rise with time; within a block, neither tells the other."""
    for seed in range(10):
        rng = np.random.default_rng(1000 + seed)
        table, _ = noise(
            seed,
            700,
            t=days(np.arange(700)),
            y=rng.normal(np.arange(700) // 100),
            up=rng.normal(np.arange(700) // 100),
        )
        assert not climbed(table, Question(label="y", time="t")).signal, seed


def test_keys_and_persons_do_not_give_away_the_label():
    """Labels belong to persons, and columns say who it is: by person there is nothing to predict."""
    rng = np.random.default_rng(1)
    person = np.repeat(np.arange(200), 5)
    y, height, town = rng.random(200) < 0.4, rng.normal(size=200), rng.integers(0, 150, 200)
    table = made(
        y=y[person], person=person, height=height[person], town=[f"t{at}" for at in town[person]]
    )
    ladder = climbed(table, Question(label="y", entity="person"))
    assert not ladder.signal
    assert value(ladder, "boosting", "AUC") < 0.6
    apart = climbed(
        made(y=y[person], height=height[person], town=[f"t{at}" for at in town[person]]),
        Question(label="y"),
    )
    assert value(apart, "boosting", "AUC") > 0.9


def test_leaks_are_left_out_and_named():
    rng = np.random.default_rng(2)
    y = rng.random(800) < 0.3
    reason = blanked(rng.choice(["price", "moved"], 800), ~y)
    table = made(y=y, x=rng.normal(y), copy=np.where(y, "gone", "here"), reason=reason)
    ladder = climbed(table, Question(label="y"))
    assert ladder.features == ("x",)
    assert {name for name, _ in ladder.left_out} == {"y", "copy", "reason"}
    assert value(ladder, "linear", "AUC") < 0.85


def test_time_over_names_what_is_unfinished():
    table, _ = noise(3, 300, y=np.random.default_rng(3).random(300) < 0.3)
    told = []
    ladder = climbed(
        table, Question(label="y"), seconds=0, tell=lambda what, share: told.append((what, share))
    )
    assert [one.kind for one in ladder.rungs] == ["constant"]
    assert ladder.unfinished == (
        "rule on one column",
        "logistic regression",
        "gradient boosted trees",
    )
    assert (ladder.signal, ladder.gain, ladder.best) == (None, None, "constant")
    assert told[-1][1] == 1.0


def test_telling_goes_forward_from_nothing_to_all():
    table, _ = noise(4, 300, y=np.random.default_rng(4).random(300) < 0.3)
    told = []
    climbed(table, Question(label="y"), tell=lambda what, share: told.append((what, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert ("logistic regression, fold 2 of 5", pytest.approx(0.32)) in told


def test_ladder_is_the_same_every_time():
    table, _ = noise(5, 300, y=np.random.default_rng(5).random(300) < 0.3)
    first, second = (climbed(table, Question(label="y", groups=("word",))) for _ in range(2))
    assert [one.scores for one in first.rungs] == [one.scores for one in second.rungs]
    assert [one.groups for one in first.rungs] == [one.groups for one in second.rungs]


def test_ladder_travels_as_json(tumours, visits):
    for ladder in (tumours[1], visits[2]):
        adapter = TypeAdapter(Ladder)
        assert adapter.validate_json(adapter.dump_json(ladder)) == ladder


def test_ladder_without_columns_has_one_rung():
    ladder = climbed(made(y=np.arange(100) % 3 == 0, same=np.ones(100)), Question(label="y"))
    assert [one.kind for one in ladder.rungs] == ["constant"]
    assert ladder.said[0] == "No column is left to predict from."


def test_ladder_without_a_known_label_has_no_rung():
    table = made(y=np.arange(100) % 3 == 0, t=days(np.arange(100)), x=np.arange(100) % 7)
    ladder = climbed(table, Question(label="y", time="t", delay_days=500, groups=("x",)))
    assert (ladder.rungs, ladder.rows, ladder.best, ladder.signal) == ((), 0, None, None)
    assert "no row's label was known" in ladder.how


def test_small_groups_are_counted_and_not_shown():
    group = np.repeat(["many", "few", "fewer"], [270, 20, 10])
    table, _ = noise(6, 300, y=np.random.default_rng(6).random(300) < 0.3, g=group)
    ladder = climbed(table, Question(label="y", groups=("g",)))
    assert {one.value for one in ladder.rungs[0].groups} == {"many"}
    assert "2 groups have fewer than 30 rows and no figures of their own." in ladder.said


def test_columns_that_are_hard_on_models_are_taken_without_a_warning():
    """Gaps of all kinds, huge numbers, one value, a column that is filled only later, a rare word, a short class."""
    rng = np.random.default_rng(7)
    rows = 400
    y = rng.random(rows) < 0.1
    gone = np.arange(rows) < 300
    twin = rng.normal(y)
    table = made(
        y=y,
        t=days(np.arange(rows)),
        huge=rng.choice([1e300, -1e300, 1.0], rows),
        tiny=rng.normal(size=rows) * 1e-300,
        late=blanked(rng.normal(size=rows), gone),
        late_word=blanked(rng.choice(["a", "b"], rows), gone),
        mark=blanked(np.ones(rows), rng.random(rows) < 0.5),
        flag=blanked(rng.random(rows) < 0.5, rng.random(rows) < 0.5),
        rare=np.where(np.arange(rows) == 399, "new", "old"),
        twin=twin,
        twin_again=twin,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for question in (
            Question(label="y"),
            Question(label="y", time="t"),
            Question(label="twin", time="t"),
        ):
            ladder = climbed(table, question)
            assert len(ladder.rungs) == (5 if ladder.task == "numbers" else 4)
            for one in ladder.rungs:
                assert all(np.isfinite([s.value, s.low, s.high]).all() for s in one.scores.values())


def test_label_that_teaches_nothing_is_refused():
    table, question = made(y=np.ones(50), x=np.arange(50)), Question(label="y")
    with pytest.raises(ValueError, match="expected one that can be learnt from"):
        climbed(table, question)
