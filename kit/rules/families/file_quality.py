"""Step 5 against a real file: whether it can be read, and whether it is as good as the brief asks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.wording import first_of


@rule("DA401", "warning")
def attached_file_not_read(case: Case) -> Iterator[Said]:
    """Finds files that a source names and that cannot be read.

    Why it matters: nothing that the brief says of its data can be checked. A file is read only from the brief's
    own folder, and only as CSV, TSV, Parquet or XLSX: a stranger's brief must not open what is not its own.

    Bad:
        data: {sources: [{file: ../elsewhere/churn.csv}]}

    Good:
        data: {sources: [{file: data/churn.csv}]}
        # data/churn.csv
        # plan,churned
        # basic,no
        # full,yes

    Source: OWASP, File Upload Cheat Sheet, and Path Traversal, on files that a stranger names.
    """
    for one in case.verdicts("file"):
        yield Said(one.path, f"{one.stated} is not read: {one.measured}.", one.remedy)


@rule("DA402", "warning")
def named_column_not_in_file(case: Case) -> Iterator[Said]:
    """Finds columns that the brief names for the label, the time, the entity or the groups, and no file has.

    Why it matters: what depends on the column is not looked at, and nobody notices.

    Bad:
        data: {sources: [{file: data/churn.csv}], label: {column: churned}}
        # data/churn.csv
        # plan,left
        # basic,no
        # full,yes

    Good:
        data: {sources: [{file: data/churn.csv}], label: {column: left}}
        # data/churn.csv
        # plan,left
        # basic,no
        # full,yes

    Source: AI-PM guide, step 5.
    """
    from kit.data import named_columns

    columns = {one.file: [column.name for column in one.profile.columns] for one in case.measured}
    if len(columns) < len(case.files):
        return  # what a file that was not read holds, nobody knows
    for path, name, file in named_columns(case.brief):
        there = columns.get(file, []) if file else sorted({*chain.from_iterable(columns.values())})
        if there and name not in there:
            yield Said(
                path,
                f"{file or 'No attached file'} has {'no' if file else 'a'} column called {name}.",
                f"Choose one that is there: {first_of(there, 8)}.",
            )


@rule("DA403", "warning", requires=("DA401",))
def completeness_missed(case: Case) -> Iterator[Said]:
    """Finds sources whose file has more empty cells than the brief allows.

    Why it matters: a model learns from what is there. Where the empty cells are not spread evenly, it also
    learns who has them.

    Bad:
        data: {sources: [{holds: [plan], file: data/churn.csv, quality: {completeness: 98%}}]}
        # data/churn.csv
        # plan,left
        # basic,no
        # ,yes
        # full,yes

    Good:
        data: {sources: [{holds: [plan], file: data/churn.csv, quality: {completeness: 98%}}]}
        # data/churn.csv
        # plan,left
        # basic,no
        # basic,
        # full,yes

    Source: AI-PM guide, step 5.
    """
    for one in case.verdicts("completeness", holds=False):
        yield Said(
            one.path,
            f"{one.about}: {one.stated} is asked for, and the file has {one.measured}. {one.why}",
            "Ask why they are empty before filling them; change the target if the model can do without.",
        )


@rule("DA404", "warning", requires=("DA401",))
def pass_rate_missed(case: Case) -> Iterator[Said]:
    """Finds sources whose file has more rows that cannot be right than the brief allows.

    Why it matters: a row fails if a cell is of another kind than its column, if it repeats another row, or if it
    has too many or too few fields. Each is a fault on the way from the source that goes on in use.

    Bad:
        data: {sources: [{file: data/churn.csv, quality: {pass_rate: 99%}}]}
        # data/churn.csv
        # customer,left
        # 1,no
        # 2,yes
        # 2,yes

    Good:
        data: {sources: [{file: data/churn.csv, quality: {pass_rate: 99%}}]}
        # data/churn.csv
        # customer,left
        # 1,no
        # 2,yes
        # 3,yes

    Source: AI-PM guide, step 5.
    """
    for one in case.verdicts("pass rate", holds=False):
        yield Said(
            one.path,
            f"{one.about}: {one.stated} of the rows are to pass, and {one.measured} do. {one.why}",
            "Find where they come from, and mend it there.",
        )


@rule("DA405", "warning", requires=("DA401",))
def file_not_fresh(case: Case) -> Iterator[Said]:
    """Finds files whose newest row is older than the brief allows.

    Why it matters: either the source is not refreshed as often as it is said, or the sample is an old one, and
    what it shows may no longer be so. A worked example (`illustrative: true`) is left alone.

    Bad:
        illustrative: false
        data: {sources: [{file: data/churn.csv, time: day, quality: {freshness: 24 h}}]}
        # data/churn.csv
        # day,left
        # 2001-01-02,no
        # 2001-01-03,yes

    Good:
        illustrative: false
        data: {sources: [{file: data/churn.csv, time: day, quality: {freshness: 200 years}}]}
        # data/churn.csv
        # day,left
        # 2001-01-02,no
        # 2001-01-03,yes

    Source: AI-PM guide, step 5.
    """
    if case.brief.illustrative:
        return
    for one in case.verdicts("freshness", holds=False):
        yield Said(
            one.path,
            f"{one.about}: data is to be {one.stated}, and this is {one.measured}. {one.why}",
            "Attach a newer sample, or find out why the source is late.",
        )


@rule("DA406", "warning", requires=("DA401",))
def season_not_in_file(case: Case) -> Iterator[Said]:
    """Finds files that cover less than one cycle of the goal's metric.

    Why it matters: what happens once in the cycle is then not in the file at all, or once, which is no pattern.

    Bad:
        goal: {season: 1 year}
        data: {sources: [{file: data/churn.csv, time: day}]}
        # data/churn.csv
        # day,left
        # 2026-01-02,no
        # 2026-03-03,yes

    Good:
        goal: {season: 1 year}
        data: {sources: [{file: data/churn.csv, time: day}]}
        # data/churn.csv
        # day,left
        # 2025-01-02,no
        # 2026-03-03,yes

    Source: AI-PM guide, step 5.
    """
    for one in case.verdicts("season", holds=False):
        yield Said(
            "data.sources",
            f"The sample covers {one.measured} of the goal's cycle ({one.stated}).",
            "Attach a sample over one cycle at least, two where it can be had.",
        )


@rule("DA407", "warning", requires=("DA401",))
def personal_data_in_file(case: Case) -> Iterator[Said]:
    """Finds files that seem to hold personal data where the source does not say so.

    Why it matters: without a legal basis nobody may use it, and a sample with e-mail addresses should not lie in
    a folder that is passed around.

    Bad:
        data: {sources: [{file: data/churn.csv, personal: false, basis: }]}
        # data/churn.csv
        # contact,left
        # ann@example.org,no
        # bob@example.org,yes

    Good:
        data: {sources: [{file: data/churn.csv, personal: false, basis: }]}
        # data/churn.csv
        # contact,left
        # none,no
        # by letter,yes

    Source: GDPR, articles 4 and 6.
    """
    for one in case.verdicts("personal data", holds=False):
        yield Said(
            one.path,
            f"{one.about}: {one.why}",
            "Take it out of the sample, or say `personal: true` and on which legal basis.",
        )


@rule("DA409", "advice", requires=("DA401",))
def field_not_in_file(case: Case) -> Iterator[Said]:
    """Finds fields that a source is said to hold, where its file has some of them and not all.

    Why it matters: the hypothesis counts on them.

    Bad:
        data: {sources: [{holds: [plan, tenure], file: data/churn.csv}]}
        # data/churn.csv
        # plan,left
        # basic,no
        # full,yes

    Good:
        data: {sources: [{holds: [plan], file: data/churn.csv}]}
        # data/churn.csv
        # plan,left
        # basic,no
        # full,yes

    Source: AI-PM guide, step 5.
    """
    for one in case.verdicts("fields", holds=False):
        yield Said(
            one.path,
            f"{one.about}: {one.why}",
            "Name fields as the file does, or attach a sample that has them.",
        )


FILE_QUALITY = (
    attached_file_not_read,
    named_column_not_in_file,
    completeness_missed,
    pass_rate_missed,
    file_not_fresh,
    season_not_in_file,
    personal_data_in_file,
    field_not_in_file,
)
