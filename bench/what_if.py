"""How long a slider of the what-if takes: the callback alone, and in a real browser.

Run with `python bench/what_if.py`; with `--browser` also in JupyterLab in Chromium, from the key that is
pressed to the figures that changed. The limit is 100 ms at the 95th percentile.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from browsing.following import pressed, told

ROOT = Path(__file__).parents[1]
LIMIT = 100.0  # ms
MOVES = 400
KEYS = 120
FIGURES = ".ff-follows"


def main() -> int:
    """Measure and say whether the limit is held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--browser", action="store_true", help="measure in JupyterLab, too")
    asked = parser.parse_args()
    held = [in_process(name) for name in ("fraud-detection", "tumour-triage", "churn-feed")]
    if asked.browser:
        held.append(in_browser("fraud-detection"))
    return 0 if all(held) else 1


def in_process(example: str) -> bool:
    """The callback: a slider has a new value, and the figures' HTML is there."""
    os.environ["FRAMING_FORMS"] = "on"
    from kit.widgets import metrics_form

    with tempfile.TemporaryDirectory() as folder:
        brief = shutil.copy(ROOT / "examples" / example / "brief.yaml", folder)
        form: Any = metrics_form(str(brief))
        panel = form["value"].what_if
        lever = panel.levers[0]
        took = []
        for at in range(MOVES):
            before = panel.figures.value
            start = time.perf_counter()
            lever.slider.value = 30.0 + (at * 0.5) % 60
            took.append(1000 * (time.perf_counter() - start))
            if panel.figures.value == before:
                raise RuntimeError(f"{example}: the figures did not follow the slider")
    return told(f"callback, {example}", took, limit=LIMIT)


def in_browser(example: str) -> bool:
    """From a key on a slider to the figures that changed, in JupyterLab."""
    from browsing.lab import opened

    with opened(ROOT / "examples" / example / "brief.yaml", "4_dual_metrics") as (page, _):
        handle = page.locator(".ff-lever .noUi-handle").first
        handle.scroll_into_view_if_needed()
        handle.focus()
        took = []
        for at in range(KEYS):
            key = "ArrowLeft" if at % 40 < 20 else "ArrowRight"
            took.append(pressed(page, key, part=FIGURES))
    return told(f"browser, {example}", took, limit=LIMIT)


if __name__ == "__main__":
    sys.exit(main())
