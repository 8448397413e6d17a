"""Step 5 against a real file: what is wrong in its columns."""

from __future__ import annotations

from collections.abc import Iterator

from kit.appraisal.wording import counted
from kit.errors import visible
from kit.rules.case import Case
from kit.rules.rule import Said, rule

_SHOWN = 30  # characters of a cell


@rule("DA413", "warning", requires=("DA401",))
def cells_of_another_kind(case: Case) -> Iterator[Said]:
    """Finds columns in which most cells are of one kind, such as numbers, and some are not.

    Why it matters: whoever loads the file either loses these cells or turns the whole column into texts. A yes-
    or-no column with fractions in it had its gaps filled with means.

    Bad:
        data: {sources: [{file: data/churn.csv}]}
        # data/churn.csv
        # tenure,left
        # 3,no
        # 5,yes
        # 7,no
        # 9,yes
        # unknown yet,no
        # 12,yes

    Good:
        data: {sources: [{file: data/churn.csv}]}
        # data/churn.csv
        # tenure,left
        # 3,no
        # 5,yes
        # 7,no
        # 9,yes
        # 11,no
        # 12,yes

    Source: AI-PM guide, step 5.
    """
    for file in case.measured:
        for column in file.profile.columns:
            if column.strange:
                yield Said(
                    case.source_of(file.file),
                    f"{file.file}: in {column.name}, {counted(column.strange, 'cell holds', 'cells hold')} no "
                    f"{column.kind}{_for_example(column.examples)}.",
                    "Find out what they mean, and write them as empty cells or in a column of their own.",
                )


@rule("DA414", "warning", requires=("DA401",))
def texts_cut_short(case: Case) -> Iterator[Said]:
    """Finds columns of texts that seem to be cut at a fixed length.

    Why it matters: an old system has room for so many characters and drops the rest without a word. What was at
    the end of a long text is what made it long.

    Bad:
        data: {sources: [{file: data/churn.csv}]}
        # data/churn.csv
        # note,left
        # complaine,yes
        # complained a,no
        # complained abo,yes
        # complained about t,no
        # complained about the ,yes
        # complained about the pric,no
        # complained about the price o,yes
        # complained about the price of ,no
        # asked for a refund because the,no
        # wanted to know why the account,no
        # could not find any of the film,no
        # said that the sound is too low,no
        # reported that the second scree,no
        # asked twice whether a pause of,no
        # was told to call again and did,no
        # asked for the bill to be sent ,no
        # moved to another country and l,no
        # wants a cheaper plan for the s,no

    Good:
        data: {sources: [{file: data/churn.csv}]}
        # data/churn.csv
        # note,left
        # complaine,yes
        # complained a,no
        # complained abo,yes
        # complained about t,no
        # complained about the ,yes
        # complained about the pric,no
        # complained about the price o,yes
        # complained about the price of t,no
        # complained about the price of the,yes
        # complained about the price of the ye,no
        # complained about the price of the yearly,yes

    Source: AI-PM guide, step 5, on legacy systems.
    """
    for file in case.measured:
        for column in file.profile.columns:
            if column.cut_at is not None:
                yield Said(
                    case.source_of(file.file),
                    f"{file.file}: {column.cut:,} texts of {column.name} are exactly {column.cut_at} characters "
                    "long, and none is longer.",
                    "Ask the system that they are from for the whole texts.",
                )


@rule("DA415", "warning", requires=("DA401",))
def one_value_in_many_spellings(case: Case) -> Iterator[Said]:
    """Finds categories in which one value stands in several spellings.

    Why it matters: each spelling is a value of its own to a model, and every count by value is wrong.

    Bad:
        data: {sources: [{file: data/churn.csv}]}
        # data/churn.csv
        # city,left
        # Berlin,no
        # berlin,yes
        # BERLIN,no
        # Bonn,yes
        # Bonn,no

    Good:
        data: {sources: [{file: data/churn.csv}]}
        # data/churn.csv
        # city,left
        # Berlin,no
        # Berlin,yes
        # Bonn,yes
        # Bonn,no

    Source: AI-PM guide, step 5.
    """
    for file in case.measured:
        for column in file.profile.columns:
            if column.spellings:
                yield Said(
                    case.source_of(file.file),
                    f"{file.file}: {column.name} holds one value in several spellings: {_groups(column.spellings)}.",
                    "Bring them to one spelling where they are written, not only in the sample.",
                )


@rule("DA416", "advice", requires=("DA401",))
def number_far_from_all_others(case: Case) -> Iterator[Said]:
    """Finds columns with a number such as 999999 or -1 that lies by itself, far from nearly all others.

    Why it matters: it is often how a system says that it does not know. To a model it is a number. Amounts, counts
    and sizes reach far by nature: the farther, the more rows there are. It is told where a power law through the
    column's median and its 95th percentile would reach so far in less than one of 1,000 such files.

    Bad:
        data: {sources: [{file: data/churn.csv}]}
        # data/churn.csv
        # tenure,left
        # 1,no
        # 2,no
        # 3,yes
        # 4,no
        # 5,no
        # 6,yes
        # 7,no
        # 8,no
        # 9,yes
        # 10,no
        # 11,no
        # 12,yes
        # 13,no
        # 14,no
        # 15,yes
        # 16,no
        # 17,no
        # 18,yes
        # 19,no
        # 20,no
        # 999999,no

    Good:
        data: {sources: [{file: data/churn.csv}]}
        # data/churn.csv
        # tenure,left
        # 1,no
        # 2,no
        # 3,yes
        # 4,no
        # 5,no
        # 6,yes
        # 7,no
        # 8,no
        # 9,yes
        # 10,no
        # 11,no
        # 12,yes
        # 13,no
        # 14,no
        # 15,yes
        # 16,no
        # 17,no
        # 18,yes
        # 19,no
        # 20,no
        # 21,yes

    Source: Clauset, Shalizi and Newman (2009), SIAM Review 51:661, on power laws in real data.
    """
    from kit.data.far_out import far_out

    for file in case.measured:
        for column in file.profile.columns:
            far = far_out(column, file.profile.looked_at)
            if far is not None:
                yield Said(
                    case.source_of(file.file),
                    f"{file.file}: {column.name} holds {far:g}, far from all but a few of its numbers.",
                    "Ask whether it stands for something else, such as not known.",
                )


def _for_example(examples: tuple[str, ...]) -> str:
    return f", for example {_cell(examples[0])}" if examples else ""


def _groups(spellings: tuple[tuple[str, ...], ...]) -> str:
    shown = ", ".join(map(_cell, spellings[0][:4]))
    return f"{shown}; and {len(spellings) - 1} more values" if len(spellings) > 1 else shown


def _cell(text: str) -> str:
    """A cell as it stands: the stop behind "France." is what sets it apart."""
    shown = visible(text)
    return f'"{shown}"' if len(shown) <= _SHOWN else f'"{shown[: _SHOWN - 3]}..."'


FILE_COLUMNS = (
    cells_of_another_kind,
    texts_cut_short,
    one_value_in_many_spellings,
    number_far_from_all_others,
)
