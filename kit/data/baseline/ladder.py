"""The quick baseline: from no model at all to boosted trees, each rung on the same rows and folds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from threadpoolctl import threadpool_limits

from kit.data.baseline.draws import Draws, score
from kit.data.baseline.features import Features, features_of
from kit.data.baseline.folds import Split, split_of
from kit.data.baseline.groups import LEAST, Groups, class_groups, groups_of, number_groups
from kit.data.baseline.predicting import NAMES, Clock, Predicted, Predictions, Tell, predicted
from kit.data.baseline.sample import Sample, sample_of
from kit.data.baseline.scores import FIRST, LARGER_IS_BETTER, Scores, class_scores, number_scores
from kit.data.baseline.signal import column_tells, has_signal
from kit.data.baseline.thresholds import Choice, flagged, largest_f1, reaching
from kit.data.label import target_of
from kit.data.measured import GroupScore, LabelProfile, Ladder, Question, Rung, RungKind, Score
from kit.data.reading.table import Table
from kit.numbers.domain import Array

_LEARNING = 0.8  # share of the time; the rest is for scores and their intervals


def climb(
    table: Table,
    question: Question,
    label: LabelProfile,
    *,
    seconds: float = 60.0,
    tell: Tell = lambda _what, _share: None,
    wanted: Mapping[str, float] | None = None,
) -> Ladder:
    """What can be predicted quickly and honestly, rung by rung.

    Parameters
    ----------
    table, question
        The file, and the columns that the brief names.
    label
        What `label_of` says of them; a label that can be learnt from.
    seconds
        No rung begins that would not end in time; what is not done is named.
    tell
        Told what is being done, and the share that is.
    wanted
        Shares that the brief wants at one threshold, the most important first, such as
        ``{"recall": 0.99, "precision": 0.85}``; see `thresholds.reaching`.

    Raises
    ------
    ValueError
        If the label cannot be learnt from, or something else than recall, precision and specificity is wanted.
    """
    clock = Clock(_LEARNING * seconds)
    choice = reaching(wanted) if wanted else None
    tell("setting rows apart", 0.0)
    sample = sample_of(table, question, target_of(table, question))
    features = features_of(table, question, label, sample)
    split = split_of(sample)
    # One thread: several that wait for each other on a busy machine take ten times as long. It holds for libraries
    # that are loaded by now, which is why this room imports them at the top.
    with threadpool_limits(limits=1):
        found = predicted(
            sample, features, split, clock, lambda what, share: tell(what, _LEARNING * share)
        )
        tell("scoring", _LEARNING)
        groups = groups_of(table, question, sample.rows[split.scored])
        ladder = _Scored(sample, split, groups, choice, found).ladder(features)
    tell("done", 1.0)
    return ladder


class _Scored:
    """The rungs with their scores, all on the same rows."""

    def __init__(
        self, sample: Sample, split: Split, groups: Groups, choice: Choice | None, found: Predicted
    ) -> None:
        self.sample, self.split, self.found = sample, split, found
        self.groups, self.choice = groups, choice
        self.rows = split.scored
        self.label = sample.label[self.rows]
        self.draws = Draws(len(self.rows), None if sample.keys is None else sample.keys[self.rows])
        self.first: dict[RungKind, tuple[float, Array]] = {}

    def ladder(self, features: Features) -> Ladder:
        """All that is known."""
        rungs = tuple(self._rung(one) for one in self.found.each) if self._can_be_scored() else ()
        return Ladder(
            task=self.sample.task,
            rows=len(self.rows),
            drawn=len(self.sample.rows),
            folds=self.split.words,
            features=tuple(one.column for one in features.each),
            left_out=features.left_out,
            rungs=rungs,
            unfinished=tuple(NAMES[self.sample.task][kind] for kind in self.found.unfinished),
            signal=self._signal(features) if rungs else None,
            best=self._order()[0] if rungs else None,
            gain=self._gain(),
            said=tuple(self._said(features, rungs)),
        )

    def _can_be_scored(self) -> bool:
        """Whether there are rows of both classes to compare predictions with."""
        return bool(len(self.label)) and bool(self.label.min() < self.label.max())

    def _rung(self, one: Predictions) -> Rung:
        values = one.values[self.rows]
        if self.sample.task == "classes":
            scores, groups = self._of_classes(one, values)
        else:
            scores = number_scores(self.label, values, self.draws)
            groups = tuple(number_groups(self.label, values, self.groups, self.draws))
        self.first[one.kind] = scores.each[FIRST[self.sample.task]].value, scores.first
        return Rung(
            kind=one.kind,
            name=NAMES[self.sample.task][one.kind],
            detail=one.detail,
            scores=scores.each,
            groups=groups,
            seconds=one.seconds,
        )

    def _of_classes(self, one: Predictions, values: Array) -> tuple[Scores, tuple[GroupScore, ...]]:
        flags, wanted = (
            flagged(self.split, self.sample.label, one.values, choice)[self.rows]
            if choice
            else None
            for choice in (largest_f1, self.choice)
        )
        if flags is None:
            flags = np.full(len(values), np.nan)
        scores = class_scores(self.label, values, flags, wanted, self.draws)
        shown = flags if wanted is None else wanted
        return scores, tuple(class_groups(self.label, shown, self.groups, self.draws))

    def _order(self) -> list[RungKind]:
        """The best first; of two as good, the lower one."""
        sign = -1 if LARGER_IS_BETTER[self.sample.task] else 1
        return sorted(self.first, key=lambda kind: sign * self.first[kind][0])

    def _signal(self, features: Features) -> bool | None:
        values = [one.values for one in self.found.each if one.kind != "constant"]
        found = has_signal(self.split, self.sample.label, values, self.sample.keys)
        if found is not False or not self.split.mutual or self.sample.keys is not None:
            return found
        return column_tells(features.cells[:, features.numbers], self.sample.label)

    def _gain(self) -> Score | None:
        """Of the best other rung over the rule on one column, by the same draws for both."""
        others = [kind for kind in self._order() if kind != "one column"]
        if "one column" not in self.first or not others:
            return None
        sign = 1 if LARGER_IS_BETTER[self.sample.task] else -1
        (best, bests), (rule, rules) = self.first[others[0]], self.first["one column"]
        return score(sign * (best - rule), sign * (bests - rules))

    def _said(self, features: Features, rungs: tuple[Rung, ...]) -> Iterator[str]:
        yield from self.sample.said
        yield from self.found.said
        if not features.each:
            yield "No column is left to predict from."
        if self.split.folds and not rungs:
            yield "The rows to be predicted all have the same label, so nothing could be compared."
        dates = [one.says for one in features.each if one.says != one.column]
        if dates:
            yield f"Dates were counted as {', '.join(dates[:5])}{' and others' if len(dates) > 5 else ''}."
        if self.groups.small:
            which = "1 group has" if self.groups.small == 1 else f"{self.groups.small} groups have"
            yield f"{which} fewer than {LEAST} rows and no figures of their own."
        if rungs:
            yield f"Intervals are of 95%: Wilson's for shares, else from {self.draws.words}."
