"""A table of subscribers who stay or leave, and the brief that it was drawn for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from coaching import corrected, put

FILE = "data/subscribers.csv"
FIRST = np.datetime64("2025-09-15")
LAST = np.datetime64("2026-11-19")  # the day before the tests' today
MIDDLE = np.datetime64("2026-04-18")
COUNTRIES = ("Germany", "France", "Spain", "Italy", "Poland")
PLANS = {"basic": 6.99, "standard": 10.99, "family": 15.99}
ONE_METRIC = {"name": "AUC", "baseline": "0.6", "target": "0.72", "ship_at": "0.68"}
REMARKS = (
    "asked for an invoice", "wants to pause in summer", "asked about a second screen", "sound was too low",
    "could not find a film", "changed the card", "asked for a student price", "moved to another flat",
    "wrote to thank us", "asked how to cancel", "reported a picture that froze", "wants more series in Polish",
    "called twice about the same bill", "asked for subtitles", "forgot the password and called",
    "said that a friend recommended us", "wondered why a season was gone",
)  # fmt: skip


def clean_table(seed: int, rows: int = 3_000) -> pd.DataFrame:
    """Rows about subscribers, one for each day on which one was looked at; about one in four left afterwards.

    What is known beforehand tells who leaves with an AUC of about 0.75.
    """
    rng = np.random.default_rng(seed)
    span = int((LAST - FIRST) / np.timedelta64(1, "D"))
    day = FIRST + np.linspace(0, span, rows).round().astype(int)
    tenure = 1 + rng.exponential(14, rows).astype(int).clip(max=70)
    plan = rng.choice(list(PLANS), rows, p=[0.5, 0.35, 0.15])
    hours = np.round(rng.gamma(2.2, 2.6, rows), 1)
    contacts = rng.poisson(0.8, rows)
    autopay = rng.random(rows) < 0.7
    price = np.array([PLANS[one] for one in plan]) - rng.choice(
        [0.0, 1.0, 2.0], rows, p=[0.7, 0.2, 0.1]
    )
    tells = 0.7 * contacts - 0.2 * hours - 0.03 * tenure - 0.7 * autopay + 0.5 * (plan == "basic")
    leaves = rng.random(rows) < 1 / (1 + np.exp(-tells))
    table = pd.DataFrame(
        {
            "subscriber": [f"S{one:05d}" for one in rng.integers(0, rows // 2, rows)],
            "day": np.datetime_as_string(day, unit="D"),
            "tenure": tenure,
            "plan": plan,
            "country": rng.choice(COUNTRIES, rows, p=[0.3, 0.25, 0.2, 0.15, 0.1]),
            "weekly_hours": hours,
            "contacts": contacts,
            "autopay": np.where(autopay, "yes", "no"),
            "price": np.round(price, 2),
            "notes": _remarks(rng, rows),
            "churned": np.where(leaves, "yes", "no"),
        }
    ).astype(object)
    return emptied(table, "weekly_hours", rng.random(rows) < 0.02)


def _remarks(rng: np.random.Generator, rows: int) -> list[str]:
    """What people at the telephone note down: one to three remarks."""
    return [", ".join(rng.choice(REMARKS, rng.integers(1, 4), replace=False)) for _ in range(rows)]


def brief() -> dict[str, Any]:
    """What the table was drawn for: its requirements are met by it."""
    source = {
        "name": "subscribers",
        "holds": ["tenure", "plan", "country", "weekly hours", "contacts", "autopay", "price"],
        "file": FILE,
        "time": "day",
        "entity": "subscriber",
        "history": "14 months",
        "personal": "false",
        "basis": "n/a: keys and figures only",
        "quality": {"completeness": "95%", "freshness": "48 h", "pass_rate": "99%"},
    }
    model = [
        ONE_METRIC,
        {"name": "recall", "baseline": "40%", "target": "55%", "ship_at": "45%"},
        {"name": "precision", "baseline": "30%", "target": "38%", "ship_at": "32%"},
    ]
    fairness = {
        "measure": "recall",
        "column": "country",
        "groups": list(COUNTRIES),
        "max_gap": "30 points",
    }
    changes = {
        "illustrative": "false",
        "data.sources.0": source,
        "data.label.source": "subscribers",
        "data.label.column": "churned",
        "data.label.positive": "yes",
        "data.label.delay": "30 days",
        "hypothesis.task": "classification",
        "value": {"kind": "detection", "prevalence": {"low": "20%", "high": "40%"}},
        "metrics.model": model,
        "metrics.fairness": [fairness],
    }
    return put(corrected("churn-feed"), changes)


def as_text(table: pd.DataFrame) -> str:
    """The table as a file of values between commas."""
    return table.to_csv(index=False, lineterminator="\n")


def emptied(table: pd.DataFrame, name: str, gone: np.ndarray) -> pd.DataFrame:
    return table.assign(**{name: table[name].where(~gone, None)})
