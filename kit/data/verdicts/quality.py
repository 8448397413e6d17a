"""The quality that a brief asks of a source, held against its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kit.appraisal import Reading
from kit.appraisal.wording import counted, listed, percent, rounding
from kit.brief import DataSource, Quantity
from kit.data.measured import ColumnProfile, Measured, Profile
from kit.data.repeats import repeats
from kit.data.verdicts.fields import held, not_there, spoken_of
from kit.data.verdicts.stated import half_a_digit, in_percent
from kit.data.verdicts.verdict import Verdict

_EXACT = 1e-9  # what a share of rows is off by in floating point
_NAMED = 4  # of many fields or columns


def quality_verdicts(
    reading: Reading, at: int, source: DataSource, found: Measured
) -> Iterator[Verdict]:
    """Fields, completeness, pass rate and personal data of one source."""
    yield from _fields(at, source, found)
    yield from _completeness(reading, at, source, found)
    yield from _pass_rate(reading, at, source, found)
    yield from _personal(reading, at, source, found)


def _fields(at: int, source: DataSource, found: Measured) -> Iterator[Verdict]:
    if not isinstance(source.holds, list) or not source.holds:
        return
    lost = not_there(source, found.profile)
    some = len(lost) < len(source.holds)
    yield Verdict(
        requirement="fields",
        path=f"data.sources.{at}.holds",
        about=source.name,
        stated=listed(source.holds, _NAMED),
        measured=f"{len(source.holds) - len(lost)} of {len(source.holds)}",
        holds=not lost if some else None,
        why=f"No column seems to be {listed(lost, _NAMED)}."
        if lost
        else "Each field is a column of the file, or several.",
    )


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """A share that a brief asks for."""

    said: str  # as it is written
    least: float
    off: float  # by how much a figure may be off that was copied from the file, and rounded on the way

    def holds(self, found: float) -> bool:
        """Whether a share of the file is enough."""
        return found >= self.least - self.off - _EXACT


def _asked(reading: Reading, key: str) -> _Asked | None:
    """The share at a key; of a range the lower end is asked for."""
    given = reading.at(key)
    wanted = reading.share(key, needed=False)
    if wanted is None or not isinstance(given, Quantity):
        return None
    off = min(rounding(wanted.low), half_a_digit(given))
    return _Asked(said=in_percent(wanted.low), least=wanted.low, off=off)


def _completeness(
    reading: Reading, at: int, source: DataSource, found: Measured
) -> Iterator[Verdict]:
    key = f"data.sources.{at}.quality.completeness"
    asked, looked_at = _asked(reading, key), found.profile.looked_at
    # What is filled only after the prediction may be empty before.
    columns = [one for one in held(source, found.profile) if one.name not in found.question.later]
    if asked is None or not columns or not looked_at:
        return
    worst = min(columns, key=lambda one: (-one.missing, one.name))
    there = 1 - worst.missing / looked_at
    rest = [
        one.name
        for one in columns
        if one is not worst and not asked.holds(1 - one.missing / looked_at)
    ]
    also = f" So are too many in {listed(rest, _NAMED)}." if rest else ""
    empty = f"{counted(worst.missing, 'row')} of {looked_at:,}"
    yield Verdict(
        requirement="completeness",
        path=key,
        about=source.name,
        stated=asked.said,
        measured=percent(there),
        holds=asked.holds(there),
        why=f"{empty} {'is' if worst.missing == 1 else 'are'} empty in {worst.name}.{also}"
        if worst.missing
        else f"No cell is empty in {counted(len(columns), 'column')}.",
    )


@dataclass(frozen=True, kw_only=True)
class _Failing:
    """The rows of a file that cannot be right."""

    odd: tuple[ColumnProfile, ...]  # columns with cells that are not of their kind
    cells: int  # rows with such a cell, of those that were looked at
    repeated: int  # rows that repeat another, of those that were looked at
    left_out: int  # rows with too many or too few fields, of the whole file
    passing: float  # share of the whole file's rows


def _failing(source: DataSource, profile: Profile) -> _Failing:
    """Rows that fail; where only some were looked at, the rest is taken to be like them."""
    odd = tuple(one for one in held(source, profile) if one.strange)
    # Of rows that fail in several columns it is known how many cells do, and how many rows in all columns.
    cells = min(sum(one.strange for one in odd), profile.failing)
    repeated = repeats(profile)
    left_out = sum(one.count for one in profile.oddities if one.trait == "ragged")
    of_read = 1 - min(cells + repeated, profile.looked_at) / max(profile.looked_at, 1)
    return _Failing(
        odd=odd,
        cells=cells,
        repeated=repeated,
        left_out=left_out,
        passing=of_read * (1 - left_out / profile.rows),
    )


def _pass_rate(reading: Reading, at: int, source: DataSource, found: Measured) -> Iterator[Verdict]:
    key = f"data.sources.{at}.quality.pass_rate"
    asked, profile = _asked(reading, key), found.profile
    if asked is None or not profile.rows:
        return
    failing = _failing(source, profile)
    told = "; ".join(_reasons(failing, profile))
    yield Verdict(
        requirement="pass rate",
        path=key,
        about=source.name,
        stated=asked.said,
        measured=percent(failing.passing),
        holds=asked.holds(failing.passing),
        why=f"Fail: {told}." if told else "Every row can be read, and none repeats another.",
    )


def _reasons(failing: _Failing, profile: Profile) -> Iterator[str]:
    part = "" if profile.every == 1 else f" of {profile.looked_at:,} that were looked at"
    if failing.odd:
        names = listed([one.name for one in failing.odd], _NAMED)
        yield f"{counted(failing.cells, 'row')}{part} with a cell of another kind than its column ({names})"
    if failing.repeated:
        yield counted(
            failing.repeated, f"row{part} that repeats another", f"rows{part} that repeat another"
        )
    if failing.left_out:
        yield f"{counted(failing.left_out, 'row')} with too many or too few fields"


def _personal(reading: Reading, at: int, source: DataSource, found: Measured) -> Iterator[Verdict]:
    """Personal data in what a source holds, and in columns of its file that nobody has spoken of."""
    if source.personal is True:
        return
    sharing = [one for one in reading.at("data.sources") if one.file == found.file]
    own = spoken_of(source, found.profile)
    named = [column for one in sharing for column in spoken_of(one, found.profile)]
    # Where another source of the file says that it is personal, the rest may be its.
    is_rest = source is sharing[0] and all(one.personal is not True for one in sharing)
    columns = [
        one
        for one in found.profile.columns
        if one.personal and (one in own or (is_rest and one not in named))
    ]
    if not columns:
        return
    told = listed([f"{one.name} ({one.personal})" for one in columns], _NAMED)
    yield Verdict(
        requirement="personal data",
        path=f"data.sources.{at}.personal",
        about=source.name,
        stated="none" if source.personal is False else "",
        measured=told,
        holds=False,
        why=f"The file seems to hold personal data: {told}.",
    )
