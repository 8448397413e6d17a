"""The record of a batch for programs: the same briefs give the same bytes, so it holds no times."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib import metadata
from typing import Any

from kit import __version__
from kit.batch.facts import COLUMNS
from kit.batch.result import Entry, Made, Report

TOOLS = ("papermill", "typst")


def record(report: Report) -> str:
    """The report as JSON."""
    data = {
        "format": 1,
        "kit": __version__,
        "tools": {name: metadata.version(name) for name in TOOLS},
        "formats": report.formats,
        "counts": {
            "briefs": len(report.entries),
            "made": len(report.made),
            "failed": len(report.failed),
        },
        "notes": report.notes,
        "briefs": [_brief(entry) for entry in report.entries],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _brief(entry: Entry) -> dict[str, Any]:
    made = entry.made
    about: dict[str, Any] = {
        "source": entry.source,
        "row": entry.row,
        "title": entry.title,
        "folder": entry.slug if entry.ok else "",
        "status": "done" if entry.ok else "failed",
        "notes": entry.notes,
    }
    if not entry.ok:
        return {
            **about,
            "reason": made.reason,
            "problems": [asdict(each) for each in entry.problems],
        }
    return {
        **about,
        "files": made.files,
        "pages": made.pages,
        "warnings": made.warnings,
        "findings": asdict(made.counts),
        "worst": [asdict(point) for point in made.worst],
        "scale": _scale(made),
        "facts": {key: entry.facts[key] for key in COLUMNS},
    }


def _scale(made: Made) -> dict[str, Any] | None:
    """What a brief is compared on; without the quantiles, of which P5, P50 and P95 are three."""
    if made.scale is None:
        return None
    return {key: value for key, value in asdict(made.scale).items() if key != "grid"}
