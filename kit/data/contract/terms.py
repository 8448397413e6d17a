"""What a contract demands of a source: said by the brief, and put on the columns of its file."""

from __future__ import annotations

from dataclasses import dataclass

from kit.appraisal import Reading
from kit.brief import Brief, Data, DataSource
from kit.data.contract.answers import texts_of
from kit.data.measured import ColumnProfile, Measured, Profile
from kit.data.verdicts.fields import held, not_there

_LISTED_IN_FULL = 80  # characters: a value of a profile may be cut there


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The demands on one source."""

    source: DataSource
    # Share of each column's cells that must be there; None where that is not said.
    complete: float | None
    passing: float | None  # share of rows that must pass
    # Of the file, without those that another source is said to hold.
    columns: tuple[ColumnProfile, ...]
    demanded: frozenset[
        str
    ]  # columns, or fields without a file, that the two shares above are about
    later: frozenset[
        str
    ]  # columns that are filled only after the prediction, and may be empty until then
    key: str | None  # the column of which each row must have a value of its own
    distinct_rows: bool  # whether no row may equal another

    def least_filled(self, name: str) -> float | None:
        """The share of a column's cells that must be there; None where nothing is demanded."""
        return self.complete if name in self.demanded - self.later else None


def terms_of(brief: Brief, source: int, measured: Measured | None) -> Terms:
    """The demands on a source of a brief.

    Raises
    ------
    IndexError
        If the brief has no such source.
    """
    reading = Reading(brief)
    sources = sources_of(brief)
    one = sources[source]
    profile = measured.profile if measured else None
    shares = [
        reading.share(f"data.sources.{source}.quality.{name}", needed=False)
        for name in ("completeness", "pass_rate")
    ]
    complete, passing = (None if share is None else share.low for share in shares)
    return Terms(
        source=one,
        complete=complete,
        passing=passing,
        columns=_columns(sources, source, profile) if profile else (),
        demanded=_demanded(one, profile),
        later=frozenset(texts_of(one.later)).union(measured.question.later if measured else ()),
        key=_key(measured) if measured else None,
        # What the sample does not live up to itself is no demand that anybody made.
        distinct_rows=profile is not None and _whole(profile) and profile.repeated == 0,
    )


def sources_of(brief: Brief) -> list[DataSource]:
    """The sources that a brief names."""
    found = brief.data.sources if isinstance(brief.data, Data) else None
    return found if isinstance(found, list) else []


def _demanded(source: DataSource, profile: Profile | None) -> frozenset[str]:
    if profile is None:
        return frozenset(texts_of(source.holds))
    return frozenset(column.name for column in held(source, profile))


def values_of(column: ColumnProfile, profile: Profile) -> tuple[str, ...]:
    """The values of a category, if its profile names them all; none where they may be personal."""
    listed = tuple(value for value, _ in column.common)
    known = column.kind == "category" and len(listed) == column.distinct and _whole(profile)
    shown = column.personal is None and all(len(value) < _LISTED_IN_FULL for value in listed)
    return listed if known and shown else ()


def _columns(sources: list[DataSource], at: int, profile: Profile) -> tuple[ColumnProfile, ...]:
    own = {column.name for column in held(sources[at], profile)}
    others = [
        other
        for place, other in enumerate(sources)
        if place != at and isinstance(other.file, str) and other.file == sources[at].file
    ]
    theirs = {
        column.name
        for other in others
        if isinstance(other.holds, list) and len(not_there(other, profile)) < len(other.holds)
        for column in held(other, profile)
    }
    return tuple(one for one in profile.columns if one.name in own or one.name not in theirs)


def _key(measured: Measured) -> str | None:
    """The entity's column, where the sample has one row for each."""
    profile = measured.profile
    for column in profile.columns:
        if column.name == measured.question.entity:
            alone = column.distinct == profile.rows and not column.missing
            return column.name if alone and _whole(profile) else None
    return None


def _whole(profile: Profile) -> bool:
    """Whether every row of the file was looked at."""
    return profile.every == 1
