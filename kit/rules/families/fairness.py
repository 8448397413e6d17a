"""Step 4: groups that add up, and gaps between them that can be seen."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from kit.appraisal.measures import measure
from kit.appraisal.reading import in_percent, said, scale_to
from kit.appraisal.wording import points, whole
from kit.brief import Quantity
from kit.brief.metrics import Group
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.names import plain
from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.wording import figure

_ALL = 1.005  # shares are rounded
_NEARLY_ALL = 0.97
_WIDE = 0.5  # of all, or of a level that is to rise
_SHARES = ("recall", "precision", "accuracy", "false positive rate", "f1", "selection rate")
_REST = late(
    r"\b(?:(?:all|every|any)(?:one|body)? (?:of )?(?:the )?(?:others?|else|rest)|the (?:rest|others|remaining)|"
    r"all remaining)\b|^(?:the )?(?:others?|rest|everyone else|everybody else)$",
    re.IGNORECASE,
)
# One side of a border, or one of two sexes; "age" and "country of issue" are what forms the groups.
_SIDE = late(
    r"\b(?:under|over|above|below|aged|up to|at (?:least|most)|(?:older|younger|more|less|fewer|longer|shorter) than)"
    r"\s+\w*\d|\b\d+\s*(?:\+|(?:and|or) (?:over|older|above|more|under|younger|below|less))|"
    r"^(?:women|men|girls|boys|women and girls|men and boys|children|pensioners|newcomers|migrants)$",
    re.IGNORECASE,
)
_BOTH = late(
    r"\b(?:under|below|younger)\b.*\b(?:over|above|older)\b|\b(?:over|above|older)\b.*\b(?:under|below|younger)\b|"
    r"\b(?:versus|vs|against|the rest|others?)\b",
    re.IGNORECASE,
)


@rule("ME306", "warning", requires=("ME110", "ME118", "ME119"))
def fairness_gap_cannot_be_shown(case: Case) -> Iterator[Said]:
    """Counts what it takes in each group to see the largest gap allowed, and what the smallest group holds.

    Why it matters: a gap that nobody can see is never found to be too large. To tell a recall of 90% from one of
    92% takes 3,213 true cases in each group.

    Bad:
        metrics: {fairness: [{groups: [{share: 99.5%}, {share: 0.5%}], max_gap: 2 points}]}

    Good:
        metrics: {fairness: [{groups: [{share: 88%}, {share: 12%}], max_gap: 2 points}]}

    Source: the test of two proportions; OKR template, on parity with a number.
    """
    if not any(True for _ in case.entries("metrics.fairness")):
        return
    for at, one in enumerate(case.appraisal.evidence.gaps):
        if one.holds is not False or None in (one.rate, one.other, one.gap):
            continue
        needed, there = whole(one.needed or 0.0), whole(one.available or 0.0)
        sizes = f"{needed} {one.counted} in each group, and the smallest holds {there}"
        yield Said(
            path=f"metrics.fairness.{at}.max_gap",
            message=f"A gap of {points(one.gap or 0.0, 2)} in {one.measure}, {_share(one.rate)} against "
            f"{_share(one.other)}, takes {sizes}{_seen(one.visible)}.",
            remedy="Collect more cases of that group, or allow a gap that can be seen and say so.",
        )


@rule("ME307", "warning", requires=("ME110", "ME119"))
def group_shares_above_all(case: Case) -> Iterator[Said]:
    """Adds up the shares of the groups that one entry compares.

    Why it matters: groups that make up more than all cases overlap, or a share is wrong. Either way nobody knows how
    many cases the smallest of them holds.

    Bad:
        metrics: {fairness: [{groups: [{share: 88%}, {share: 22%}]}]}

    Good:
        metrics: {fairness: [{groups: [{share: 88%}, {share: 12%}]}]}

    Source: arithmetic.
    """
    for path, _ in case.entries("metrics.fairness"):
        reading = case.reading()
        found = [
            reading.share(f"{key}.share", needed=False) for key, _ in case.entries(f"{path}.groups")
        ]
        total = sum(share.low for share in found if share)
        if total > _ALL:
            yield Said(
                path=f"{path}.groups",
                message=f"The shares of the groups add up to {figure(total * 100)}% of the cases.",
                remedy="Mend the shares; groups that overlap go into entries of their own.",
            )


@rule("ME308", "advice", requires=("ME110", "ME119"))
def only_one_group(case: Case) -> Iterator[Said]:
    """Finds a fairness gap for which one group is named, and not what forms the groups.

    Why it matters: a gap lies between two. Against whom a group is compared decides how large the gap is.

    Bad:
        metrics: {fairness: [{}, {}, {measure: recall, groups: [{name: new cards, share: 12%}], max_gap: 2 points}]}

    Good:
        metrics: {fairness: [{}, {}, {measure: recall, groups: [new cards, old cards], max_gap: 2 points}]}

    Source: OKR template, on parity.
    """
    for path, _ in case.entries("metrics.fairness"):
        groups = [one for _, one in case.entries(f"{path}.groups")]
        if len(groups) == 1 and _one_side(groups[0]):
            yield Said(
                path=f"{path}.groups",
                message=f"One group is named, {groups[0].name}: a gap lies between two.",
                remedy="Name the group that it is compared with, and its share.",
            )


@rule("ME314", "warning", requires=("ME110", "ME118"))
def gap_as_wide_as_the_measure(case: Case) -> Iterator[Said]:
    """Compares the largest gap allowed with the level of what is compared.

    Why it matters: a gap of 50 points lets a model work for one group and fail the other. A limit that no result can
    cross only looks like one.

    Bad:
        metrics: {fairness: [{max_gap: 60 points}]}

    Good:
        metrics: {fairness: [{max_gap: 4 points}]}

    Source: OKR template, on parity with a number.
    """
    for path, one in case.entries("metrics.fairness"):
        gap = one.max_gap
        wide = _wide(case, one.measure, gap) if isinstance(gap, Quantity) else None
        if wide is not None:
            yield Said(
                path=f"{path}.max_gap",
                message=f"A gap of {said(gap)} in {one.measure} is allowed, and {wide}. Hardly any result can break "
                "such a limit.",
                remedy="Set the gap at which you would not launch, and would say so to the group that is worse off.",
            )


@rule("ME317", "warning", requires=("ME110", "ME119"))
def rest_too_small(case: Case) -> Iterator[Said]:
    """Adds up the shares of groups of which one is all the others.

    Why it matters: what is left over is 100% less the groups that are named. Where the sum is smaller, a share is
    wrong or a group is forgotten, and nobody will look at it.

    Bad:
        metrics: {fairness: [{groups: [{name: cards issued abroad, share: 2%}, {name: all others, share: 80%}]}]}

    Good:
        metrics: {fairness: [{groups: [{name: cards issued abroad, share: 2%}, {name: all others, share: 98%}]}]}

    Source: arithmetic.
    """
    for path, _ in case.entries("metrics.fairness"):
        groups = list(case.entries(f"{path}.groups"))
        if len(groups) < 2 or not any(_REST.search(group.name.strip()) for _, group in groups):
            continue
        reading = case.reading()
        found = [reading.share(f"{key}.share", needed=False) for key, _ in groups]
        total = sum(share.high for share in found if share)
        if all(found) and total < _NEARLY_ALL:
            yield Said(
                path=f"{path}.groups",
                message=f"One group is all that is left over, and the shares add up to {in_percent(total)}.",
                remedy="Mend the share that is wrong, or name the group that is missing.",
            )


def _one_side(group: Group) -> bool:
    """Whether a name is that of one group, and not of what forms the groups."""
    name = group.name.strip()
    return isinstance(group.share, Quantity) or bool(_SIDE.search(name) and not _BOTH.search(name))


def _wide(case: Case, name: str, gap: Quantity) -> str | None:
    """What makes a gap too wide; None where it is narrow, or where nothing can be said."""
    if "relative" in (gap.unit or ""):
        return None
    if gap.points:
        gap = Quantity(low=gap.bounds[0], high=gap.bounds[1], unit="%")
    levels, way = _levels(case, name)
    scaled = [(level, scale_to(level, gap)) for level in levels]
    ends = [(level, level.bounds[1] * scale) for level, scale in scaled if scale is not None]
    if ends:
        level, end = max(ends, key=lambda each: each[1])
        room = _WIDE if way == "higher" else 1.0
        stands = f"the largest number stated for {name} is {said(level)}"
        return stands if gap.bounds[0] >= room * end > 0 else None
    share = gap.percent or (not gap.unit and measure(name) in _SHARES)
    return "no gap can be larger than 100 points" if share and gap.bounds[0] >= _WIDE else None


def _levels(case: Case, name: str) -> tuple[list[Quantity], str | None]:
    """Baseline and target of the metrics that are called so, and which way is better."""
    found: list[Quantity] = []
    way = None
    for _, one in case.metrics():
        if plain(one.name) == plain(name):
            found += [each for each in (one.baseline, one.target) if isinstance(each, Quantity)]
            way = way or one.direction
    if plain(case.text("goal.metric")) == plain(name):
        ends = case.number("goal.baseline"), case.number("goal.target")
        found += filter(None, ends)
        if ends[0] and ends[1]:
            way = way or ("higher" if ends[1].number > ends[0].number else "lower")
    return found, way


def _seen(visible: float | None) -> str:
    if visible is None:
        return ""
    if math.isinf(visible):
        return "; no gap would show in so few"
    return f", in which a gap of {points(visible, 2)} is the smallest that shows"


def _share(share: float | None) -> str:
    return in_percent(share or 0.0)


FAIRNESS = (
    fairness_gap_cannot_be_shown,
    group_shares_above_all,
    only_one_group,
    gap_as_wide_as_the_measure,
    rest_too_small,
)
