"""The figures of the two worked cases that ship data, measured from their files.

Every split has a fixed seed. Every prediction is made by a model that has not seen the row
(the visits: that has not seen the person). Rates are fractions, errors are visits a year.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.linear_model import LogisticRegression, PoissonRegressor
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

EXAMPLES = Path(__file__).parents[1] / "examples"
TUMOURS = EXAMPLES / "tumour-triage" / "data" / "tumours.csv"
VISITS = EXAMPLES / "doctor-visits" / "data" / "visits.csv"

SEED = 0
FLAG_FROM = 0.1  # a missed malignant sample weighs nine times a false alarm
MISSED_BY_RULE = 0.02  # share of malignant training samples that the rule's threshold gives up
AGE_EDGES = (0, 6, 18, 40, 120)
HEALTH = ("excellent", "good", "fair", "poor")

Folds = list[tuple[np.ndarray, ...]]


@dataclass(frozen=True, kw_only=True)
class Flags:
    """How well a way of flagging finds the malignant samples."""

    caught: int  # malignant and flagged
    missed: int  # malignant and not flagged
    false_alarms: int  # benign and flagged

    @property
    def precision(self) -> float:
        """Share of the flagged samples that are malignant."""
        return self.caught / (self.caught + self.false_alarms)

    @property
    def recall(self) -> float:
        """Share of the malignant samples that are flagged."""
        return self.caught / (self.caught + self.missed)

    @property
    def recall_interval(self) -> tuple[float, float]:
        """95 % Wilson interval of the recall."""
        n, p, z = self.caught + self.missed, self.recall, 1.959964
        middle = p + z * z / (2 * n)
        half = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return float((middle - half) / (1 + z * z / n)), float((middle + half) / (1 + z * z / n))


@dataclass(frozen=True, kw_only=True)
class Tumours:
    """What the tumour file says."""

    rows: int
    features: int
    malignant: int
    complete: float  # share of cells that are filled
    repeated: int  # rows that are equal to an earlier one
    rule: Flags  # largest nucleus radius at or above a threshold
    simple: Flags  # logistic regression on all features
    complex: Flags  # gradient boosted trees on all features


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """How far a way of forecasting is from the visits made (visits a year)."""

    error: float  # mean absolute error
    error_by_sex: Mapping[str, float]
    error_by_health: Mapping[str, float]
    surplus_by_health: Mapping[str, float]  # mean of forecast minus visits made


@dataclass(frozen=True, kw_only=True)
class Visits:
    """What the visits file says."""

    rows: int
    people: int
    oldest: float  # years
    complete: Mapping[str, float]  # per column, share of rows that are filled
    mean: float
    deviation: float
    none: float  # share of person-years without a visit
    top_tenth: float  # share of all visits made in the busiest tenth of person-years
    between_zero_and_one: int  # rows where the yes/no `physical_limitation` holds a fraction
    share_by_sex: Mapping[str, float]
    share_by_health: Mapping[str, float]
    today: Forecast  # mean of the age band and sex
    rule: Forecast  # half last year's visits, half that mean
    simple: Forecast  # Poisson regression
    complex: Forecast  # gradient boosted trees


@cache
def tumours() -> Tumours:
    """Measure the tumour file."""
    table = pd.read_csv(TUMOURS)
    x, y = table.drop(columns="diagnosis"), table["diagnosis"].eq("malignant").to_numpy()
    folds = StratifiedKFold(10, shuffle=True, random_state=SEED)
    logistic = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    trees = HistGradientBoostingClassifier(early_stopping=False, random_state=SEED)
    return Tumours(
        rows=len(table),
        features=x.shape[1],
        malignant=int(y.sum()),
        complete=float(table.notna().to_numpy().mean()),
        repeated=int(table.duplicated().sum()),
        rule=_flags(y, _by_radius(x["worst_radius"].to_numpy(), y, folds)),
        simple=_flags(y, _by_score(logistic, x, y, folds)),
        complex=_flags(y, _by_score(trees, x, y, folds)),
    )


@cache
def visits() -> Visits:
    """Measure the visits file."""
    table = pd.read_csv(VISITS)
    made, health = table["visits"], _ill(table)
    busiest = made.sort_values(ascending=False).head(len(made) // 10)
    forecasts = {
        name: _forecast(table, health, expected)
        for name, expected in _expected_visits(table).items()
    }
    return Visits(
        rows=len(table),
        people=table["person_id"].nunique(),
        oldest=float(table["age"].max()),
        complete=table.notna().mean().to_dict(),
        mean=float(made.mean()),
        deviation=float(made.std()),
        none=float(made.eq(0).mean()),
        top_tenth=float(busiest.sum() / made.sum()),
        between_zero_and_one=int((table["physical_limitation"] % 1).ne(0).sum()),
        share_by_sex=table["sex"].value_counts(normalize=True).to_dict(),
        share_by_health=health.value_counts(normalize=True).to_dict(),
        **forecasts,
    )


def _flags(malignant: np.ndarray, flagged: np.ndarray) -> Flags:
    return Flags(
        caught=int((malignant & flagged).sum()),
        missed=int((malignant & ~flagged).sum()),
        false_alarms=int((~malignant & flagged).sum()),
    )


def _by_radius(radius: np.ndarray, malignant: np.ndarray, folds: StratifiedKFold) -> np.ndarray:
    flagged = np.zeros(len(radius), dtype=bool)
    for train, rest in folds.split(radius, malignant):
        limit = np.quantile(radius[train][malignant[train]], MISSED_BY_RULE)
        flagged[rest] = radius[rest] >= limit
    return flagged


def _by_score(
    model: Pipeline | HistGradientBoostingClassifier,
    x: pd.DataFrame,
    malignant: np.ndarray,
    folds: StratifiedKFold,
) -> np.ndarray:
    scores = cross_val_predict(model, x, malignant, cv=folds, method="predict_proba")
    return np.asarray(scores[:, 1] >= FLAG_FROM)


def _expected_visits(table: pd.DataFrame) -> dict[str, np.ndarray]:
    folds, y = _folds_by_person(table["person_id"]), table["visits"].to_numpy()
    by_group = _group_means(table, folds)
    last_year = table["visits_last_year"].to_numpy()
    poisson = make_pipeline(StandardScaler(), PoissonRegressor(alpha=1e-3, max_iter=1000))
    trees = HistGradientBoostingRegressor(
        loss="poisson",
        max_iter=150,
        learning_rate=0.05,
        early_stopping=False,
        random_state=SEED,
    )
    x = _features(table)
    return {
        "today": by_group,
        "rule": np.where(np.isnan(last_year), by_group, (by_group + last_year) / 2),
        "simple": cross_val_predict(poisson, x, y, cv=folds),
        "complex": cross_val_predict(trees, x, y, cv=folds),
    }


def _folds_by_person(person: pd.Series) -> Folds:
    """Rows to learn from and rows to forecast; no person is in both."""
    people = np.sort(person.unique())
    return [
        tuple(np.flatnonzero(person.isin(people[part])) for part in parts)
        for parts in KFold(5, shuffle=True, random_state=SEED).split(people)
    ]


def _group_means(table: pd.DataFrame, folds: Folds) -> np.ndarray:
    bands = pd.cut(table["age"], AGE_EDGES, right=False).astype(str)
    keyed = table.assign(group=bands + " " + table["sex"])
    expected = np.zeros(len(table))
    for train, rest in folds:
        means = keyed.iloc[train].groupby("group")["visits"].mean()
        expected[rest] = keyed.iloc[rest]["group"].map(means)
    return expected


def _features(table: pd.DataFrame) -> pd.DataFrame:
    last_year, age = table["visits_last_year"], table["age"]
    return pd.DataFrame(
        {
            "age": age,
            "age_squared": age**2,
            "under_six": age.lt(6).astype(int),
            "woman": (table["sex"].eq("female") & age.ge(18)).astype(int),
            "female": table["sex"].eq("female").astype(int),
            "family_size": table["family_size"],
            "coinsurance": np.log1p(table["coinsurance_percent"]),
            "physical_limitation": table["physical_limitation"],
            "chronic_disease_index": table["chronic_disease_index"],
            "health": table["self_rated_health"].map(HEALTH.index),
            "new": last_year.isna().astype(int),
            "last_year": np.log1p(last_year.fillna(0)),
        }
    )


def _ill(table: pd.DataFrame) -> pd.Series:
    return table["self_rated_health"].replace({"fair": "fair or poor", "poor": "fair or poor"})


def _forecast(table: pd.DataFrame, health: pd.Series, expected: np.ndarray) -> Forecast:
    surplus = pd.Series(expected - table["visits"].to_numpy())
    return Forecast(
        error=float(surplus.abs().mean()),
        error_by_sex=surplus.abs().groupby(table["sex"]).mean().to_dict(),
        error_by_health=surplus.abs().groupby(health).mean().to_dict(),
        surplus_by_health=surplus.groupby(health).mean().to_dict(),
    )
