"""Findings as SARIF 2.1.0, which code scanners and editors read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kit import __version__
from kit.cli.findings import line_of
from kit.rules import READING, WAIVERS, Finding, Rule, Severity

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "advice": "note"}


def as_sarif(findings: Iterable[Finding], rules: Sequence[Rule]) -> str:
    """A log with one run: every rule with its text, every finding with its line.

    A waived finding is a result with a suppression, a skipped rule one that is open.
    """
    every = (*READING, *WAIVERS, *rules)
    index = {rule.code: at for at, rule in enumerate(every)}
    driver = {
        "name": "Framing Kit",
        "semanticVersion": __version__,
        "rules": [_described(rule) for rule in every],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, index[one.code]) for one in findings],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2) + "\n"


def _described(rule: Rule) -> dict[str, Any]:
    text = rule.text
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.does},
        "fullDescription": {"text": text.why},
        "help": {"text": f"Bad:\n{text.bad}\n\nGood:\n{text.good}\n\nSource: {text.source}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: Finding, index: int) -> dict[str, Any]:
    skipped = finding.status == "skipped"
    said = finding.reason if skipped else f"{finding.message} {finding.remedy}"
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "kind": "open" if skipped else "fail",
        "level": "none" if skipped else _LEVELS[finding.severity],
        "message": {"text": f"Skipped: {said}" if skipped else said},
        "locations": [_location(finding)],
        "partialFingerprints": {"finding/v1": f"{finding.code}:{finding.path}"},
    }
    if finding.status == "waived":
        why = {"kind": "inSource", "status": "accepted", "justification": finding.reason}
        result["suppressions"] = [why]
    return result


def _location(finding: Finding) -> dict[str, Any]:
    path = Path(finding.file)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    line = line_of(finding)
    # A spreadsheet has no lines that a viewer could show.
    if line is not None and path.suffix.lower() != ".xlsx":
        physical["region"] = {"startLine": line}
    location: dict[str, Any] = {"physicalLocation": physical}
    if finding.path:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.path}]
    return location
