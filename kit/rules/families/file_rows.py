"""Step 5 against a real file: what is wrong with its rows."""

from __future__ import annotations

from collections.abc import Iterator

from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.wording import first_of

_HARMLESS = ("layout", "sheet")  # nothing of the table is lost


@rule("DA410", "warning", requires=("DA401",))
def file_read_with_losses(case: Case) -> Iterator[Said]:
    """Finds files of which rows were left out, or which had to be read in a way that somebody should know of.

    Why it matters: rows with too many or too few fields are left out, and headings that repeat are numbered. Who
    reads the same file with another tool may see other data, and not be told.

    Bad:
        data: {sources: [{file: data/churn.csv}]}
        # data/churn.csv
        # plan,left
        # basic,no
        # full,yes,again
        # basic,no
        # full,yes
        # full,no

    Good:
        data: {sources: [{file: data/churn.csv}]}
        # data/churn.csv
        # plan,left
        # basic,no
        # full,yes
        # basic,yes
        # full,no

    Source: AI-PM guide, step 5.
    """
    for file in case.measured:
        for oddity in file.profile.oddities:
            if oddity.trait not in _HARMLESS:
                lines = f" Line {', '.join(map(str, oddity.lines))}." if oddity.lines else ""
                yield Said(
                    case.source_of(file.file),
                    f"{file.file}: {oddity.says}{lines}",
                    "Look at the file where it is said, and mend what writes it.",
                )


@rule("DA411", "warning", requires=("DA401",))
def rows_that_repeat(case: Case) -> Iterator[Said]:
    """Finds rows that equal an earlier one, cell by cell.

    Why it matters: a repeated row counts twice in every figure. If one of two equal rows is learnt from and the
    other tested on, the model looks better than it is.

    Bad:
        data: {sources: [{file: data/churn.csv}]}
        # data/churn.csv
        # customer,left
        # 1,no
        # 2,yes
        # 2,yes
        # 3,no

    Good:
        data: {sources: [{file: data/churn.csv}]}
        # data/churn.csv
        # customer,left
        # 1,no
        # 2,yes
        # 3,yes
        # 4,no

    Source: Kapoor and Narayanan (2023), Patterns 4:100804, on leakage.
    """
    from kit.data import repeats

    for file in case.measured:
        profile = file.profile
        if count := repeats(profile):
            yield Said(
                case.source_of(file.file),
                f"{file.file}: {count:,} of {profile.looked_at:,} rows {'repeats' if count == 1 else 'repeat'} "
                "an earlier one.",
                "Find out whether they are the same thing, and keep one of each.",
            )


@rule("DA412", "advice", requires=("DA401",))
def column_of_one_value(case: Case) -> Iterator[Said]:
    """Finds columns that hold one and the same value in every row, or nothing at all.

    Why it matters: such a column tells nothing. That it is there may say that the sample was drawn from one place
    or one kind of case.

    Bad:
        data: {sources: [{file: data/churn.csv}]}
        # data/churn.csv
        # country,plan,left
        # DE,basic,no
        # DE,full,yes
        # DE,basic,yes

    Good:
        data: {sources: [{file: data/churn.csv}]}
        # data/churn.csv
        # country,plan,left
        # DE,basic,no
        # FR,full,yes
        # DE,basic,yes

    Source: AI-PM guide, step 5.
    """
    for file in case.measured:
        same = [
            one.name
            for one in file.profile.columns
            if one.kind == "empty" or (one.distinct == 1 and not one.missing and not one.strange)
        ]
        if same and file.profile.looked_at > 1:
            yield Said(
                case.source_of(file.file),
                f"{file.file}: the same in every row, or empty: {first_of(same)}.",
                "Ask whether the sample holds all that it should; leave such columns out.",
            )


FILE_ROWS = (
    file_read_with_losses,
    rows_that_repeat,
    column_of_one_value,
)
