"""What goes wrong with a table: functions from a clean one to one that holds the fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd
from planted_table import COUNTRIES, FIRST, MIDDLE, PLANS, emptied

Plant = Callable[[pd.DataFrame, np.random.Generator], pd.DataFrame]


def left(table: pd.DataFrame) -> np.ndarray:
    return (table["churned"] == "yes").to_numpy()


def days(table: pd.DataFrame) -> np.ndarray:
    return table["day"].to_numpy().astype("datetime64[D]")


def column(name: str, made: Callable[[pd.DataFrame, np.random.Generator], Any]) -> Plant:
    """A column more, or another one in the place of one that is there."""
    return lambda table, rng: table.assign(**{name: made(table, rng)})


def for_the_left(values: Callable[[pd.DataFrame, np.random.Generator], Iterable[Any]]) -> Any:
    """Cells that are filled for those alone who left."""
    return lambda table, rng: pd.Series(list(values(table, rng)), dtype=object).where(
        left(table), None
    )


def closed(table: pd.DataFrame, rng: np.random.Generator) -> Iterable[str]:
    later = days(table) - rng.integers(0, 20, len(table)).astype("timedelta64[D]")
    return np.datetime_as_string(later, unit="D")


def flipped(table: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    wrong = rng.random(len(table)) < 0.01
    return np.where(left(table) ^ wrong, "open", "closed")


def shifted(table: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    return np.round(rng.normal(50, 5, len(table)) + 50 * left(table), 2)


def repeated(share: float) -> Plant:
    def plant(table: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
        count = round(share * len(table))
        again = table.iloc[rng.choice(len(table) - 1, count, replace=False)]
        return pd.concat([table, again]).sort_values("day", kind="stable")

    return plant


def dearer(table: pd.DataFrame, _: np.random.Generator) -> pd.Series:
    return table["price"].where(days(table) < MIDDLE, (table["price"] * 1.5).astype(float).round(2))


def moved_mix(table: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    other = rng.choice(list(PLANS), len(table), p=[0.15, 0.3, 0.55])
    return np.where(days(table) < MIDDLE, table["plan"], other)


def addresses(share: float) -> Callable[[pd.DataFrame, np.random.Generator], list[str | None]]:
    def made(table: pd.DataFrame, rng: np.random.Generator) -> list[str | None]:
        given = rng.random(len(table)) < share
        return [f"person{at}@example.org" if one else None for at, one in enumerate(given.tolist())]

    return made


def address_in_notes(table: pd.DataFrame, rng: np.random.Generator) -> list[str]:
    some = set(rng.choice(len(table), 12, replace=False).tolist())
    return [
        f"{note}; answer to p.{at}@example.org, please" if at in some else note
        for at, note in enumerate(table["notes"])
    ]


def phones(table: pd.DataFrame, rng: np.random.Generator) -> list[str]:
    return [f"+49 30 {one:07d}" for one in rng.integers(1_000_000, 9_999_999, len(table)).tolist()]


def gone(name: str, share: float, since: str | None = None) -> Plant:
    """A column with empty cells, in all rows or in those from a day on."""

    def plant(table: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
        late = days(table) >= np.datetime64(since or FIRST)
        return emptied(table, name, late & (rng.random(len(table)) < share))

    return plant


def without(start: str, end: str) -> Plant:
    """No row from one day to the day before another."""

    def plant(table: pd.DataFrame, _: np.random.Generator) -> pd.DataFrame:
        day = days(table)
        return table[(day < np.datetime64(start)) | (day >= np.datetime64(end))]

    return plant


def spelled(table: pd.DataFrame, rng: np.random.Generator) -> list[str]:
    ways = (str, str.upper, str.lower, lambda word: f"{word}.")
    pick = rng.choice(4, len(table), p=[0.85, 0.05, 0.05, 0.05])
    return [ways[way](word) for way, word in zip(pick, table["country"], strict=True)]


def some_cells(name: str, value: Any, count: int) -> Plant:
    """A few cells of a column with a value that should not be there."""

    def plant(table: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
        hit = np.zeros(len(table), bool)
        hit[rng.choice(len(table), count, replace=False)] = True
        return table.assign(**{name: table[name].where(~hit, value)})

    return plant


def plans_of_renewal(table: pd.DataFrame, rng: np.random.Generator) -> list[str]:
    past = (days(table) - rng.integers(1, 300, len(table)).astype("timedelta64[D]")).tolist()
    ahead = set(rng.choice(len(table), 25, replace=False).tolist())
    return ["2027-06-30" if at in ahead else one.isoformat() for at, one in enumerate(past)]


def ragged(at: Iterable[int]) -> Callable[[str], str]:
    """A comma too many in some lines."""

    def damaged(text: str) -> str:
        lines = text.split("\n")
        for one in at:
            lines[one] += ",so he said"
        return "\n".join(lines)

    return damaged


def few_left(table: pd.DataFrame, rng: np.random.Generator, count: int) -> np.ndarray:
    chosen = np.zeros(len(table), bool)
    chosen[rng.choice(len(table), count, replace=False)] = True
    return np.where(chosen, "yes", "no")


def fewer_of_poland(table: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    other = rng.choice(COUNTRIES[:4], len(table))
    kept = np.zeros(len(table), bool)
    kept[rng.choice(len(table), 20, replace=False)] = True
    return np.where(kept, "Poland", other)


def by_contacts(table: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """A label that hangs on one column alone, with slips."""
    slips = rng.random(len(table)) < 0.1
    return np.where((table["contacts"].to_numpy(int) >= 2) ^ slips, "yes", "no")


def counted_otherwise(table: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """From one day on, six in ten of those who stay are counted among those who left."""
    more = (days(table) >= MIDDLE) & (rng.random(len(table)) < 0.6)
    return np.where(left(table) | more, "yes", "no")
