"""The briefs that every way is given: ideas out of a table, each a file in a folder, no two the same."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILE = "brief.yaml"
NOTEBOOK = ROOT / "workbooks" / "brief.ipynb"

_TITLE = re.compile(r"^title: (.+)$", re.MULTILINE)
# The low end of a range. What is drawn from a range is kept for the next brief of a process that has the same one.
_LOW = re.compile(r"^( *\w+: )(\d+(?:\.\d+)?)(?=(?:e\d+)?%? to \d)", re.MULTILINE)
_APART = 0.002


def write_briefs(folder: Path, count: int) -> None:
    """The table of ideas over and over, every brief with a title and ranges of its own."""
    from kit.batch.sources import read_sources  # the rivals do not wait for it

    ideas, _ = read_sources([ROOT / "examples" / "ideas.csv"])
    for at in range(count):
        turn, which = divmod(at, len(ideas))
        path = folder / f"{at:04}" / FILE
        path.parent.mkdir(parents=True)
        path.write_text(_own(ideas[which].text, turn), "utf-8")


def title_of(brief: Path) -> str:
    """The title of one of these briefs."""
    found = _TITLE.search(brief.read_text("utf-8"))
    if found is None:
        raise ValueError(f"{brief}: expected a line with a title, found none.")
    return found[1]


def _own(text: str, turn: int) -> str:
    """The text as it is told the first time, and later ones with another title and other ranges."""
    if not turn:
        return text

    def larger(found: re.Match[str]) -> str:
        return f"{found[1]}{float(found[2]) * (1 + turn * _APART):.4g}"

    return _TITLE.sub(rf"title: \1, take {turn + 1}", _LOW.sub(larger, text), count=1)
