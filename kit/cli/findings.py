"""Findings as people and programs read them: text, JSON, and annotations of a pull request."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import Any

import typer

from kit.brief.tree import SIZE_LIMIT
from kit.errors import visible
from kit.rules import Finding, Severity, counted, in_words
from kit.rules.vocabulary.wording import first_of

_COLOURS = {"error": "red", "warning": "yellow", "advice": "blue"}
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "advice": "notice"}
_WIDE = 160  # characters of a line that are shown
_ENOUGH = 6  # codes that are named for one reason


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A brief that was checked, or could not be read, and what was found in it."""

    place: str  # its file, or its row of a table
    findings: tuple[Finding, ...]
    text: str | None = None  # as it was read, where it was


def as_text(briefs: Iterable[Checked]) -> Iterator[str]:
    """Brief by brief a line for each finding, the offending line of the file below it, and the score."""
    coming = iter(briefs)
    first = list(islice(coming, 2))
    total: Counter[str] = Counter()
    alone, briefs_seen = len(first) < 2, 0
    for brief in chain(first, coming):
        counts = counted(brief.findings)
        total.update(counts)
        briefs_seen += 1
        head = "" if alone else f"{brief.place}: "
        lines = [*_told(brief, head), *([] if alone else [f"{head}{in_words(counts)}"])]
        yield "".join(f"{line}\n" for line in lines)
    yield f"{'' if alone else f'{briefs_seen} briefs: '}{in_words(total)}\n"


def _told(brief: Checked, head: str) -> Iterator[str]:
    lines = None if brief.text is None else brief.text.split("\n")
    for one in brief.findings:
        if one.status == "finding":
            code = _styled(one.code, one.name, one.severity)
            said = f"{one.message} {one.remedy}".rstrip()
            yield f"{one.place}: {code}: {said} [{one.severity}]"
            yield from _excerpt(one, _lines(one.file) if lines is None else lines)
        elif one.status == "waived":
            yield f"{one.place}: {one.code} {one.name}: waived: {one.reason}"
    for reason, codes in _skipped(brief.findings).items():
        yield f"{head}skipped until {reason} is mended: {first_of(codes, _ENOUGH)}"


@cache
def _styled(code: str, name: str, severity: Severity) -> str:
    return typer.style(f"{code} {name}", fg=_COLOURS[severity], bold=True)


def _skipped(findings: Sequence[Finding]) -> dict[str, list[str]]:
    """The rules that could not look, by what stands in their way."""
    found: dict[str, dict[str, None]] = {}
    for one in findings:
        if one.status == "skipped":
            found.setdefault(str(one.reason), {})[one.code] = None
    return {reason: [*codes] for reason, codes in found.items()}


def as_json(findings: Iterable[Finding]) -> str:
    """The contract with programs: a list of groups with the same keys for every finding."""
    written = json.JSONEncoder().encode  # in ASCII, whatever the terminal's encoding
    lines = ",\n".join(written(_contract(one)) for one in findings)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def as_github(findings: Iterable[Finding]) -> Iterator[str]:
    """Annotations as GitHub's runners read them from a workflow's output."""
    return (f"{_annotation(one)}\n" for one in findings if one.status == "finding")


def line_of(finding: Finding) -> int | None:
    """The line of the file; for a table, the row, which stands where a line would."""
    return finding.line if finding.row is None else finding.row


def _contract(finding: Finding) -> dict[str, Any]:
    keys = finding._asdict()
    del keys["row"]
    keys["line"] = line_of(finding)
    return keys


def _annotation(finding: Finding) -> str:
    place = {"file": Path(finding.file).as_posix(), "line": line_of(finding)}
    place["title"] = f"{finding.code} {finding.name}"
    said = ",".join(f"{key}={_property(str(value))}" for key, value in place.items() if value)
    return f"::{_LEVELS[finding.severity]} {said}::{_data(f'{finding.message} {finding.remedy}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _excerpt(finding: Finding, lines: Sequence[str]) -> Iterator[str]:
    """The line that a finding speaks of; what is missing has none."""
    at = finding.line or 0
    if finding.row is not None or not finding.path or not 0 < at <= len(lines):
        return
    key, line = finding.path.rpartition(".")[2], lines[at - 1].rstrip()
    if key in line or key.isdigit():
        shown = visible(line if len(line) <= _WIDE else f"{line[:_WIDE]}…")
        yield typer.style(f"{at:>5} | {shown}", dim=True)


@lru_cache(maxsize=1)  # the findings of a brief come one after the other
def _lines(file: str) -> tuple[str, ...]:
    """The lines of a brief that is none; none where it cannot be read, which is a finding of its own."""
    path = Path(file)
    try:
        if not path.is_file() or path.stat().st_size > SIZE_LIMIT:
            return ()
        return tuple(path.read_text("utf-8-sig").split("\n"))
    except (OSError, UnicodeDecodeError):
        return ()
