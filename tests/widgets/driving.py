"""How the tests of the forms look into a form and into a file."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kit.brief import open_brief
from kit.widgets import data_form, goal_form, hypothesis_form, metrics_form, problem_form
from kit.widgets.form import Form

ROOT = Path(__file__).parents[2]
CHURN = ROOT / "examples" / "churn-feed" / "brief.yaml"
FORMS = {
    "goal": goal_form,
    "problem": problem_form,
    "hypothesis": hypothesis_form,
    "metrics": metrics_form,
    "data": data_form,
}

Opener = Callable[[str, Path], Form]


def stored(path: Path, key: str) -> Any:
    """What the file has at a dotted key."""
    return open_brief(path).value(key)


def field(form: Form, key: str) -> Any:
    """The field at a key, with its controls made."""
    found = form[key]
    assert found.widget
    return found


def wait_for(happened: Callable[[], bool], *, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happened():
            return True
        time.sleep(0.02)
    return False
