"""The briefs of a batch held against each other: everything that its page and its tables tell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kit.batch.ranking import Group, Place, groups_of
from kit.batch.result import Report
from kit.batch.ruler import Ruler, ruler_of
from kit.batch.scale import Scale


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where each brief stands; briefs are told by their place in the report."""

    titles: tuple[str, ...]
    scales: tuple[Scale | None, ...]  # None where a brief was not made
    groups: tuple[Group, ...]  # of one currency each

    @cached_property
    def places(self) -> dict[int, Place]:
        """Places of the briefs whose value is known."""
        return {at: place for group in self.groups for at, place in group.places.items()}

    @cached_property
    def group(self) -> dict[int, int]:
        """Which group the briefs are of whose value is known."""
        return {at: number for number, group in enumerate(self.groups) for at in group.members}

    @cached_property
    def rulers(self) -> tuple[Ruler, ...]:
        """The scale that the values of each group are drawn on."""
        return tuple(
            ruler_of([scale for at in group.members if (scale := self.scales[at])])
            for group in self.groups
        )

    @property
    def order(self) -> tuple[int, ...]:
        """All briefs by their middle value, currency by currency, then those whose value is not known."""
        known = [at for group in self.groups for at in group.members]
        return (*known, *(at for at in range(len(self.scales)) if at not in self.group))


def standing_of(report: Report) -> Standing:
    """How the briefs of a batch compare."""
    scales = tuple(entry.made.scale if entry.ok else None for entry in report.entries)
    return Standing(
        titles=tuple(entry.title for entry in report.entries),
        scales=scales,
        groups=groups_of(scales),
    )
