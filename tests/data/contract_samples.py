"""Briefs and measured files that contracts are written for."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kit.brief import Brief, load
from kit.data.measured import Measured, Question
from kit.data.profile import profile_of
from kit.data.reading import read_file

EXAMPLES = Path(__file__).parents[2] / "examples"
BRIEFS = sorted(EXAMPLES.glob("*/brief.yaml"))
TUMOURS = EXAMPLES / "tumour-triage" / "data" / "tumours.csv"
VISITS = EXAMPLES / "doctor-visits" / "data" / "visits.csv"
NOW = dt.datetime(2026, 11, 21)  # noqa: DTZ001  files tell moments without a zone


def example(name: str) -> Brief:
    return load(EXAMPLES / name / "brief.yaml")


def brief_with(*sources: dict[str, Any], **more: Any) -> Brief:
    """A brief with these sources; other keys as they are given."""
    data = {"sources": list(sources), **more.pop("data", {})}
    return Brief.model_validate(
        {"format": 1, "title": "T", "goal": {"statement": "Less churn"}, "data": data, **more}
    )


def measured(path: Path, *, name: str | None = None, **asked: Any) -> Measured:
    """What a file shows, as the kit's own child process would have it."""
    question = Question(**asked)
    return Measured(
        file=name or f"data/{path.name}",
        stamp=hashlib.sha256(path.read_bytes()).hexdigest(),
        size=path.stat().st_size,
        on=NOW.date(),
        question=question,
        profile=profile_of(read_file(path), question, now=NOW),
    )


def written(
    path: Path, header: Sequence[str], rows: Sequence[Sequence[Any]], delimiter: str = ","
) -> Path:
    """A CSV file with these rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([header, *rows])
    return path


def table(path: Path) -> list[list[str]]:
    """The cells of a CSV file, the header first."""
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.reader(file)]
