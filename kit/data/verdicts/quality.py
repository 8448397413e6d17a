"""The quality that a brief asks of a source, held against its file."""

from __future__ import annotations

from collections.abc import Iterator

from kit.appraisal import Reading
from kit.brief import DataSource
from kit.data.measured import Measured
from kit.data.repeats import repeats
from kit.data.verdicts.fields import held, not_there, spoken_of
from kit.data.verdicts.verdict import Verdict
from kit.data.verdicts.wording import listed, percent, rows

_EXACT = 1e-9  # what a share of rows is off by in floating point


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
        stated=listed(source.holds),
        measured=f"{len(source.holds) - len(lost)} of {len(source.holds)}",
        holds=not lost if some else None,
        why=f"No column seems to be {listed(lost)}."
        if lost
        else "Each field is a column of the file, or several.",
    )


def _completeness(
    reading: Reading, at: int, source: DataSource, found: Measured
) -> Iterator[Verdict]:
    key = f"data.sources.{at}.quality.completeness"
    wanted = reading.share(key, needed=False)
    columns, looked_at = held(source, found.profile), found.profile.looked_at
    if wanted is None or not columns or not looked_at:
        return
    worst = min(columns, key=lambda one: (-one.missing, one.name))
    share = 1 - worst.missing / looked_at
    rest = [one for one in columns if 1 - one.missing / looked_at < wanted.low and one is not worst]
    also = f" So are too many in {listed([one.name for one in rest])}." if rest else ""
    yield Verdict(
        requirement="completeness",
        path=key,
        about=source.name,
        stated=percent(wanted.low),
        measured=percent(share),
        # What a brief copied from the file, rounded, is no requirement that the file misses.
        holds=share >= wanted.low - 0.0005,
        why=f"{rows(worst.missing)} of {looked_at:,} are empty in {worst.name}.{also}"
        if worst.missing
        else f"No cell is empty in {len(columns)} columns.",
    )


def _pass_rate(reading: Reading, at: int, source: DataSource, found: Measured) -> Iterator[Verdict]:
    key = f"data.sources.{at}.quality.pass_rate"
    wanted = reading.share(key, needed=False)
    profile = found.profile
    left_out = sum(one.count for one in profile.oddities if one.trait == "ragged")
    looked_at = profile.looked_at + left_out
    if wanted is None or not looked_at:
        return
    odd = [one for one in held(source, profile) if one.strange]
    # Of rows that fail in several columns it is known how many cells do, and how many rows in the whole file.
    failing = min(sum(one.strange for one in odd), profile.failing)
    repeated = repeats(profile)
    failed = failing + repeated + left_out
    share = max(looked_at - failed, 0) / looked_at
    reasons = [
        f"{rows(failing)} with a cell of another kind than its column ({listed([one.name for one in odd])})"
        if odd
        else "",
        f"{rows(repeated)} that repeat another" if repeated else "",
        f"{rows(left_out)} with too many or too few fields" if left_out else "",
    ]
    told = "; ".join(reason for reason in reasons if reason)
    yield Verdict(
        requirement="pass rate",
        path=key,
        about=source.name,
        stated=percent(wanted.low),
        measured=percent(share),
        holds=share >= wanted.low - _EXACT,
        why=f"Fail: {told}." if told else "Every row can be read, and none repeats another.",
    )


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
    told = listed([f"{one.name} ({one.personal})" for one in columns])
    yield Verdict(
        requirement="personal data",
        path=f"data.sources.{at}.personal",
        about=source.name,
        stated="no" if source.personal is False else "",
        measured=told,
        holds=False,
        why=f"The file seems to hold personal data: {told}.",
    )
