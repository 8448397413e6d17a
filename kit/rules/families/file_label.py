"""Step 5 against a real file: whether the label can be learnt, and which columns tell it too well."""

from __future__ import annotations

from collections.abc import Iterator

from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.wording import lowered


@rule("DA420", "error", requires=("DA401", "DA402"))
def label_cannot_be_learnt(case: Case) -> Iterator[Said]:
    """Finds labels of which a file has none, only one value, or too few of one kind.

    Why it matters: there is nothing to tell apart, so no model can be made of this file.

    Bad:
        data: {sources: [{file: data/churn.csv}], label: {column: left}}
        # data/churn.csv
        # plan,left
        # basic,no
        # full,no
        # (20 rows of each)

    Good:
        data: {sources: [{file: data/churn.csv}], label: {column: left}}
        # data/churn.csv
        # plan,left
        # basic,no
        # full,yes
        # (20 rows of each)

    Source: AI-PM guide, step 5.
    """
    for one in case.verdicts("label", holds=False):
        yield Said(
            one.path,
            f"Nothing can be learnt from the label {one.stated}: {lowered(one.why)}",
            "Attach a sample that holds both kinds, or name the column or its value that counts as yes.",
        )


@rule("DA421", "warning", requires=("DA420",))
def class_share_differs_from_file(case: Case) -> Iterator[Said]:
    """Finds a stated share of true cases that the file does not bear out, beyond chance.

    Why it matters: precision, workload and value hang on the share. Often both are right and the file is a
    collection, in which the rare cases are more frequent than in use; then it must not be measured as if it were.

    Bad:
        value: {prevalence: 2%}
        data: {sources: [{file: data/churn.csv}], label: {column: left}}
        # data/churn.csv
        # plan,left
        # basic,no
        # full,yes
        # (40 rows of each)

    Good:
        value: {prevalence: 50%}
        data: {sources: [{file: data/churn.csv}], label: {column: left}}
        # data/churn.csv
        # plan,left
        # basic,no
        # full,yes
        # (40 rows of each)

    Source: Saerens, Latinne and Decaestecker (2002), Neural Computation 14:21.
    """
    for one in case.verdicts("class share", holds=False):
        yield Said(
            one.path,
            f"The brief counts on {one.stated} true cases, and the file has {one.measured}: {one.why}",
            "Say which of the two holds in use; weigh the test set by it.",
        )


@rule("DA422", "warning", requires=("DA420",))
def too_few_cases_in_file(case: Case) -> Iterator[Said]:
    """Finds model metrics that the file has too few cases to test.

    Why it matters: whether the target is met cannot then be told from the test, whatever its result.

    Bad:
        data: {sources: [{file: data/churn.csv}], label: {column: left}}
        metrics: {model: [{name: recall, baseline: 50%, target: 90%, ship_at: 85%}]}
        # data/churn.csv
        # plan,left
        # basic,no
        # full,yes
        # (15 rows of each)

    Good:
        data: {sources: [{file: data/churn.csv}], label: {column: left}}
        metrics: {model: [{name: recall, baseline: 50%, target: 90%, ship_at: 85%}]}
        # data/churn.csv
        # plan,left
        # basic,no
        # full,yes
        # (900 rows of each)

    Source: Cochran (1977), Sampling Techniques, chapter 4, on the size of a sample.
    """
    for one in case.verdicts("cases", holds=False):
        yield Said(one.path, one.why, "Label more of these cases, or ask for less.")


@rule("DA423", "advice", requires=("DA420",))
def groups_too_small_in_file(case: Case) -> Iterator[Said]:
    """Finds groups of which the file holds too few to show the largest gap that is allowed.

    Why it matters: that no gap is seen then says nothing.

    Bad:
        data: {sources: [{file: data/churn.csv}], label: {column: left}}
        metrics:
          model: [{name: recall, baseline: 50%, target: 90%, ship_at: 85%}]
          fairness: [{measure: recall, column: plan, groups: [basic, full], max_gap: 3 points}]
        # data/churn.csv
        # plan,left
        # basic,no
        # full,yes
        # basic,yes
        # full,no
        # (20 rows of each)

    Good:
        data: {sources: [{file: data/churn.csv}], label: {column: left}}
        metrics:
          model: [{name: recall, baseline: 50%, target: 90%, ship_at: 85%}]
          fairness: [{measure: recall, column: plan, groups: [basic, full], max_gap: 30 points}]
        # data/churn.csv
        # plan,left
        # basic,no
        # full,yes
        # basic,yes
        # full,no
        # (120 rows of each)

    Source: Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, chapter 4.
    """
    for one in case.verdicts("groups", holds=False):
        yield Said(
            one.path,
            f"{one.about}: it takes {one.stated}, and the file has {one.measured}. {one.why}",
            "Collect more of the small groups before the gap is judged.",
        )


@rule("DA424", "warning", requires=("DA420",))
def column_tells_the_label(case: Case) -> Iterator[Said]:
    """Finds columns that tell the label nearly without error by themselves.

    Why it matters: such a column was most often filled because the outcome had happened: a reason for leaving, a
    closing date, a code of the final report. In use it is empty, and the model that shone in the lab knows
    nothing. Columns that the source lists as filled `later` are left alone.

    Bad:
        data: {sources: [{file: data/churn.csv}], label: {column: left}}
        # data/churn.csv
        # plan,reason,left
        # basic,,no
        # full,,no
        # basic,price,yes
        # full,moved,yes
        # (20 rows of each)

    Good:
        data: {sources: [{file: data/churn.csv, later: [reason]}], label: {column: left}}
        # data/churn.csv
        # plan,reason,left
        # basic,,no
        # full,,no
        # basic,price,yes
        # full,moved,yes
        # (20 rows of each)

    Source: Kaufman, Rosset and Perlich (2012), ACM TKDD 6(4):15, on leakage.
    """
    from kit.data import leaks

    for file in case.measured:
        label = file.label
        if label is None:
            continue
        for one in leaks(label):
            if one.column in file.question.later:
                continue
            how = "its values, one by one," if one.unordered else "its value"
            how = "whether it is filled" if one.by == "absence" else how
            yield Said(
                case.source_of(file.file),
                f"{file.file}: {one.column} tells the label {label.column} nearly by "
                f"itself: {how} has {_an(one.measure)} {one.measure} of {one.value:.3f}.",
                f"If it is filled only after the outcome, list it: `later: [{one.column}]`; else say why it is known.",
            )


def _an(measure: str) -> str:
    return "an" if measure == "AUC" else "a"


FILE_LABEL = (
    label_cannot_be_learnt,
    class_share_differs_from_file,
    too_few_cases_in_file,
    groups_too_small_in_file,
    column_tells_the_label,
)
