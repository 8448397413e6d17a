"""What a file showed, made up: for tests of what is said about it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from coaching import corrected, file_of, put

from kit.brief import Brief
from kit.data import Requirement, Verdict, verdicts_of
from kit.data.measured import (
    ColumnProfile,
    GroupSize,
    LabelProfile,
    Ladder,
    Measured,
    Oddity,
    Period,
    Profile,
    Question,
    Rung,
    Score,
)

FILE = "data/rows.csv"
TODAY = dt.date(2026, 11, 20)
SOURCE = {"name": "rows", "file": FILE}


def brief_with(source: dict[str, Any] | None = None, **keys: Any) -> Brief:
    """The corrected fraud case with one source, and with dotted keys set in it, `__` for a dot."""
    changes = {key.replace("__", "."): value for key, value in keys.items()}
    tree = put(corrected("fraud-detection"), {"data.sources": [{**SOURCE, **(source or {})}]})
    file = file_of(put(tree, changes))
    assert file.problems == ()
    assert file.brief is not None
    return file.brief


def column(name: str, **more: Any) -> ColumnProfile:
    """A full column of numbers, unless said otherwise."""
    return ColumnProfile(
        **{"kind": "number", "missing": 0, "strange": 0, "examples": (), "distinct": 9, **more},
        name=name,
    )


def period(first: str, last: str, *, step_days: float = 0.0) -> Period:
    """The time from one day to another."""
    return Period(
        column="day",
        first=dt.datetime.fromisoformat(first),
        last=dt.datetime.fromisoformat(last),
        unit="month",
        starts=(),
        counts=(),
        gaps=(),
        step_days=step_days,
        ordered=True,
    )


def measured(
    *columns: ColumnProfile,
    rows: int = 1_000,
    repeated: int = 0,
    failing: int = 0,
    ragged: int = 0,
    every: int = 1,
    time: Period | None = None,
    **more: Any,
) -> Measured:
    """A file with these columns; the rows that are left out are among its rows, as they are when one is read."""
    oddities = (Oddity(trait="ragged", count=ragged, says="some"),) if ragged else ()
    profile = Profile(
        rows=rows,
        every=every,
        looked_at=-(-(rows - ragged) // every),
        columns=columns,
        said=(),
        oddities=oddities,
        repeated=repeated,
        failing=failing,
        period=time,
    )
    rest = {"file": FILE, "stamp": "", "size": 1, "on": TODAY, "question": Question(), **more}
    return Measured(profile=profile, **rest)


def labelled(yes: int, no: int, *groups: tuple[str, int, int], **more: Any) -> Measured:
    """A file whose label `left` is yes in so many rows; groups of `plan` with their rows and those that are yes."""
    label = LabelProfile(
        column="left",
        task="classes",
        problem=None,
        positive="yes",
        rows=yes + no,
        missing=0,
        classes=(("no", no), ("yes", yes)),
        spread=None,
        by_time=(),
        strengths=(),
        groups=tuple(
            GroupSize(column="plan", value=name, rows=rows, positives=positives, mean=None)
            for name, rows, positives in groups
        ),
    )
    return measured(
        rows=yes + no, label=label, question=Question(label="left", groups=("plan",)), **more
    )


def scores(**values: tuple[float, float, float]) -> dict[str, Score]:
    """Figures with their intervals, by measure, `_` for a space."""
    return {
        name.replace("_", " "): Score(value=value, low=low, high=high)
        for name, (value, low, high) in values.items()
    }


def climbed(best: dict[str, Score], rule: dict[str, Score]) -> Measured:
    """A file whose quick baseline ended in boosted trees."""
    rungs = tuple(
        Rung(kind=kind, name=name, detail=detail, scores=each, groups=(), seconds=1.0)
        for kind, name, detail, each in (
            ("one column", "rule on one column", "tenure above 3", rule),
            ("linear", "logistic regression", "", best),
            ("boosting", "boosted trees", "", best),
        )
    )
    ladder = Ladder(
        task="classes",
        rows=1_000,
        drawn=1_000,
        parts="5 folds",
        how="drawn at random",
        features=("tenure",),
        left_out=(),
        rungs=rungs,
        unfinished=(),
        signal=True,
        best="boosting",
        rule="one column",
        gain=None,
    )
    return labelled(300, 700, ladder=ladder)


def verdict(requirement: Requirement, brief: Brief, *files: Measured) -> Verdict | None:
    """The only verdict of its kind; None where there is none."""
    found = [one for one in verdicts_of(brief, files) if one.requirement == requirement]
    assert len(found) <= 1
    return found[0] if found else None
