"""Batches to compare: entries whose values are normal distributions, so that chances are known exactly."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import NormalDist
from typing import Any

from kit.batch import Counts, Entry, Made, Point, Report
from kit.batch.comparison import comparison
from kit.batch.facts import facts_of
from kit.batch.index import index
from kit.batch.scale import GRID, Scale
from kit.batch.spreadsheet import spreadsheet
from kit.batch.standing import standing_of
from kit.brief import Brief

HOSTILE = (
    "</script><script>document.title='acted'</script><img src=x onerror=\"document.title='acted'\">"
)
BASELINE = {"value": "5", "unit": "%", "from": "measured"}
UNKNOWN = {"unknown": "value.volume is missing", "untimed": "experiment is missing"}


def normal(mean: float, sd: float, **more: Any) -> Scale:
    """A brief whose value is a normal distribution; a number without a range where `sd` is 0."""
    spread = NormalDist(mean, sd) if sd else None
    ends = [spread.inv_cdf(p) if spread else mean for p in (0.05, 0.5, 0.95)]
    grid = [spread.inv_cdf((at + 0.5) / GRID) if spread else mean for at in range(GRID)]
    known = {
        "currency": "USD",
        "low": ends[0],
        "middle": ends[1],
        "high": ends[2],
        "grid": tuple(grid),
        "loss": spread.cdf(0.0) if spread else float(mean < 0),
        "sources": 4,
        "in_hand": 3,
    }
    return Scale(**known | more)


def entry(
    title: str, scale: Scale | None = None, *, status: str = "draft", reason: str = "", **more: str
) -> Entry:
    """An entry of a batch that was made, or failed for a reason."""
    goal = {"statement": "s", "metric": "churn", "baseline": BASELINE, "target": "4.5%"}
    brief = {"format": "1", "title": title, "status": status, "goal": goal, **more}
    point = Point(code="GO101", severity="warning", path="goal.unit", message=f"About {title}.")
    return Entry(
        source="ideas.csv",
        row=2,
        title=title,
        slug="slug",
        facts=facts_of(Brief.model_validate(brief)),
        notes=(),
        problems=(),
        made=Made(
            reason=reason,
            counts=Counts(error=1, warning=2),
            worst=(point,) * 4,
            scale=scale or Scale(**UNKNOWN),
        ),
    )


def report(entries: Sequence[Entry], *, notes: tuple[str, ...] = ()) -> Report:
    """A finished batch of these."""
    return Report(
        out=Path("out"), formats=("pdf", "html"), entries=tuple(entries), notes=notes, seconds=1.0
    )


def many(count: int) -> Report:
    """So many briefs: of every seventh the value is not known."""
    levels = ("low", "medium", "high", "")
    scales = [
        normal(1e6 * at, 1e6, difficulty=levels[at % 4]) if at % 7 else None for at in range(count)
    ]
    return report([entry(f"Idea {at}", scale) for at, scale in enumerate(scales)])


def page_of(batch: Report) -> str:
    """`index.html` of a batch."""
    return index(batch, standing_of(batch))


def table_of(batch: Report) -> str:
    """`comparison.csv` of a batch."""
    return comparison(batch, standing_of(batch))


def workbook_of(batch: Report) -> bytes:
    """`comparison.xlsx` of a batch."""
    return spreadsheet(batch, standing_of(batch))
