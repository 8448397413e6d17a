"""Every row of reference_values.csv is computed, and is within the tolerance the row gives."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kit.numbers import data_size, drift, experiment, fairness, rates, value

with (Path(__file__).parent / "reference_values.csv").open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))

NUMBER = r"\d*\.?\d+(?:e-?\d+)?"


def _named(row, *names):
    """The numbers that the row gives as name=number, by name; without names all of them."""
    found = {
        name: float(number) for name, number in re.findall(rf"(\w+)=({NUMBER})", row["inputs"])
    }
    return {name: found[name] for name in names if name in found} if names else found


def _numbers(text):
    return [float(number) for number in re.findall(NUMBER, text)]


def _loose(row):
    """The numbers that stand without a name, in their order."""
    return _numbers(re.sub(rf"\w+=({NUMBER})", "", row["inputs"]))


def _proportions(row):
    return experiment.sample_size_proportions(**_named(row))


def _fall(row):
    return experiment.detectable_change(**_named(row))


def _days(row):
    n, arms, eligible, wait = _loose(row)
    return experiment.duration_days(n, arms, eligible, wait)


def _alerts_per_million(row):
    return rates.alerts(1_000_000, **_named(row))


def _precision(row):
    sensitivity, specificity = _loose(row)
    return rates.precision_at(sensitivity, specificity, **_named(row))


def _threshold(row):
    given = _named(row)
    return value.optimal_threshold(given["TP"], given["FP"])


def _wilson(row):
    successes, n = _numbers(row["inputs"])
    return rates.wilson_interval(successes, n)


def _recall_known(row):
    recall, points = _numbers(row["quantity"])
    (confidence,) = _loose(row)
    return data_size.positives_for_recall(recall, points / 100, confidence / 100)


def _recall_gap(row):
    return fairness.positives_per_group(*_loose(row), **_named(row))


def _noisy(row):
    noise, accuracy = _numbers(row["inputs"])
    return rates.accuracy_under_label_noise(accuracy, noise)


def _psi(row):
    bins = _numbers(row["inputs"])
    return drift.population_stability_index(bins[:4], bins[4:])


def _psi_critical(row):
    bins, each = _numbers(row["inputs"])
    return drift.psi_critical(bins, each, each)


def _riley(row):
    predictors, r2, prevalence = re.search(
        rf"({NUMBER}) predictors .*R2=({NUMBER}) prevalence=({NUMBER})", row["inputs"]
    ).groups()
    return data_size.training_rows(float(predictors), float(r2), float(prevalence))


def _million(row):
    costs = _numbers(row["inputs"])
    runs = [
        value.assist_value(volume=1_000_000, acceptance=1, review_minutes=60, wage=cost)
        for cost in costs
    ]
    return [one.action_cost for one in runs]


def _people(text):
    truth, predictions, groups = re.search(r"y=(\d+) p=(\d+) groups (\w+)", text).groups()
    return [int(one) for one in truth], [int(one) for one in predictions], list(groups)


def _same_people(row):
    """The people of this row, or, where it says "the same", those of the row before."""
    at = ROWS.index(row)
    return _people((row if "y=" in row["inputs"] else ROWS[at - 1])["inputs"])


def _parity(row):
    _, predictions, groups = _same_people(row)
    return fairness.demographic_parity_difference(predictions, groups)


def _odds(row):
    return fairness.equalized_odds_difference(*_same_people(row))


CALLS: dict[str, Callable] = {
    "two-proportion sample size per arm": _proportions,
    "two-proportion power": lambda row: experiment.power_proportions(**_named(row)),
    "detectable relative fall": _fall,
    "two-sample t sample size per arm": lambda row: experiment.sample_size_means(**_named(row)),
    "two-sample t power": lambda row: experiment.power_means(**_named(row)),
    "experiment length in days": _days,
    "implied false-positive rate": lambda row: rates.implied_false_positive_rate(**_named(row)),
    "alerts per million": _alerts_per_million,
    "heuristic AUC needed (equal-variance binormal)": lambda row: rates.required_auc(**_named(row)),
    "precision from sensitivity and specificity": _precision,
    "accuracy of never flagging": lambda row: rates.never_flagging_accuracy(**_named(row)),
    "cost-optimal threshold (calibrated scores)": _threshold,
    "Wilson 95 % interval": _wilson,
    "positives needed to know recall 0.80 within 5 points": _recall_known,
    "positives per group to see a recall gap": _recall_gap,
    "best measured accuracy with symmetric label noise": _noisy,
    "population stability index": _psi,
    "PSI 95 % critical value under no drift": _psi_critical,
    "minimum rows to train (Riley 2018)": _riley,
    "cost of a million predictions": _million,
    "demographic parity difference": _parity,
    "equalized odds difference": _odds,
}


def test_reference_values_every_row_has_a_call_and_every_call_a_row():
    assert {row["quantity"] for row in ROWS} == set(CALLS)


def test_reference_values_rows_are_complete():
    assert ROWS
    assert all(all(cell for cell in row.values()) for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['quantity']}: {row['inputs']}")
def test_reference_values_row_is_met(row):
    found = CALLS[row["quantity"]](row)
    found = [float(one) for one in found] if isinstance(found, tuple | list) else [float(found)]
    # Rounding of the last bit is no difference where a row asks for the very number.
    tolerance = float(row["tolerance"]) or 1e-9
    assert found == pytest.approx(_numbers(row["expected"]), abs=tolerance, rel=1e-12)
