"""What holds for every input of the numbers: vectors, shapes, bounds, order, limits and inverses."""

import inspect
from dataclasses import astuple, dataclass, is_dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.numbers import (
    data_size,
    drift,
    enrolment,
    experiment,
    fairness,
    looks,
    paths,
    rates,
    uncertainty,
    value,
)

MODULES = (
    data_size, drift, enrolment, experiment, fairness, looks, paths, rates, uncertainty, value,
)  # fmt: skip
SETTINGS = settings(max_examples=25, deadline=None, database=None, derandomize=True)


@dataclass(frozen=True)
class Argument:
    low: float
    high: float
    bad: tuple[float, ...] = (-0.5,)
    whole: bool = False
    infinite: bool = False  # infinity is a value of it, too

    def values(self):
        if self.whole:
            return st.integers(int(self.low), int(self.high)).map(float)
        return st.floats(self.low, self.high)

    def refused(self):
        return (
            (np.nan, -np.inf, *self.bad) if self.infinite else (np.nan, np.inf, -np.inf, *self.bad)
        )


def _share(low=0.0, high=1.0):
    return Argument(low, high, (-0.1, 1.1))


def _inner(low=0.02, high=0.98):
    return Argument(low, high, (-0.1, 0.0, 1.0, 1.1))


def _above(low, high):
    return Argument(low, high, (-1.0, 0.0))


def _from_0(high, *, infinite=False):
    return Argument(0.0, high, (-1.0,), infinite=infinite)


def _whole(low, high):
    return Argument(low, high, (-1.0, low - 1, low + 0.5), whole=True)


ALPHA, POWER = _inner(0.005, 0.2), _inner(0.5, 0.98)
TEST = {"alpha": ALPHA, "power": POWER}
WEEKS = {"one_week": _above(1000, 2000), "four_weeks": _above(2500, 4000)}
RATES = {"precision": _share(0.5), "recall": _share(0.01, 0.99), "prevalence": _share(0, 0.3)}
MONEY = _from_0(100)
RUN = {"run_cost": _from_0(500), "capacity": _from_0(1000, infinite=True)}
WORK = {"volume": _from_0(1e6), "take_rate": _share(), **RUN}
RILEY = {"predictors": _above(1, 100), "r2_cs": _inner(0.01, 0.3), "prevalence": _inner(0.1, 0.9)}

