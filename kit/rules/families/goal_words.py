"""Step 1: the words of the goal, beside its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.appraisal.wording import points as in_points
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.aim import counts_the_rest, ends_of, in_percent_of, move_of
from kit.rules.vocabulary.language import Change, Levels, change_in, is_vague, levels_in, money_in
from kit.rules.vocabulary.model_scores import (
    AREAS,
    AT,
    ERRORS,
    F_SCORES,
    LOSSES,
    RANKINGS,
    RATES,
    TEXTS,
)
from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.wording import figure

_OUTPUT = late(
    r"^\W*(?:(?:we|our goal is|the goal is|our aim is|the aim is|i)\s+)?(?:(?:will|want|need|plan|is|are|aim)\s+)?"
    r"(?:to\s+)?(launch|build|ship|deploy|implement|develop|roll out|introduce|create|deliver|release|"
    r"integrate|migrate|install|set up|adopt|use(?! of\b)|train)\b",
    re.IGNORECASE,
)
_SCORE = late(
    rf"\b(?:{F_SCORES}|{AREAS}|{RANKINGS}|{TEXTS}|roc|leaderboard|benchmark score|mmlu)\b|"
    r"\b(?:(?:model|prediction|classification|test|validation|forecast) (?:accuracy|precision|recall|error)|"
    r"(?:accuracy|precision|recall|error) of (?:the|our|a) (?:model|classifier|forecast|prediction)s?)\b|"
    rf"^(?:{RATES}|{ERRORS}|{LOSSES}){AT}?$",
    re.IGNORECASE,
)
_ALL = 12  # digits of a number that somebody wrote
_ROUNDED = 0.05  # of the stated change: 10% may be 9.6%


@rule("GO203", "warning", requires=("GO103", "GO104"))
def statement_disagrees_with_numbers(case: Case) -> Iterator[Said]:
    """Works out the change from baseline to target, and compares it with the one in the statement.

    Why it matters: people repeat the sentence and build for the numbers. 10% of 5.0 is 0.5: from 5.0 to
    4.5. To 4.0 it is 20%, which takes a quarter of the people to be seen in an experiment, and far more to be reached.

    Bad:
        goal: {statement: Reduce customer churn by 10%, unit: "%", baseline: 5.0, target: 4.0}

    Good:
        goal: {statement: Reduce customer churn by 10%, unit: "%", baseline: 5.0, target: 4.5}

    Source: AI-PM guide, step 1; OKR template, on absolute and relative form.
    """
    statement, ends = case.brief.goal.statement, ends_of(case)
    if ends is None:
        return
    levels, message = levels_in(statement), None
    remedy = (
        "Mend the sentence or the numbers; percent of the baseline and points are not the same."
    )
    if levels and counts_the_rest(case, levels):
        message = (
            f"The statement goes from {figure(levels.start, _ALL)}% to {figure(levels.end, _ALL)}%, which is "
            f"the rest of the metric: it goes {move_of(case)}."
        )
        remedy = "Count the same thing in both."
    elif not (levels and _is_told(case, levels, ends)):
        message = _other_change(case, statement, ends) or _other_levels(case, statement, ends)
    if message:
        yield Said(path="goal.target", message=message, remedy=remedy)


@rule("GO204", "warning", requires=("GO100",))
def vague_goal_without_number(case: Case) -> Iterator[Said]:
    """Finds a statement that wants something better and says nowhere how much.

    Why it matters: "improve" is reached by any change, and by none. The sentence is what people
    remember of the goal, so the number belongs into it.

    Bad:
        goal: {statement: Improve the experience of new subscribers}

    Good:
        goal: {statement: Reduce customer churn by 10% next quarter}

    Source: AI-PM guide, step 1; OKR template.
    """
    statement = case.brief.goal.statement
    if is_vague(statement):
        yield Said(
            path="goal.statement",
            message="The statement wants something better and holds no number.",
            remedy=f"Say how much: {move_of(case)}."
            if ends_of(case)
            else "Say by how much, by when.",
        )


@rule("GO207", "warning", requires=("GO100",))
def output_as_goal(case: Case) -> Iterator[Said]:
    """Finds a goal that begins with what is made: launch, build, ship.

    Why it matters: an output is reached on the day of its launch, whether or not it helps anybody. The
    outcome is what is to be different afterwards.

    Bad:
        goal: {statement: Launch 3 AI features by the end of March}

    Good:
        goal: {statement: Cut the time to the first play by 20% after the launch of the new screen}

    Source: OKR template: a key result that starts with build or launch is an output.
    """
    statement = case.brief.goal.statement
    # A sentence that says how far a number moves holds its outcome, too.
    moves = levels_in(statement) or change_in(statement)
    if not moves and (found := _OUTPUT.match(statement)):
        yield Said(
            path="goal.statement",
            message=f'The goal begins with "{found[1].lower()}": that is an output, not an outcome.',
            remedy="Say what is to be different afterwards, for whom, and by how much.",
        )


@rule("GO208", "warning", requires=("GO101",))
def benchmark_as_goal(case: Case) -> Iterator[Said]:
    """Finds a business metric that is a score of a model.

    Why it matters: a score is a means. A model can reach it and nobody is better off; it belongs among the
    model metrics of step 4.

    Bad:
        goal: {metric: F1 score on the test set}

    Good:
        goal: {metric: share of invoices without an error}

    Source: Who owns the roadmap: a research milestone is no product milestone.
    """
    metric = case.text("goal.metric")
    if _SCORE.search(metric.strip()):
        yield Said(
            path="goal.metric",
            message=f"{metric!r} is a score of a model, not something that the business wants.",
            remedy="Name what the score is good for, and move the score to metrics.model.",
        )


def _other_change(case: Case, statement: str, ends: tuple[float, float]) -> str | None:
    """What to say where "by 10%" is another change than the numbers make."""
    stated = change_in(statement)
    if stated is None or ends[0] == 0:
        return None
    relative = abs(ends[1] - ends[0]) / abs(ends[0]) * 100
    points = abs(ends[1] - ends[0]) * 100 if in_percent_of(case) else None
    if stated.in_points and points is None:
        return None
    real = points if stated.in_points and points is not None else relative
    if abs(real - stated.amount) <= _tolerance(stated):
        return None
    also = f", or {in_points(points / 100)}" if points is not None else ""
    return f'The statement says "{stated.words}", and {move_of(case)} is {figure(relative)}%{also}.'


def _other_levels(case: Case, statement: str, ends: tuple[float, float]) -> str | None:
    """What to say where "from 12% to 10%", or "$1.2M", are other numbers than baseline and target."""
    scale = 100 if in_percent_of(case) else 1
    start, end = (one * scale for one in ends)
    levels = levels_in(statement)
    if levels and _is_of_the_metric(case, levels, start, end):
        stated = f"from {figure(levels.start, _ALL)} to {figure(levels.end, _ALL)}"
        return f"The statement goes {stated}, and the numbers {move_of(case)}."
    sums = money_in(statement)
    known = (start, end, abs(end - start))
    if sums and not levels and not any(_near(one, other) for one in sums for other in known):
        return (
            f"The statement speaks of {figure(sums[0], _ALL)}, and the numbers go {move_of(case)}."
        )
    return None


def _is_told(case: Case, levels: Levels, ends: tuple[float, float]) -> bool:
    """Whether the levels of the statement are baseline and target."""
    scale = 100 if in_percent_of(case) else 1
    return _near(levels.start, ends[0] * scale) and _near(levels.end, ends[1] * scale)


def _is_of_the_metric(case: Case, levels: Levels, start: float, end: float) -> bool:
    """Whether levels that are not the metric's were meant to be: in its percent, or with one end alike."""
    same = levels.in_percent and in_percent_of(case)
    return same or _near(levels.start, start) != _near(levels.end, end)


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= _ROUNDED * max(abs(one), abs(other))


def _tolerance(stated: Change) -> float:
    if stated.rough:
        return 0.2 * stated.amount
    return max(0.5, _ROUNDED * stated.amount) if stated.amount >= 2 else 0.1 * stated.amount


GOAL_WORDS = (
    statement_disagrees_with_numbers,
    vague_goal_without_number,
    output_as_goal,
    benchmark_as_goal,
)
