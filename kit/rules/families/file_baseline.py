"""Step 5 against a real file: what the quick baseline says of the brief's targets."""

from __future__ import annotations

from collections.abc import Iterator

from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.wording import lowered


@rule("DA430", "warning", requires=("DA420",))
def rows_tell_nothing(case: Case) -> Iterator[Said]:
    """Finds files from which no quick model predicts the label better than none.

    Why it matters: either what decides is not in the file, or the label is not what it seems. More work on the
    model brings nothing as long as that is so. It is told only where the quick baseline was run.

    Bad:
        data: {sources: [{file: data/churn.csv}], label: {column: left}}
        # data/churn.csv
        # plan,left
        # basic,no
        # full,yes
        # basic,yes
        # full,no
        # (40 rows of each)

    Good:
        data: {sources: [{file: data/churn.csv}], label: {column: left}}
        # data/churn.csv
        # plan,left
        # basic,no
        # full,yes
        # basic,no
        # full,no
        # (40 rows of each)

    Source: Ojala and Garriga (2010), JMLR 11:1833, on classifiers against chance.
    """
    for file in case.measured:
        if file.ladder is not None and file.ladder.signal is False:
            yield Said(
                "data.label.column" if case.at("data.label.column") else "data.label",
                f"{file.file}: no quick model tells {file.question.label} better than chance, on "
                f"{file.ladder.rows:,} rows.",
                "Look for fields that are known in time and bear on it, or at how the label is made.",
            )


@rule("DA431", "advice", requires=("DA430",))
def rule_is_enough(case: Case) -> Iterator[Said]:
    """Finds model metrics that a rule of one column, or the last value, already brings beyond ship-at.

    Why it matters: a rule can be read, argued with and run for nothing. The brief should say what a model adds.

    Bad:
        data: {sources: [{file: data/churn.csv}], label: {column: left}}
        metrics: {model: [{name: AUC, baseline: 0.5, target: 0.85, ship_at: 0.6}]}
        # data/churn.csv
        # tenure,plan,left
        # 1,basic,yes
        # 2,full,yes
        # 8,basic,no
        # 9,full,no
        # 2,full,no
        # (40 rows of each)

    Good:
        data: {sources: [{file: data/churn.csv}], label: {column: left}}
        metrics: {model: [{name: AUC, baseline: 0.5, target: 0.995, ship_at: 0.99}]}
        # data/churn.csv
        # tenure,plan,left
        # 1,basic,yes
        # 2,full,yes
        # 8,basic,no
        # 9,full,no
        # 2,full,no
        # (40 rows of each)

    Source: Holte (1993), Machine Learning 11:63, on very simple rules.
    """
    for one in case.verdicts("rule", holds=True):
        yield Said(
            one.path,
            f"{one.about}: ship-at is {one.stated}, and {one.measured} is reached {lowered(one.why)}",
            "Ship the rule first, and say what a model has to bring beyond it.",
        )


@rule("DA432", "warning", requires=("DA430",))
def ship_at_out_of_reach(case: Case) -> Iterator[Said]:
    """Finds model metrics whose ship-at no quick model comes near on the attached file.

    Why it matters: a team with months may well do better than boosted trees out of the box, but seldom by much on
    the same table. The plan counts on data that nobody has shown yet.

    Bad:
        data: {sources: [{file: data/churn.csv}], label: {column: left}}
        metrics: {model: [{name: AUC, baseline: 0.5, target: 0.995, ship_at: 0.99}]}
        # data/churn.csv
        # tenure,plan,left
        # 1,basic,yes
        # 2,full,no
        # 8,basic,no
        # 9,full,no
        # 2,full,yes
        # (40 rows of each)

    Good:
        data: {sources: [{file: data/churn.csv}], label: {column: left}}
        metrics: {model: [{name: AUC, baseline: 0.5, target: 0.8, ship_at: 0.7}]}
        # data/churn.csv
        # tenure,plan,left
        # 1,basic,yes
        # 2,full,no
        # 8,basic,no
        # 9,full,no
        # 2,full,yes
        # (40 rows of each)

    Source: AI-PM guide, stage 3: what is solvable with this data?
    """
    for one in case.verdicts("ship-at", holds=False):
        yield Said(
            one.path,
            f"{one.about}: ship-at is {one.stated}, and {one.measured} is reached {lowered(one.why)}",
            "Say which data is still to come, or ask for less.",
        )


@rule("DA433", "advice", requires=("DA430",))
def target_out_of_reach(case: Case) -> Iterator[Said]:
    """Finds model metrics whose ship-at is within reach of a quick model, and whose target is not.

    Why it matters: the target is then what the work beyond the first model is for. It should be said where it is
    to come from.

    Bad:
        data: {sources: [{file: data/churn.csv}], label: {column: left}}
        metrics: {model: [{name: AUC, baseline: 0.5, target: 0.99, ship_at: 0.7}]}
        # data/churn.csv
        # tenure,plan,left
        # 1,basic,yes
        # 2,full,no
        # 8,basic,no
        # 9,full,no
        # 2,full,yes
        # (40 rows of each)

    Good:
        data: {sources: [{file: data/churn.csv}], label: {column: left}}
        metrics: {model: [{name: AUC, baseline: 0.5, target: 0.8, ship_at: 0.7}]}
        # data/churn.csv
        # tenure,plan,left
        # 1,basic,yes
        # 2,full,no
        # 8,basic,no
        # 9,full,no
        # 2,full,yes
        # (40 rows of each)

    Source: AI-PM guide, stage 3.
    """
    before = {one.about for one in case.verdicts("ship-at", holds=False)}
    for one in case.verdicts("target", holds=False):
        if one.about in before:
            continue
        yield Said(
            one.path,
            f"{one.about}: the target is {one.stated}, and {one.measured} is reached {lowered(one.why)}",
            "Say what is to bring the rest: more rows, other fields, a better label.",
        )


FILE_BASELINE = (
    rows_tell_nothing,
    rule_is_enough,
    ship_at_out_of_reach,
    target_out_of_reach,
)