ELEMENTWISE = {
    data_size.positives_for_recall: {
        "recall": _share(), "margin": _above(0.01, 0.5), "confidence": _inner(),
    },
    data_size.flagged_for_precision: {"truth": _share(0.5), "floor": _inner(0.01, 0.45), **TEST},
    data_size.training_rows: RILEY,
    data_size.training_row_criteria: RILEY,
    data_size.max_r2_cs: {"prevalence": _inner()},
    drift.psi_critical: {
        "bins": _whole(2, 50), "n_expected": _above(1, 1e5), "n_actual": _above(1, 1e5),
        "alpha": ALPHA,
    },
    enrolment.duration_days: {
        "n_per_arm": _above(1, 1e5), "arms": _whole(2, 9), "eligible_per_day": _above(1, 1e4),
        "wait_days": _from_0(100),
    },
    enrolment.uniques_by: {"days": _from_0(500), **WEEKS},
    enrolment.days_to_enrol: {"n": _from_0(1e5), **WEEKS},
    experiment.sample_size_proportions: {"p1": _share(0, 0.45), "p2": _share(0.5, 1), **TEST},
    experiment.power_proportions: {
        "n": _above(1, 1e5), "p1": _share(), "p2": _share(), "alpha": ALPHA,
    },
    experiment.sample_size_means: {"d": Argument(0.1, 3, (0.0,)), **TEST},
    experiment.power_means: {"n": Argument(2, 1e4, (-1.0, 1.0)), "d": Argument(-3, 3, ()), "alpha": ALPHA},
    experiment.detectable_change: {"n": _above(1, 1e5), "p1": _inner(), **TEST},
    experiment.detectable_difference: {"n": Argument(2, 1e4, (-1.0, 1.0)), **TEST},
    experiment.noninferiority_size: {"p": _share(), "margin": _above(0.01, 0.5), **TEST},
    experiment.guardrail_power: {"power": POWER, "guardrails": _whole(0, 20)},
    fairness.positives_per_group: {"rate_a": _share(0.5), "rate_b": _share(0, 0.45), **TEST},
    fairness.detectable_gap: {"positives": _above(1, 1e5), "rate": _inner(), **TEST},
    fairness.expected_gap_without_bias: {
        "groups": _whole(2, 30), "positives": _above(1, 1e5), "rate": _share(),
    },
    looks.false_positive_with_looks: {"looks": _whole(1, 4), "alpha": ALPHA},
    looks.pocock_alpha: {"looks": _whole(1, 3), "alpha": ALPHA},
    rates.implied_false_positive_rate: RATES,
    rates.alerts: {"volume": _from_0(1e6), **RATES},
    rates.required_auc: RATES,
    rates.never_flagging_accuracy: {"prevalence": _share()},
    rates.precision_at: {
        "sensitivity": _share(0.1), "specificity": _share(0, 0.99), "prevalence": _share(0.01, 0.99),
    },
    rates.f_score: {"precision": _share(), "recall": _share(), "beta": _above(0.1, 10)},
    rates.recall_within_capacity: {
        "capacity": _from_0(1e4, infinite=True), "volume": _from_0(1e6), "prevalence": _share(),
        "precision": _share(),
    },
    rates.wilson_interval: {"successes": _from_0(100), "n": _above(100, 1000), "confidence": _inner()},
    rates.accuracy_under_label_noise: {"accuracy": _share(), "noise": _share()},
    rates.noise_from_agreement: {"agreement": Argument(0.5, 1.0, (0.4, 1.1))},
    value.expected_value: {
        **WORK, **RATES, "benefit": MONEY, "cost_action": MONEY, "cost_false_positive": MONEY,
    },
    value.regression_value: {
        **WORK, "error_today": MONEY, "error_wanted": MONEY, "cost_above": MONEY,
        "cost_below": MONEY,
    },
    value.assist_value: {
        **WORK, "acceptance": _share(), "gain": MONEY, "minutes_saved": MONEY,
        "error_rate": _share(), "cost_error": MONEY, "review_minutes": MONEY, "wage": MONEY,
    },
    value.break_even_precision: {
        "benefit": Argument(1, 100), "cost_false_positive": MONEY, "cost_action": MONEY,
    },
    value.optimal_threshold: {"gain_true_positive": Argument(1, 100), "cost_false_positive": MONEY},
    value.net_benefit: {
        "tp": _from_0(40), "fp": _from_0(40), "n": _above(100, 1000), "threshold": _inner(),
    },
}  # fmt: skip

# Numbers only, or whole samples: what is refused is said here, vectors do not apply.
SCALAR = {
    rates.confusion: {**RATES, "cases": _whole(1, 5000)},
    value.covering_precision: {
        "volume": _from_0(1e6), "prevalence": _share(), "recall": _share(), "take_rate": _share(),
        "benefit": MONEY, "cost_action": MONEY, "cost_false_positive": MONEY, **RUN,
    },
}  # fmt: skip
RNG = np.random.default_rng(0)
GROUPS = ["a", "a", "b", "b"]
SAMPLES = {
    drift.population_stability_index: [
        ("expected", lambda bad: ([bad, 1], [1, 1])), ("actual", lambda bad: ([1, 1], [bad, 1])),
    ],
    experiment.sample_ratio_mismatch: [
        ("counts", lambda bad: ([bad, 1], [1, 1])), ("shares", lambda bad: ([1, 1], [bad, 1])),
    ],
    fairness.demographic_parity_difference: [
        ("predictions", lambda bad: ([0, 1, bad, 1], GROUPS)),
    ],
    fairness.equalized_odds_difference: [
        ("truth", lambda bad: ([0, 1, bad, 1], [0, 1, 0, 1], GROUPS)),
        ("predictions", lambda bad: ([0, 1, 0, 1], [0, 1, bad, 1], GROUPS)),
    ],
    uncertainty.sample: [("low", lambda bad: (bad, RNG, 3))],
    uncertainty.quantile: [
        ("low", lambda bad: (bad, 0.5)), ("probability", lambda bad: (1.0, bad)),
    ],
    uncertainty.interval: [
        ("draws", lambda bad: ([1.0, bad],)), ("confidence", lambda bad: ([1.0, 2.0], bad)),
    ],
    uncertainty.probability_below: [
        ("draws", lambda bad: ([1.0, bad],)), ("threshold", lambda bad: ([1.0], bad)),
    ],
    uncertainty.tornado: [("low", lambda bad: (lambda v: v["a"], {"a": bad}))],
    uncertainty.sensitivity: [("low", lambda bad: (lambda v: v["a"], {"a": bad}))],
    paths.compare_paths: [("rules", lambda bad: ({"rules": [1.0, bad]},))],
}  # fmt: skip


