"""The coach's panel without a browser: what it says, as HTML."""

from __future__ import annotations

from pathlib import Path

from kit.rules import STEPS
from kit.widgets.coach import Coach
from kit.widgets.draft import Draft


def shown(tmp_path: Path, goal: str) -> str:
    path = tmp_path / "brief.yaml"
    path.write_text(f"format: 1\ntitle: Feed\ngoal: {goal}\n", "utf-8")
    coach = Coach(STEPS[0])
    coach.look(Draft(str(path)))
    return str(coach.widget.value)


def test_panel_shows_what_is_to_be_typed_as_code(tmp_path: Path) -> None:
    html = shown(tmp_path, "{statement: x, metric: churn, unit: '%', baseline: 5}")
    assert "No <code>from</code> at 1 of the 1 numbers" in html
    assert "<code>from: measured</code>" in html
    assert "`" not in html


def test_panel_escapes_what_a_stranger_typed(tmp_path: Path) -> None:
    html = shown(
        tmp_path, "{statement: x, metric: churn, unit: '%', target: '`<img src=x onerror=y>`'}"
    )
    assert "&lt;img src=x onerror=y&gt;" in html
    assert "<img" not in html
