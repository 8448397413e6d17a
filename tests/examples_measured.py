"""The figures of the two worked cases that ship data, as the kit measures them, and a few that it does not.

Rates are fractions, errors are visits a year. That the kit measures rightly is tested elsewhere, against
scikit-learn and pandas; here it is held against what the cases say.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from kit.brief import open_brief
from kit.data import Cache, Measured, Rung, survey

EXAMPLES = Path(__file__).parents[1] / "examples"
TUMOURS = EXAMPLES / "tumour-triage" / "data" / "tumours.csv"
VISITS = EXAMPLES / "doctor-visits" / "data" / "visits.csv"


@cache
def measured(case: str) -> Measured:
    """What the kit shows of a case's file, the quick baseline included."""
    file = open_brief(EXAMPLES / case)
    assert file.brief is not None
    (found,) = survey(file.brief, EXAMPLES / case, baseline=True, cache=Cache(None))
    assert isinstance(found, Measured)
    assert found.ladder is not None
    return found


def rung(case: str, kind: str) -> Rung:
    """One way of predicting."""
    ladder = measured(case).ladder
    assert ladder is not None
    found = ladder.rung(kind)
    assert found is not None, kind
    return found


def complete(case: str, *columns: str) -> float:
    """The share of filled cells in the emptiest of some columns; of all columns if none is named."""
    profile = measured(case).profile
    missing = [one.missing for one in profile.columns if not columns or one.name in columns]
    return 1 - max(missing) / profile.rows


@dataclass(frozen=True, kw_only=True)
class Flags:
    """How a way of flagging treats the malignant samples."""

    precision: float
    recall: float
    flagged: int
    caught: int

    @property
    def false_alarms(self) -> int:
        """Samples that are flagged and benign."""
        return self.flagged - self.caught


def flags(kind: str) -> Flags:
    """The flags of one way of predicting tumours, at the threshold that aims at the case's targets."""
    found = rung("tumour-triage", kind)
    share, precision, recall = (
        found.scores[f"{name} at the wanted point"].value
        for name in ("share flagged", "precision", "recall")
    )
    flagged = round(share * measured("tumour-triage").profile.rows)
    return Flags(
        precision=precision, recall=recall, flagged=flagged, caught=round(precision * flagged)
    )


def malignant() -> int:
    """Malignant samples."""
    label = measured("tumour-triage").label
    assert label is not None
    return dict(label.classes)["malignant"]


def error(kind: str) -> float:
    """The mean absolute error of one way of forecasting visits."""
    return rung("doctor-visits", kind).scores["mean absolute error"].value


def shortfall(kind: str, health: str) -> float:
    """The mean of visits made minus visits forecast, of people in such health."""
    (found,) = (
        one
        for one in rung("doctor-visits", kind).groups
        if (one.column, one.value, one.measure) == ("self_rated_health", health, "mean error")
    )
    return -found.score.value


def share_of_group(column: str, value: str) -> float:
    """The share of the rows of visits that are of a group."""
    label = measured("doctor-visits").label
    assert label is not None
    (found,) = (one for one in label.groups if (one.column, one.value) == (column, value))
    return found.rows / label.rows


@cache
def visits_beside() -> Mapping[str, float]:
    """What the case says of its visits and the kit has no figure for."""
    table = pd.read_csv(VISITS)
    made = table["visits"]
    busiest = made.sort_values(ascending=False).head(len(made) // 10)
    return {
        "people": table["person_id"].nunique(),
        "oldest": table["age"].max(),
        "none": made.eq(0).mean(),
        "top tenth": busiest.sum() / made.sum(),
        "between zero and one": (table["physical_limitation"] % 1).ne(0).sum(),
    }