def _public():
    return {
        function
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_")
        and function.__module__.startswith("kit.numbers")
        and function.__module__ != "kit.numbers.domain"
    }


def _parts(result):
    """The numbers of an answer, whatever it is made of."""
    if is_dataclass(result):
        return [np.asarray(one) for one in astuple(result) if not isinstance(one, tuple)]
    return [np.asarray(one) for one in (result if isinstance(result, tuple) else (result,))]


def _middle(arguments):
    return {
        name: round((one.low + one.high) / 2) if one.whole else (one.low + one.high) / 2
        for name, one in arguments.items()
    }


def _name(function):
    return function.__name__


def test_properties_no_public_function_is_left_out():
    assert {*ELEMENTWISE, *SCALAR, *SAMPLES} == _public()


def test_properties_no_argument_is_left_out():
    for function, arguments in {**ELEMENTWISE, **SCALAR}.items():
        assert set(inspect.signature(function).parameters) - {"reference", "direction"} == {
            *arguments
        }, function.__name__


@pytest.mark.parametrize("function", ELEMENTWISE, ids=_name)
@SETTINGS
@given(data=st.data())
def test_properties_vector_is_scalar(function, data):
    arguments = ELEMENTWISE[function]
    rows = {
        name: data.draw(st.lists(one.values(), min_size=3, max_size=3), label=name)
        for name, one in arguments.items()
    }
    together = _answers(function(**{name: np.array(row) for name, row in rows.items()}))
    for at in range(3):
        alone = _answers(function(**{name: row[at] for name, row in rows.items()}))
        for many, one in zip(together, alone, strict=True):
            assert one.ndim == 0
            np.testing.assert_allclose(
                np.broadcast_to(many, 3)[at], one, rtol=1e-9, atol=1e-12, equal_nan=False
            )


@pytest.mark.parametrize("function", ELEMENTWISE, ids=_name)
def test_properties_shapes_broadcast(function):
    middle = _middle(ELEMENTWISE[function])
    one = _answers(function(**middle))
    for name in middle:
        wide = {**middle, name: np.full((2, 1, 3), middle[name])}
        for many, single in zip(_answers(function(**wide)), one, strict=True):
            # A part of the answer may have nothing to do with this argument.
            assert many.shape in {(2, 1, 3), ()}
            np.testing.assert_allclose(many, single, rtol=1e-9)
    first, *rest = middle
    crossed = {**middle, first: np.full((2, 1), middle[first])}
    crossed |= {rest[0]: np.full((1, 3), middle[rest[0]])} if rest else {}
    shapes = {many.shape for many in _answers(function(**crossed))}
    assert ((2, 3) if rest else (2, 1)) in shapes


@pytest.mark.parametrize(
    ("function", "name", "bad"),
    [
        pytest.param(function, name, bad, id=f"{function.__name__}-{name}-{bad}")
        for function, arguments in {**ELEMENTWISE, **SCALAR}.items()
        for name, one in arguments.items()
        for bad in one.refused()
    ],
)
def test_properties_bad_value_is_refused_by_name(function, name, bad):
    with pytest.raises(ValueError, match=rf"\b{name}: "):
        function(**{**_middle({**ELEMENTWISE, **SCALAR}[function]), name: bad})


@pytest.mark.parametrize(
    ("function", "name", "build", "bad"),
    [
        pytest.param(function, name, build, bad, id=f"{function.__name__}-{name}-{bad}")
        for function, cases in SAMPLES.items()
        for name, build in cases
        for bad in (np.nan, np.inf, -np.inf)
    ],
)
def test_properties_bad_sample_is_refused_by_name(function, name, build, bad):
    with pytest.raises(ValueError, match=rf"\b{name}: "):
        function(*build(bad))


def _answers(result):
    if is_dataclass(result):
        return [
            np.asarray(getattr(result, one)) for one in ("handled", "gain", "action_cost", "net")
        ]
    return _parts(result)


P = st.floats(0.02, 0.98)
LEVEL, WANTED = st.floats(0.005, 0.2), st.floats(0.5, 0.98)
MANY = settings(max_examples=100, deadline=None, database=None, derandomize=True)


