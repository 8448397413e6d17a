"""The quick baseline: from no model at all to boosted trees, each rung on the same rows and folds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from threadpoolctl import threadpool_limits

from kit.data.baseline.draws import Draws, score
from kit.data.baseline.features import Features, features_of
from kit.data.baseline.folds import Split, split_of
from kit.data.baseline.groups import LEAST, Groups, class_groups, groups_of, number_groups
from kit.data.baseline.predicting import NAMES, Clock, Predicted, Predictions, Tell, predicted
from kit.data.baseline.sample import Sample, sample_of
from kit.data.baseline.scores import Scores, class_scores, number_scores
from kit.data.baseline.signal import column_tells, has_signal
from kit.data.baseline.thresholds import Choice, curve_of, flagged, largest_f1, reaching
from kit.data.far_out import far_out
from kit.data.label import target_of
from kit.data.measured import (
    AT_SHIP,
    AT_WANTED,
    FIRST,
    LARGER_IS_BETTER,
    RULES,
    GroupScore,
    LabelProfile,
    Ladder,
    Profile,
    Question,
    Rung,
    RungKind,
    Score,
)
from kit.data.profile import repeats_in
from kit.data.reading.table import Table
from kit.data.repeats import repeats
from kit.numbers.domain import Array

_LEARNING = 0.8  # share of the time; the rest is for scores and their intervals


def climb(
    table: Table,
    question: Question,
    profile: Profile,
    label: LabelProfile,
    *,
    seconds: float = 60.0,
    tell: Tell = lambda _what, _share: None,
) -> Ladder:
    """What can be predicted quickly and honestly, rung by rung.

    Parameters
    ----------
    table, question
        The file, and the columns and shares that the brief names.
    profile, label
        What `profile_of` and `label_of` say of them; a label that can be learnt from.
    seconds
        No rung begins that would not end in time; what is not done is named.
    tell
        Told what is being done, and the share that is.

    Raises
    ------
    ValueError
        If the label cannot be learnt from, or something else than recall and precision is wanted.
    """
    if unknown := [
        one for one in (question.time, question.entity) if one and table.column(one) is None
    ]:
        return _none(label, unknown)
    clock = Clock(_LEARNING * seconds)
    aims = {
        after: reaching(dict(wanted))
        for after, wanted in ((AT_WANTED, question.wanted), (AT_SHIP, question.ship_at))
        if wanted
    }
    tell("setting rows apart", 0.0)
    # A row and its copy in two folds would tell each other.
    again = repeats_in(table) if repeats(profile) else None
    sample = sample_of(table, question, target_of(table, question), again)
    features = features_of(table, question, label, sample, _signs(profile))
    split = split_of(sample)
    # One thread: several that wait for each other on a busy machine take ten times as long. It holds for libraries
    # that are loaded by now, which is why this room imports them at the top.
    with threadpool_limits(limits=1):
        found = predicted(
            sample, features, split, clock, lambda what, share: tell(what, _LEARNING * share)
        )
        tell("scoring", _LEARNING)
        groups = groups_of(table, question, sample.rows[split.scored])
        ladder = _Scored(sample, split, groups, aims, found).ladder(features)
    tell("done", 1.0)
    return ladder


def _signs(profile: Profile) -> dict[str, float]:
    """Numbers that look like a sign of something else, by column."""
    found = ((one.name, far_out(one, profile.looked_at)) for one in profile.columns)
    return {name: value for name, value in found if value is not None}


def _none(label: LabelProfile, unknown: Sequence[str]) -> Ladder:
    """No rung at all: rows that were set apart in another way than they should be would flatter every model."""
    names = " and ".join(unknown)
    return Ladder(
        task=label.task or "classes",
        rows=0,
        drawn=0,
        parts="0 folds",
        how="as rows could not be set apart",
        features=(),
        left_out=(),
        rungs=(),
        unfinished=(),
        signal=None,
        best=None,
        rule=None,
        gain=None,
        said=(
            f"Nothing was predicted: rows are to be set apart by {names}, and the file has no such column.",
        ),
    )


class _Scored:
    """The rungs with their scores, all on the same rows."""

    def __init__(
        self,
        sample: Sample,
        split: Split,
        groups: Groups,
        aims: Mapping[str, Choice],
        found: Predicted,
    ) -> None:
        self.sample, self.split, self.found = sample, split, found
        self.groups, self.aims = groups, aims
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
            parts=self.split.parts,
            how=self.split.how,
            features=tuple(one.column for one in features.each),
            left_out=features.left_out,
            rungs=rungs,
            unfinished=tuple(NAMES[self.sample.task][kind] for kind in self.found.unfinished),
            signal=self._signal(features) if rungs else None,
            best=self._best(self.first),
            rule=self._best(RULES),
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
            scores = number_scores(self.label, predicted=values, draws=self.draws)
            errors = number_groups(
                self.label, predicted=values, groups=self.groups, draws=self.draws
            )
            groups = tuple(errors)
        self.first[one.kind] = scores.each[FIRST[self.sample.task]].value, scores.first
        return Rung(
            kind=one.kind,
            name=NAMES[self.sample.task][one.kind],
            detail=self._detail(one),
            scores=scores.each,
            groups=groups,
            seconds=one.seconds,
        )

    def _detail(self, one: Predictions) -> str:
        """What a rung does; of a rule also where its threshold is moved to for what is wanted."""
        choice = self.aims.get(AT_WANTED)
        if choice is None or one.movable is None or not one.detail:
            return one.detail
        limit = choice(curve_of(self.sample.label, one.movable.whole))
        moved = one.movable.rule.moved(limit)
        return one.detail if one.detail.endswith(moved) else f"{one.detail}; {moved}{AT_WANTED}"

    def _of_classes(self, one: Predictions, values: Array) -> tuple[Scores, tuple[GroupScore, ...]]:
        label, split = self.sample.label, self.split
        flags = {"": flagged(split, label, one.values, largest_f1)[self.rows]}
        for after, choice in self.aims.items():
            flags[after] = flagged(split, label, one.order, choice)[self.rows]
        scores = class_scores(self.label, chances=values, flags=flags, draws=self.draws)
        shown = flags.get(AT_WANTED, flags[""])
        groups = class_groups(self.label, flags=shown, groups=self.groups, draws=self.draws)
        return scores, tuple(groups)

    def _best(self, kinds: Collection[RungKind]) -> RungKind | None:
        """The best of some kinds of rungs; of two as good, the lower one."""
        sign = -1 if LARGER_IS_BETTER[self.sample.task] else 1
        return min(
            (kind for kind in self.first if kind in kinds),
            key=lambda kind: sign * self.first[kind][0],
            default=None,
        )

    def _signal(self, features: Features) -> bool | None:
        values = [one.values for one in self.found.each if one.kind not in ("constant", "median")]
        found = has_signal(self.split, self.sample.label, values, self.sample.keys)
        if found is not False or not self.split.mutual or self.sample.keys is not None:
            return found
        return column_tells(features.cells[:, features.numbers], self.sample.label)

    def _gain(self) -> Score | None:
        """Of the best other rung over the best rule, by the same draws for both."""
        rule = self._best(RULES)
        other = self._best(self.first.keys() - {rule})
        if rule is None or other is None:
            return None
        sign = 1 if LARGER_IS_BETTER[self.sample.task] else -1
        (best, bests), (ruled, rules) = self.first[other], self.first[rule]
        return score(sign * (best - ruled), sign * (bests - rules))

    def _said(self, features: Features, rungs: tuple[Rung, ...]) -> Iterator[str]:
        yield from self.sample.said
        yield from self.found.said
        if not features.each:
            yield "No column is left to predict from."
        if self.split.folds and not rungs:
            yield "The rows to be predicted all have the same label, so nothing could be compared."
        yield from features.said
        dates = [one.says for one in features.each if one.says != one.column]
        if dates:
            yield f"Dates were counted as {', '.join(dates[:5])}{' and others' if len(dates) > 5 else ''}."
        if self.groups.small:
            which = "1 group has" if self.groups.small == 1 else f"{self.groups.small} groups have"
            yield f"{which} fewer than {LEAST} rows and no figures of their own."
        if rungs:
            yield f"Intervals are of 95%: Wilson's for shares, else from {self.draws.words}."
