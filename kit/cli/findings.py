"""Findings as people and programs read them: text, JSON, and annotations of a pull request."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typer

from kit.brief.tree import SIZE_LIMIT
from kit.errors import visible
from kit.rules import Finding, Severity, score

_COLOURS = {"error": "red", "warning": "yellow", "advice": "blue"}
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "advice": "notice"}
_WIDE = 160  # characters of a line that are shown
_KEYS = (
    "code",
    "name",
    "severity",
    "path",
    "file",
    "line",
    "message",
    "remedy",
    "status",
    "reason",
)
_ENOUGH = 6  # codes that are named for one reason


def as_text(findings: Sequence[Finding]) -> str:
    """A line for each finding, the offending line of the file below it, and the score at the end."""
    lines: list[str] = []
    for one in findings:
        if one.status == "finding":
            code = typer.style(f"{one.code} {one.name}", fg=_COLOURS[one.severity], bold=True)
            said = f"{one.message} {one.remedy}".rstrip()
            lines += [f"{one.place}: {code}: {said} [{one.severity}]", *_excerpt(one)]
        elif one.status == "waived":
            lines.append(f"{one.place}: {one.code} {one.name}: waived: {one.reason}")
    return "\n".join([*lines, *_summary(findings)]) + "\n"


def as_json(findings: Sequence[Finding]) -> str:
    """The contract with programs: a list of groups with the same keys for every finding."""
    lines = ",\n".join(json.dumps(_contract(one), ensure_ascii=False) for one in findings)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def as_github(findings: Iterable[Finding]) -> str:
    """Annotations as GitHub's runners read them from a workflow's output."""
    return "".join(f"{_annotation(one)}\n" for one in findings if one.status == "finding")


def line_of(finding: Finding) -> int | None:
    """The line of the file; for a table, the row, which stands where a line would."""
    return finding.line if finding.row is None else finding.row


def _contract(finding: Finding) -> dict[str, Any]:
    return {key: getattr(finding, key) for key in _KEYS} | {"line": line_of(finding)}


def _annotation(finding: Finding) -> str:
    place = {"file": Path(finding.file).as_posix(), "line": line_of(finding)}
    place["title"] = f"{finding.code} {finding.name}"
    said = ",".join(f"{key}={_property(str(value))}" for key, value in place.items() if value)
    return f"::{_LEVELS[finding.severity]} {said}::{_data(f'{finding.message} {finding.remedy}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _excerpt(finding: Finding) -> Iterator[str]:
    """The line that a finding speaks of; what is missing has none."""
    at, lines = finding.line or 0, _lines(finding.file)
    if finding.row is not None or not 0 < at <= len(lines):
        return
    key, line = finding.path.rpartition(".")[2], lines[at - 1].rstrip()
    if key in line or key.isdigit():
        shown = visible(line if len(line) <= _WIDE else f"{line[:_WIDE]}…")
        yield typer.style(f"{at:>5} | {shown}", dim=True)


@cache
def _lines(file: str) -> tuple[str, ...]:
    """The lines of a brief; none where it cannot be read, which is a finding of its own."""
    path = Path(file)
    try:
        if not path.is_file() or path.stat().st_size > SIZE_LIMIT:
            return ()
        return tuple(path.read_text("utf-8-sig").split("\n"))
    except (OSError, UnicodeDecodeError):
        return ()


def _summary(findings: Sequence[Finding]) -> Iterator[str]:
    """Why rules were skipped, and the score."""
    skipped: dict[str, list[str]] = {}
    for one in findings:
        if one.status == "skipped" and one.code not in skipped.setdefault(str(one.reason), []):
            skipped[str(one.reason)].append(one.code)
    for reason, codes in skipped.items():
        more = f" and {len(codes) - _ENOUGH} more" if len(codes) > _ENOUGH else ""
        yield f"skipped until {reason} is mended: {', '.join(codes[:_ENOUGH])}{more}"
    yield score(findings)