@MANY
@given(p1=P, p2=P, alpha=LEVEL, power=WANTED)
def test_properties_swapped_shares_need_the_same_size(p1, p2, alpha, power):
    if abs(p1 - p2) < 1e-3:
        return
    there = experiment.sample_size_proportions(p1, p2, alpha, power)
    back = experiment.sample_size_proportions(p2, p1, alpha, power)
    mirrored = experiment.sample_size_proportions(1 - p1, 1 - p2, alpha, power)
    assert there == pytest.approx(back) == pytest.approx(mirrored)


@MANY
@given(p1=P, p2=P, alpha=LEVEL, power=WANTED)
def test_properties_power_gives_back_the_size(p1, p2, alpha, power):
    if abs(p1 - p2) < 1e-3:
        return
    n = experiment.sample_size_proportions(p1, p2, alpha, power)
    assert experiment.power_proportions(n, p1, p2, alpha) == pytest.approx(power)


@SETTINGS
@given(d=st.floats(0.1, 0.8), alpha=LEVEL, power=WANTED)
def test_properties_power_of_means_gives_back_the_size(d, alpha, power):
    n = experiment.sample_size_means(d, alpha, power)
    if n > 2:
        assert experiment.power_means(n, d, alpha) == pytest.approx(power)
        assert experiment.detectable_difference(n, alpha, power) == pytest.approx(d, rel=1e-6)


@SETTINGS
@given(p1=P, n=st.floats(50, 1e5), direction=st.sampled_from(["fall", "rise"]))
def test_properties_detectable_change_gives_back_the_size(p1, n, direction):
    change = experiment.detectable_change(n, p1, direction=direction)
    if np.isfinite(change):
        p2 = np.clip(p1 * (1 - change if direction == "fall" else 1 + change), 0, 1)
        assert experiment.sample_size_proportions(p1, p2) == pytest.approx(n, rel=1e-5)


@SETTINGS
@given(rate=P, positives=st.floats(100, 1e5))
def test_properties_detectable_gap_gives_back_the_positives(rate, positives):
    gap = fairness.detectable_gap(positives, rate)
    if np.isfinite(gap):
        other = max(0.0, rate - gap)
        assert fairness.positives_per_group(rate, other) == pytest.approx(positives, rel=1e-5)


@MANY
@given(
    volume=st.floats(1, 1e6), prevalence=st.floats(0.001, 0.5), precision=st.floats(0.5, 1),
    recall=st.floats(0.01, 1),
)  # fmt: skip
def test_properties_recall_within_capacity_inverts_alerts(volume, prevalence, precision, recall):
    flags = rates.alerts(volume, prevalence, precision, recall)
    back = rates.recall_within_capacity(flags, volume, prevalence, precision)
    assert back == pytest.approx(recall)


@MANY
@given(n=st.floats(1, 1e6), one=st.floats(1, 1e4), growth=st.floats(1.1, 4))
def test_properties_days_to_enrol_inverts_uniques_by(n, one, growth):
    days = enrolment.days_to_enrol(n, one, one * growth)
    if days < 1e100:
        assert enrolment.uniques_by(days, one, one * growth) == pytest.approx(n)


@MANY
@given(
    benefit=st.floats(5, 100), fp=st.floats(0, 100), action=st.floats(0, 10),
    run=st.floats(0, 2000), capacity=st.floats(50, 1e5), recall=st.floats(0.1, 1),
)  # fmt: skip
def test_properties_covering_precision_leaves_nothing(benefit, fp, action, run, capacity, recall):
    case = {
        "volume": 1e4, "prevalence": 0.05, "recall": recall, "benefit": benefit,
        "cost_action": action, "cost_false_positive": fp, "run_cost": run, "capacity": capacity,
    }  # fmt: skip
    precision = value.covering_precision(**case)
    if 0 < precision <= 1:
        net = value.expected_value(precision=precision, **case).net
        assert net == pytest.approx(0, abs=1e-6 * (1 + run + benefit * 500))


@MANY
@given(agreement=st.floats(0.5, 1))
def test_properties_noise_gives_back_the_agreement(agreement):
    e = rates.noise_from_agreement(agreement)
    assert (1 - e) ** 2 + e**2 == pytest.approx(agreement)


