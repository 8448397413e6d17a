"""How long after a key the page follows, in milliseconds, and what the figures say against a limit."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

# The moment of the next key, and that of the next picture after a part of the page has changed.
_WATCH = """(part) => {
  window.followed = new Promise((done, failed) => {
    let start = 0;
    addEventListener('keydown', () => { start = performance.now(); }, {once: true, capture: true});
    const watcher = new MutationObserver(() => {
      watcher.disconnect();
      requestAnimationFrame(() => done(performance.now() - start));
    });
    watcher.observe(document.querySelector(part), {subtree: true, childList: true, characterData: true});
    setTimeout(() => { watcher.disconnect(); failed(new Error('nothing changed in 5 s')); }, 5000);
  });
}"""


def pressed(page: Any, key: str, *, part: str) -> float:
    """Press a key, and wait until the part of the page that a selector names has changed."""
    page.evaluate(_WATCH, part)
    page.keyboard.press(key)
    return float(page.evaluate("() => window.followed"))


def told(what: str, took: list[float], *, limit: float) -> bool:
    """Print the figures; whether the limit is held."""
    middle, late = np.percentile(took, [50, 95])
    held = bool(late <= limit)
    sys.stdout.write(
        f"{what}: {len(took)} times, median {middle:.1f} ms, 95th percentile {late:.1f} ms, "
        f"worst {max(took):.1f} ms; limit {limit:.0f} ms {'held' if held else 'NOT HELD'}\n"
    )
    return held
