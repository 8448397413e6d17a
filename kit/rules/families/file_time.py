"""Step 5 against a real file: the time that it covers, and what changes in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kit.appraisal.wording import counted
from kit.rules.case import Case
from kit.rules.rule import Said, rule

if TYPE_CHECKING:
    from kit.data.measured import Gap


@rule("DA417", "warning", requires=("DA401",))
def hole_in_time(case: Case) -> Iterator[Said]:
    """Finds stretches of time without a row, many times as long as between any other two.

    Why it matters: either nothing happened, or nothing was written down. A model takes both for the same.

    Bad:
        data: {sources: [{file: data/churn.csv, time: day}]}
        # data/churn.csv
        # day,left
        # 2026-01-01,no
        # 2026-01-02,no
        # 2026-01-03,yes
        # 2026-01-04,no
        # 2026-01-05,no
        # 2026-01-06,yes
        # 2026-01-07,no
        # 2026-01-08,no
        # 2026-01-09,yes
        # 2026-01-10,no
        # 2026-01-11,no
        # 2026-01-12,yes
        # 2026-01-13,no
        # 2026-01-14,no
        # 2026-01-15,yes
        # 2026-01-16,no
        # 2026-01-17,no
        # 2026-01-18,yes
        # 2026-01-19,no
        # 2026-01-20,no
        # 2026-01-21,yes
        # 2026-01-22,no
        # 2026-01-23,no
        # 2026-01-24,yes
        # 2026-04-01,no
        # 2026-04-02,no
        # 2026-04-03,yes
        # 2026-04-04,no
        # 2026-04-05,no
        # 2026-04-06,yes
        # 2026-04-07,no
        # 2026-04-08,no

    Good:
        data: {sources: [{file: data/churn.csv, time: day}]}
        # data/churn.csv
        # day,left
        # 2026-01-01,no
        # 2026-01-02,no
        # 2026-01-03,yes
        # 2026-01-04,no
        # 2026-01-05,no
        # 2026-01-06,yes
        # 2026-01-07,no
        # 2026-01-08,no
        # 2026-01-09,yes
        # 2026-01-10,no
        # 2026-01-11,no
        # 2026-01-12,yes
        # 2026-01-13,no
        # 2026-01-14,no
        # 2026-01-15,yes
        # 2026-01-16,no
        # 2026-01-17,no
        # 2026-01-18,yes
        # 2026-01-19,no
        # 2026-01-20,no
        # 2026-01-21,yes
        # 2026-01-22,no
        # 2026-01-23,no
        # 2026-01-24,yes
        # 2026-01-25,no
        # 2026-01-26,no
        # 2026-01-27,yes
        # 2026-01-28,no
        # 2026-01-29,no
        # 2026-01-30,yes

    Source: AI-PM guide, step 5.
    """
    for file in case.measured:
        period = file.profile.period
        if period is None:
            continue
        for gap in period.gaps:
            yield Said(
                case.source_of(file.file),
                f"{file.file}: no row between {_between(gap)} ({period.column}).",
                "Find out whether nothing happened or nothing was written down.",
            )


@rule("DA418", "warning", requires=("DA401",))
def column_drifts(case: Case) -> Iterator[Said]:
    """Finds columns whose values in the later half of the rows are spread otherwise than in the earlier one.

    Why it matters: a model that learnt from the earlier half meets other data. It is told where the population
    stability index is above 0.25 and above what chance makes of so many rows.

    Bad:
        data: {sources: [{file: data/churn.csv, time: day}]}
        # data/churn.csv
        # day,plan,left
        # 2026-01-05,basic,no
        # 2026-01-05,basic,yes
        # 2026-03-05,full,no
        # 2026-03-05,full,yes
        # (100 rows of each)

    Good:
        data: {sources: [{file: data/churn.csv, time: day}]}
        # data/churn.csv
        # day,plan,left
        # 2026-01-05,basic,no
        # 2026-01-05,full,yes
        # 2026-03-05,basic,yes
        # 2026-03-05,full,no
        # (100 rows of each)

    Source: Siddiqi (2006), Credit Risk Scorecards; Yurdakul (2018) on what chance makes.
    """
    from kit.data import moved
    from kit.data.jumps import jump_of

    for file in case.measured:
        for name, drift in moved(file.profile):
            if name == file.question.label and jump_of(file) is not None:
                continue  # DA425 says more of it
            yield Said(
                case.source_of(file.file),
                f"{file.file}: {name} has moved between the earlier and the later half of the rows "
                f"(PSI {drift.index:.2f}, by chance up to {drift.by_chance:.2f}).",
                "Find out what changed; learn from the time after it, or expect to learn anew.",
            )


@rule("DA419", "warning", requires=("DA401",))
def date_in_the_future(case: Case) -> Iterator[Said]:
    """Finds dates that are later than the day on which the file was measured.

    Why it matters: what has not happened yet cannot be in the data: the date is a plan, a default, or read in the
    wrong order of day and month.

    Bad:
        data: {sources: [{file: data/churn.csv}]}
        # data/churn.csv
        # day,left
        # 2026-01-02,no
        # 2999-12-31,yes

    Good:
        data: {sources: [{file: data/churn.csv}]}
        # data/churn.csv
        # day,left
        # 2026-01-02,no
        # 2026-01-31,yes

    Source: AI-PM guide, step 5.
    """
    for file in case.measured:
        for column in file.profile.columns:
            if column.span is None or column.name in file.question.later:
                continue
            if column.span.future:
                yield Said(
                    case.source_of(file.file),
                    f"{file.file}: in {column.name}, {counted(column.span.future, 'date is', 'dates are')} later "
                    f"than {file.on}, "
                    f"the last is {column.span.last:%Y-%m-%d}.",
                    "Find out what they mean; leave the column out if it is known only later.",
                )


@rule("DA425", "warning", requires=("DA420",))
def label_jumps_with_time(case: Case) -> Iterator[Said]:
    """Finds labels whose share of yes, or whose mean, jumps from one period to the next and stays there.

    Why it matters: people seldom change in a day, and definitions, forms and systems do. A model that learns from
    both sides learns two different things under one name. It is told from half a standard deviation on, beyond
    what chance makes of all periods, and at least twice as large as any other change: a trend or a season is none.

    Bad:
        data: {sources: [{file: data/churn.csv, time: day}], label: {column: left}}
        # data/churn.csv
        # day,left
        # 2026-01-15,no
        # 2026-01-15,no
        # 2026-01-15,yes
        # 2026-02-15,no
        # 2026-02-15,no
        # 2026-02-15,yes
        # 2026-03-15,no
        # 2026-03-15,no
        # 2026-03-15,yes
        # 2026-04-15,yes
        # 2026-04-15,yes
        # 2026-04-15,no
        # 2026-05-15,yes
        # 2026-05-15,yes
        # 2026-05-15,no
        # 2026-06-15,yes
        # 2026-06-15,yes
        # 2026-06-15,no
        # (60 rows of each)

    Good:
        data: {sources: [{file: data/churn.csv, time: day}], label: {column: left}}
        # data/churn.csv
        # day,left
        # 2026-01-15,no
        # 2026-01-15,yes
        # 2026-02-15,yes
        # 2026-02-15,no
        # 2026-03-15,no
        # 2026-03-15,yes
        # 2026-04-15,yes
        # 2026-04-15,no
        # 2026-05-15,no
        # 2026-05-15,yes
        # 2026-06-15,yes
        # 2026-06-15,no
        # (60 rows of each)

    Source: Cohen (1988) on the size of effects; Chinn (2000), Statistics in Medicine 19:3127, for shares.
    """
    from kit.data.jumps import jump_of

    for file in case.measured:
        jump = jump_of(file)
        if jump is None or file.label is None:
            continue
        label = file.label
        if label.task == "classes":
            what = f"the share of {label.positive} in {label.column}"
            how = f"from {jump.before:.1%} to {jump.after:.1%}"
        else:
            what = f"the mean of {label.column}"
            how = f"from {jump.before:.4g} to {jump.after:.4g}"
        yield Said(
            case.source_of(file.file),
            f"{file.file}: {what} jumps {how} at about {jump.since:%Y-%m-%d}, and stays there.",
            "Find out what changed: what counts, who labels, which rows are kept, or that of later rows the outcome "
            "is not known yet. Learn from the time after it, or bring both to one meaning.",
        )


def _between(gap: Gap) -> str:
    """The ends of a stretch of time, with the time of day where it is short."""
    form = "%Y-%m-%d" if gap.end - gap.start >= dt.timedelta(days=2) else "%Y-%m-%d %H:%M"
    return f"{gap.start:{form}} and {gap.end:{form}}"


FILE_TIME = (
    hole_in_time,
    column_drifts,
    date_in_the_future,
    label_jumps_with_time,
)