@MANY
@given(r=P, precision=st.floats(0.5, 0.99), prior=st.floats(0.001, 0.3))
def test_properties_bayes_gives_back_the_precision(r, precision, prior):
    fpr = rates.implied_false_positive_rate(precision, r, prior)
    assert rates.precision_at(r, 1 - fpr, prior) == pytest.approx(precision)


@MANY
@given(
    precision=st.floats(0.3, 1), recall=st.floats(0, 1), prevalence=st.floats(0, 0.3),
    cases=st.integers(1, 5000),
)  # fmt: skip
def test_properties_confusion_adds_up(precision, recall, prevalence, cases):
    found = rates.confusion(precision, recall, prevalence, cases)
    parts = astuple(found)
    assert sum(parts) == cases
    assert min(parts) >= 0
    assert abs(found.true_positives + found.false_negatives - prevalence * cases) < 2


def _rises(values):
    return bool(np.all(np.diff(np.asarray(values)) >= -1e-12))


def test_properties_order_of_sizes_and_powers():
    n, alpha = np.linspace(10, 5000, 60), np.linspace(0.001, 0.3, 60)
    power = np.linspace(0.5, 0.99, 60)
    assert _rises(experiment.power_proportions(n, 0.2, 0.25))
    assert _rises(experiment.power_means(n, 0.2))
    assert _rises(experiment.sample_size_proportions(0.2, 0.25, power=power))
    assert _rises(-experiment.sample_size_proportions(0.2, 0.25, alpha))
    assert _rises(-experiment.sample_size_proportions(0.2, np.linspace(0.21, 0.9, 60)))
    assert _rises(-experiment.detectable_change(np.linspace(500, 50_000, 60), 0.05))
    assert _rises(experiment.noninferiority_size(0.8, 0.05, power=power))
    assert _rises(experiment.guardrail_power(0.8, np.arange(20)))


def test_properties_order_of_rates_looks_and_gaps():
    share = np.linspace(0.05, 1, 60)
    assert _rises(rates.required_auc(0.6, np.linspace(0.05, 0.99, 60), 0.01))
    assert _rises(-rates.alerts(1000, 0.01, share, 0.5))
    assert _rises(rates.precision_at(0.9, 0.99, share))
    assert _rises(looks.false_positive_with_looks(np.arange(1, 15)))
    assert _rises(-looks.pocock_alpha(np.arange(1, 8)))
    assert _rises(fairness.expected_gap_without_bias(np.arange(2, 30), 1000, 0.8))
    assert _rises(drift.psi_critical(np.arange(2, 40), 100, 100))
    assert _rises(enrolment.uniques_by(np.arange(100), 1000, 2000))


def test_properties_limits_of_rates():
    assert rates.implied_false_positive_rate(0.9, 0.9, 1e-12) == pytest.approx(0, abs=1e-12)
    assert rates.implied_false_positive_rate(0.9, 0.9, 0.0) == 0
    assert rates.implied_false_positive_rate(1.0, 0.9, 0.2) == 0
    assert rates.required_auc(1.0, 0.9, 0.2) == 1
    assert rates.required_auc(0.5, 1.0, 0.2) == 1
    assert rates.alerts(1000, 0.0, 0.0, 0.5) == 0
    assert rates.recall_within_capacity(np.inf, 1000, 0.1, 0.5) == 1
    assert rates.f_score(0, 0) == 0
    assert rates.wilson_interval(0, 10)[0] == 0
    assert rates.wilson_interval(10, 10)[1] == 1
    assert rates.never_flagging_accuracy(0) == 1


def test_properties_limits_of_experiments_and_drift():
    assert experiment.power_proportions(1000, 0.0, 1.0) == 1
    assert experiment.power_proportions(1000, 0.3, 0.3) == pytest.approx(0.025)
    assert experiment.power_means(50, 0.0) == pytest.approx(0.025)
    assert experiment.detectable_change(3, 0.05) == np.inf
    assert enrolment.days_to_enrol(1001, 1000, 1000) == np.inf
    assert enrolment.days_to_enrol(1000, 1000, 1000) == 7
    assert looks.false_positive_with_looks(1, 0.05) == pytest.approx(0.05)
    assert looks.pocock_alpha(1, 0.05) == 0.05
    assert drift.population_stability_index([1, 1], [0, 2]) == np.inf
    assert drift.population_stability_index([1, 1, 0], [3, 3, 0]) == 0
