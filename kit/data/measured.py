"""What a file showed: plain results that travel from the child process to the brief, and into the cache."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from kit.data.read_as import AS_IT_STANDS, AS_TEXT, Form, Oddity, ReadAs

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Kind = Literal["number", "yes or no", "date", "category", "text", "empty"]
Task = Literal["classes", "numbers"]


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How the numbers of a column are spread."""

    low: float
    p5: float
    median: float
    p95: float
    high: float
    mean: float
    sd: float
    outliers: int  # beyond three interquartile ranges from the quartiles (Tukey's "far out")


@dataclass(frozen=True, kw_only=True)
class Span:
    """The days of a column of dates."""

    first: dt.datetime
    last: dt.datetime
    future: int  # later than the day of measuring


@dataclass(frozen=True, kw_only=True)
class Drift:
    """How far a column has moved from the earlier to the later half of the rows."""

    index: float  # population stability index
    by_chance: float  # what it exceeds in one of twenty columns that have not moved


@dataclass(frozen=True, kw_only=True)
class ColumnProfile:
    """One column of a file."""

    name: str
    kind: Kind
    missing: int
    strange: int  # cells that are there and not of the kind
    examples: tuple[str, ...]  # a few of these; none where they may be personal
    distinct: int  # values
    notes: tuple[str, ...] = ()  # how its cells were read: "decimal comma"
    form: Form = AS_IT_STANDS  # the same as facts
    spread: Spread | None = None
    span: Span | None = None
    common: tuple[tuple[str, int], ...] = ()  # most frequent values of a category, with counts
    spellings: tuple[tuple[str, ...], ...] = ()  # values that seem to mean the same
    cut_at: int | None = None  # characters that texts seem to be cut at
    cut: int = 0  # texts of that length
    personal: str | None = None  # what seems to be in it: "e-mail addresses"
    personal_cells: int = 0  # cells that look so; 0 where only the column's name does
    missing_by_time: tuple[float, ...] = ()  # share of cells, for each of the period's units
    drift: Drift | None = None  # None without a time, or with too few rows


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A stretch of time without a row, much longer than usual between two."""

    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Period:
    """The time that a file covers."""

    column: str
    first: dt.datetime
    last: dt.datetime
    unit: Literal["hour", "day", "week", "month", "quarter", "year"]  # of the counts
    starts: tuple[dt.datetime, ...]  # of each such unit
    counts: tuple[int, ...]  # rows in each
    gaps: tuple[Gap, ...]
    ordered: bool  # whether the rows stand in the order of their time
    step_days: float  # from one moment to the next, where all steps are much the same; else 0

    @property
    def days(self) -> float:
        """Days that are covered: twelve months' rows cover a year, though their dates lie eleven months apart."""
        return (self.last - self.first).total_seconds() / 86_400 + self.step_days


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A file as a whole."""

    rows: int  # in the file
    every: int  # of so many rows one was looked at
    looked_at: int  # rows
    columns: tuple[ColumnProfile, ...]
    said: tuple[str, ...]  # how it was read: encoding, delimiter
    oddities: tuple[Oddity, ...]
    repeated: int  # rows that equal an earlier one
    failing: int  # rows with a cell that is not of its column's kind
    period: Period | None  # None without a column of dates
    read_as: ReadAs = AS_TEXT  # how it was read, as facts


@dataclass(frozen=True, kw_only=True)
class Question:
    """What to look for in a file: columns that the brief names, each as in the file."""

    label: str | None = None  # what is to be predicted
    positive: str | None = None  # the label's value that counts as yes, as it stands in the file
    time: str | None = None  # when a row happened
    entity: str | None = None  # whom or what a row is about
    later: tuple[str, ...] = ()  # columns that are filled only after the prediction
    groups: tuple[str, ...] = ()  # columns whose values are compared for fairness
    delay_days: float = 0.0  # until the label of a row is known
    # Recall and precision that the brief aims at, in its order, and those that it would ship at: ("recall", 0.99).
    wanted: tuple[tuple[str, float], ...] = ()
    ship_at: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Strength:
    """How well one column by itself tells the label."""

    column: str
    by: Literal["value", "absence"]  # its values, or whether it is filled at all
    measure: Literal["AUC", "rank correlation"]
    value: float  # AUC from 0.5 to 1, whatever its direction; |Spearman's rho| from 0 to 1
    low: float  # 95% interval
    high: float
    values: int = 0  # that were told apart; 2 for absence
    unordered: bool = False  # numbers, but told apart one by one: their order tells far less
    most: float = 1.0  # that ties in the label let a rank correlation reach
    # By absence: the largest share of one class (of 60% of all rows at most) among the rows that are filled, or
    # that are not; lower end of its 95% interval.
    sure: float = 0.0


@dataclass(frozen=True, kw_only=True)
class GroupSize:
    """One group of rows."""

    column: str
    value: str
    rows: int
    positives: int | None  # rows with the label's yes; None where the label is a number
    mean: float | None  # of the label, where it is a number


@dataclass(frozen=True, kw_only=True)
class LabelProfile:
    """The label in the file."""

    column: str
    task: Task | None  # None where nothing can be learnt from it, which `problem` says
    problem: str | None
    positive: str | None  # the value that counts as yes
    rows: int  # with a label
    missing: int
    # Values with their rows, most frequent first; none for numbers.
    classes: tuple[tuple[str, int], ...]
    spread: Spread | None  # of a label that is a number
    by_time: tuple[float | None, ...]  # share of yes, or mean, in each of the profile's periods
    strengths: tuple[Strength, ...]  # strongest first
    groups: tuple[GroupSize, ...]


@dataclass(frozen=True, kw_only=True)
class Score:
    """A figure with its 95% interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class GroupScore:
    """A figure for one group."""

    column: str
    value: str
    rows: int
    measure: str
    score: Score


