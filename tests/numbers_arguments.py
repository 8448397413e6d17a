"""The public functions of the numbers, each with what its arguments may be and what they may not."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from kit.numbers import (
    data_size,
    drift,
    enrolment,
    experiment,
    fairness,
    looks,
    normal,
    paths,
    rates,
    uncertainty,
    value,
)

MODULES = (
    data_size, drift, enrolment, experiment, fairness, looks, normal, paths, rates, uncertainty, value,
)  # fmt: skip


@dataclass(frozen=True)
class Argument:
    low: float
    high: float
    bad: tuple[float, ...] = (-0.5,)
    whole: bool = False
    infinite: bool = False  # infinity is a value of it, too
    unbounded: bool = False  # and so is minus infinity

    def values(self):
        if self.whole:
            return st.integers(int(self.low), int(self.high)).map(float)
        return st.floats(self.low, self.high)

    def refused(self):
        if self.unbounded:
            return (np.nan, *self.bad)
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
    experiment.noninferiority_size: {"p": _share(), "margin": _inner(0.01, 0.5), **TEST},
    experiment.guardrail_power: {"power": POWER, "guardrails": _whole(0, 20)},
    fairness.positives_per_group: {"rate_a": _share(0.5), "rate_b": _share(0, 0.45), **TEST},
    fairness.detectable_gap: {"positives": _above(1, 1e5), "rate": _inner(), **TEST},
    fairness.expected_gap_without_bias: {
        "groups": _whole(2, 30), "positives": _above(1, 1e5), "rate": _share(),
    },
    looks.false_positive_with_looks: {"looks": _whole(1, 4), "alpha": ALPHA},
    looks.pocock_alpha: {"looks": _whole(1, 3), "alpha": ALPHA},
    normal.ndtr: {"x": Argument(-9, 9, (), unbounded=True)},
    normal.ndtri: {"p": _share()},
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
    rates.recall_under_label_noise: {
        "prevalence": Argument(0.01, 1.0, (-0.1, 0.0, 1.1)), "noise": _share(0, 0.99),
    },
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
    uncertainty.sample_evenly: [("low", lambda bad: (bad, RNG, 3))],
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


def rises(values):
    """Whether no value is below the one before."""
    return bool(np.all(np.diff(np.asarray(values)) >= -1e-12))
