"""What if a share were another one: sliders, and figures that follow; nothing is written until asked to.

The panel is no part of the brief. It looks at the tree of the form, and gives a value back to the form
only when a person presses "Use this value".
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from kit.appraisal import Figures, Share, WhatIf, what_if_of
from kit.brief.reading import read
from kit.brief.tree import Tree
from kit.widgets import plain
from kit.widgets.field import Desk
from kit.widgets.group import heading
from kit.widgets.lever import Lever
from kit.widgets.tried import figures_table, spoken

SPEAK_AFTER = 0.8  # seconds at rest, so that not every step of a slider is read out
_HELP = "Move a slider and see what follows. Nothing is written to the brief until you press “Use this value”."
_EMPTY = "Once the value above has its numbers, you can try others here."
_PARTS = ("value", "goal", "hypothesis", "metrics")  # where its numbers and its currency stand


@dataclass(frozen=True, kw_only=True)
class _Step:
    """A value that was written to the brief, and what stood there."""

    key: str
    before: Any  # raw
    used: Any  # raw


class WhatIfPanel:
    """Sliders for the shares of a value, and their figures beside those of the brief."""

    def __init__(self, *, desk: Desk, level: int, put: Callable[[str, Any], None]) -> None:
        """Stand in a form; `put` writes a raw value to a key of its value part."""
        self._desk, self._put = desk, put
        self._seen: Tree | None = None
        self._what_if: WhatIf | None = None
        self._given = Figures()
        self._replaced: _Step | None = None  # for one step back
        self._timer: threading.Timer | None = None
        self.levers: tuple[Lever, ...] = ()
        self._rows = plain.VBox().add_class("ff-levers")
        self.figures = plain.HTML().add_class("ff-follows")
        self.heard = plain.HTML().add_class("ff-heard")
        self.undo = plain.Button(tooltip="Put back what the brief had").add_class("ff-quiet")
        self.undo.on_click(lambda _: self._take_back())
        title = heading("What if", level=level, help=_HELP)
        shown = [title, self._rows, self._foot(), self.figures, self.heard]
        self.widget = plain.VBox(shown).add_class("ff-what-if")

    def take_in(self, tree: Tree) -> None:
        """The form shows `tree` now; sliders that were not moved follow."""
        parts = {key: tree.get(key) for key in _PARTS}
        with self._desk.lock:
            if parts == self._seen:
                return
            self._seen = parts
            brief, _ = read(tree, file="", place=lambda _: (None, None))
            self._what_if = what_if_of(brief) if brief else None
            self._given = self._what_if.figures() if self._what_if else Figures()
            self._settle(self._what_if.shares if self._what_if else ())
            self._forget_what_was_typed_over()
            self._follow()

    def _settle(self, shares: tuple[Share, ...]) -> None:
        """A lever for every share that applies, those that are there kept as they stand."""
        known = {lever.name: lever for lever in self.levers}
        levers = []
        for share in shares:
            if share.not_applicable is None:
                lever = known.get(share.name) or self._lever(share)
                lever.take_in(share)
                levers.append(lever)
        self.levers = tuple(levers)
        left = [_not_applicable(share) for share in shares if share.not_applicable is not None]
        rows = [*(lever.widget for lever in levers), *left]
        if rows != list(self._rows.children):
            self._rows.children = rows

    def _lever(self, share: Share) -> Lever:
        return Lever(
            share,
            label=_label(share.name),
            lock=self._desk.lock,
            moved=self._moved,
            use=self._use,
        )

    def _moved(self) -> None:
        self._follow()
        self._speak_later()

    def _follow(self) -> None:
        """Figures for where the sliders stand."""
        for lever in self.levers:
            lever.allow(writable=self._desk.writable)
        if self._what_if is None:
            self._say(f'<div class="ff-help">{escape(_EMPTY)}</div>')
            return
        self._say(figures_table(self._what_if, self._given, self._tried()))

    def _tried(self) -> Figures | None:
        moved = {lever.name: lever.value for lever in self.levers if lever.value is not None}
        return self._what_if.figures(moved) if moved and self._what_if else None

    def _say(self, html: str) -> None:
        if self.figures.value != html:
            self.figures.value = html

    def _use(self, lever: Lever) -> None:
        if lever.value is None or not self._desk.writable:
            return
        before = self._raw(lever.name)
        wanted = isinstance(before, dict) and before.get("from") == "target"
        used = {"value": lever.text, "from": "target" if wanted else "guess"}
        self._replaced = _Step(key=lever.name, before=before, used=used)
        self._put(lever.name, used)
        self._offer_back()

    def _take_back(self) -> None:
        with self._desk.lock:
            step = self._replaced
            if step is not None and self._desk.writable:
                self._replaced = None
                self._put(step.key, step.before)
                self._offer_back()

    def _forget_what_was_typed_over(self) -> None:
        """No step back from a value that somebody has changed since: it would be lost."""
        step = self._replaced
        if step is not None and self._raw(step.key) not in (step.before, step.used):
            self._replaced = None
            self._offer_back()

    def _raw(self, key: str) -> Any:
        value = (self._seen or {}).get("value")
        return value.get(key) if isinstance(value, dict) else None

    def _foot(self) -> Any:
        self._offer_back()
        return plain.HBox([self.undo]).add_class("ff-foot")

    def _offer_back(self) -> None:
        name = _label(self._replaced.key) if self._replaced else ""
        self.undo.description = f"Undo: {name} as it was" if name else "Undo"
        (self.undo.remove_class if name else self.undo.add_class)("ff-gone")

    def _speak_later(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(SPEAK_AFTER, self._speak)
        self._timer.daemon = True  # nothing is lost when it is never said
        self._timer.start()

    def _speak(self) -> None:
        with self._desk.lock:
            tried = self._tried()
            said = spoken(self._what_if, tried) if tried and self._what_if else ""
            self.heard.value = f'<div role="status" aria-live="polite">{escape(said)}</div>'


def _label(name: str) -> str:
    return {"take_rate": "Take-rate", "error_rate": "Error rate"}.get(name, name.capitalize())


def _not_applicable(share: Share) -> Any:
    said = f"{_label(share.name)}: not applicable, {share.not_applicable}"
    return plain.HTML(f'<div class="ff-help">{escape(said)}</div>')
