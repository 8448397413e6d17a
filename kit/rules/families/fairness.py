"""Step 4: groups that add up, and gaps between them that can be seen."""

from __future__ import annotations

import math
from collections.abc import Iterator

from kit.appraisal.reading import in_percent
from kit.brief import Quantity
from kit.rules.case import Case
from kit.rules.rule import Said, rule

_ALL = 1.005  # shares are rounded


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
        sizes = f"{_whole(one.needed)} {one.counted} in each group, and the smallest holds {_whole(one.available)}"
        yield Said(
            path=f"metrics.fairness.{at}.max_gap",
            message=f"A gap of {_points(one.gap)} in {one.measure}, {_share(one.rate)} against {_share(one.other)}, "
            f"takes {sizes}{_seen(one.visible)}.",
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
                message=f"The shares of the groups add up to {in_percent(total)} of the cases.",
                remedy="Mend the shares; groups that overlap go into entries of their own.",
            )


@rule("ME308", "advice", requires=("ME110", "ME119"))
def only_one_group(case: Case) -> Iterator[Said]:
    """Finds a fairness gap for which one group is named, with its share.

    Why it matters: a gap lies between two. Against whom a group is compared decides how large the gap is.

    Bad:
        metrics: {fairness: [{}, {}, {measure: recall, groups: [{name: new cards, share: 12%}], max_gap: 2 points}]}

    Good:
        metrics: {fairness: [{}, {}, {measure: recall, groups: [new cards, old cards], max_gap: 2 points}]}

    Source: OKR template, on parity.
    """
    for path, _ in case.entries("metrics.fairness"):
        groups = [one for _, one in case.entries(f"{path}.groups")]
        if len(groups) == 1 and isinstance(groups[0].share, Quantity):
            yield Said(
                path=f"{path}.groups",
                message=f"One group is named, {groups[0].name}: a gap lies between two.",
                remedy="Name the group that it is compared with, and its share.",
            )


def _seen(visible: float | None) -> str:
    if visible is None:
        return ""
    if math.isinf(visible):
        return "; no gap would show in so few"
    return f", in which a gap of {_points(visible)} is the smallest that shows"


def _points(gap: float | None) -> str:
    said = f"{(gap or 0.0) * 100:.2g}"
    return f"{said} point{'' if said == '1' else 's'}"


def _share(share: float | None) -> str:
    return in_percent(share or 0.0)


def _whole(number: float | None) -> str:
    return f"{math.ceil((number or 0.0) - 1e-9):,}"


FAIRNESS = (
    fairness_gap_cannot_be_shown,
    group_shares_above_all,
    only_one_group,
)
