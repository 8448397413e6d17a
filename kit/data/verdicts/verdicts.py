"""All requirements of a brief, held against its files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kit.appraisal import AT_A_GLANCE, Reading, appraise
from kit.brief import Brief, DataSource
from kit.data.attached import Refused
from kit.data.measured import Measured
from kit.data.verdicts.labels import label_verdicts
from kit.data.verdicts.quality import quality_verdicts
from kit.data.verdicts.reach import reach_verdicts
from kit.data.verdicts.times import season_verdict, seasonal, time_verdicts
from kit.data.verdicts.verdict import Verdict


def verdicts_of(brief: Brief, files: Sequence[Measured | Refused]) -> tuple[Verdict, ...]:
    """A verdict on each requirement that the brief states and a file can speak of."""
    return tuple(_verdicts(Reading(brief), files))


def _verdicts(reading: Reading, files: Sequence[Measured | Refused]) -> Iterator[Verdict]:
    measured = [one for one in files if isinstance(one, Measured)]
    for one in files:
        if isinstance(one, Refused):
            yield from _refused(reading, one)
    covering = seasonal(measured)
    for found in measured:
        for place, (at, source) in enumerate(_sources(reading, found.file)):
            yield from quality_verdicts(reading, at, source, found)
            yield from time_verdicts(reading, at, source, found)
            if found is covering and place == 0:
                yield from season_verdict(reading, source, found)
    labelled = next((one for one in measured if one.label is not None), None) or next(
        iter(measured), None
    )
    if labelled is not None:
        yield from label_verdicts(reading, appraise(reading.brief, AT_A_GLANCE), labelled)
        yield from reach_verdicts(reading, labelled)


def _sources(reading: Reading, file: str) -> Iterator[tuple[int, DataSource]]:
    sources = reading.at("data.sources")
    for at, source in enumerate(sources if isinstance(sources, list) else ()):
        if source.file == file:
            yield at, source


def _refused(reading: Reading, file: Refused) -> Iterator[Verdict]:
    for at, source in _sources(reading, file.name):
        yield Verdict(
            requirement="file",
            path=f"data.sources.{at}.file",
            about=source.name,
            stated=file.name,
            measured=file.found,
            holds=None,
            why=f"Expected {file.expected}, found {file.found}. {file.remedy}",
            remedy=file.remedy,
        )