# What is counted at a threshold that aims at the brief's targets, or at its ship-ats.
AT_WANTED, AT_SHIP = " at the wanted point", " at the ship-at point"
RungKind = Literal["constant", "median", "last value", "one column", "linear", "boosting"]
RULES: tuple[RungKind, ...] = ("constant", "median", "last value", "one column")  # no models
# The measure that rungs are put in order by.
FIRST: dict[Task, str] = {"classes": "AUC", "numbers": "mean absolute error"}
LARGER_IS_BETTER: dict[Task, bool] = {"classes": True, "numbers": False}


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One way of predicting, scored on rows that it has not seen."""

    kind: RungKind
    name: str  # "logistic regression"
    detail: str  # "worst_radius above 16.8"; empty where there is nothing to say
    scores: dict[str, Score]  # by the measures of `kit.data.baseline.scores`
    groups: tuple[GroupScore, ...]
    seconds: float

    def score(self, name: str) -> Score | None:
        """A figure by its measure: at the threshold that the brief's own targets ask for, if they do."""
        return self.scores.get(f"{name}{AT_WANTED}") or self.scores.get(name)

    def at_ship(self, name: str) -> Score | None:
        """A figure at the threshold that the brief's ship-ats ask for; as `score` where they ask for none."""
        return self.scores.get(f"{name}{AT_SHIP}") or self.score(name)


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """The quick baseline: from no model at all to boosted trees."""

    task: Task
    rows: int  # that were predicted
    drawn: int  # rows that were drawn from the file for it
    parts: str  # that rows were set apart in: "5 folds"
    how: str  # they were: "by person_id"
    features: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]  # columns that were not used, each with the reason
    rungs: tuple[Rung, ...]
    unfinished: tuple[str, ...]  # rungs that the time did not suffice for
    signal: bool | None  # whether the rows tell anything of the label; None: cannot be said
    best: RungKind | None
    rule: RungKind | None  # the better of `RULES`
    gain: Score | None  # of the best other over that rule, in the first measure; above 0 is better
    said: tuple[str, ...] = ()  # what else was decided, left out or noticed on the way

    def rung(self, kind: RungKind | None) -> Rung | None:
        """A rung by its kind; None where there is none."""
        return next((one for one in self.rungs if one.kind == kind), None)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """All that a file showed."""

    file: str  # as the brief names it
    stamp: str  # SHA-256 of the file
    size: int  # bytes
    on: dt.date  # day of measuring
    question: Question
    profile: Profile
    label: LabelProfile | None = None  # None without a label column
    ladder: Ladder | None = None  # None where it was not asked for, or cannot be made

    def without_baseline(self) -> Measured:
        """The same without what only the quick baseline shows."""
        return self if self.ladder is None else replace(self, ladder=None)


def as_json(measured: Measured) -> dict[str, Any]:
    """A result as plain values."""
    return dict(_adapter().dump_python(measured, mode="json"))


def from_json(values: Any) -> Measured:
    """The result in plain values.

    Raises
    ------
    pydantic.ValidationError
        If they are none.
    """
    return _adapter().validate_python(values)


@cache
def _adapter() -> TypeAdapter[Measured]:
    from pydantic import TypeAdapter

    return TypeAdapter(Measured)
