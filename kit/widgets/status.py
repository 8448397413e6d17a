"""The line that says what became of what was typed, and what to do when it could not be saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from html import escape
from typing import Any

from kit.widgets import plain


class Status:
    """Saved, not saved, or two versions to choose from."""

    def __init__(self, *, save: Act, reload: Act, keep_mine: Act, take_theirs: Act) -> None:
        self._said = plain.HTML().add_class("ff-said")
        self._save = _button("Save now", "Write what was typed to the file at once", save)
        self._reload = _button("Read the file again", "Show what the file holds now", reload)
        self._mine = _button("Keep what I typed", "Put what you typed into the file", keep_mine)
        self._theirs = _button(
            "Take the file's version", "Show what the file has instead", take_theirs
        )
        self._buttons = plain.HBox([self._save, self._reload]).add_class("ff-doing")
        self.widget = plain.HBox([self._said, self._buttons]).add_class("ff-status")
        self._last = ""

    def beside(self, widget: Any) -> None:
        """Show something between what is said and the buttons."""
        said, *rest = self.widget.children
        self.widget.children = [said, widget, *rest]

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def opened(self, name: str, *, writable: bool) -> None:
        """Nothing is typed yet."""
        self._save.disabled = not writable
        self._choose(conflict=False)
        more = " What you type is saved as you go." if writable else ""
        self._say("ready", f"Read from {name} at {_now()}.{more}")

    def saving(self) -> None:
        """Something is typed and on its way."""
        self._say("saving", "Saving…")

    def saved(self, name: str, *, moved: bool = False, aside: str = "") -> None:
        """The file has it; others' changes may have come in, an earlier version may be `aside`."""
        self._choose(conflict=False)
        others = ". Changes made elsewhere were taken in." if moved else ""
        kept = f". What was typed over is kept in {aside}." if aside else ""
        kept = kept.removeprefix(".") if moved else kept
        self._say("saved", f"Saved at {_now()} to {name}{others}{kept}")

    def taken_in(self, name: str) -> None:
        """The file was read again."""
        self._choose(conflict=False)
        self._say("saved", f"Read from {name} at {_now()}.")

    def rest(self) -> None:
        """Nothing is left to save after all: what was said last about the file holds again."""
        if self._kind in ("saving", "failed"):
            self._choose(conflict=False)
            self._say(*self._settled)

    def failed(self, why: str, *, unsaved: bool) -> None:
        """The file could not be read or written."""
        if unsaved:
            self._say("failed", f"Not saved: {why} What you typed is still in this form.")
        else:
            self._say("failed", f"Not read again: {why}")

    def disputed(self, why: str) -> None:
        """Two versions; a person has to choose."""
        self._choose(conflict=True)
        self._say("failed", f"Not saved: {why}")

    def _choose(self, *, conflict: bool) -> None:
        wanted = (self._mine, self._theirs) if conflict else (self._save, self._reload)
        if self._buttons.children != wanted:
            self._buttons.children = wanted

    def _say(self, kind: str, text: str) -> None:
        self._kind, self._text = kind, text
        if kind in ("ready", "saved"):
            self._settled = kind, text
        said = f'<div class="ff-{kind}" role="status" aria-live="polite">{escape(text)}</div>'
        if said != self._last:
            self._said.value = self._last = said


Act = Callable[[], None]


def _button(text: str, tooltip: str, act: Act) -> Any:
    button = plain.Button(description=text, tooltip=tooltip).add_class("ff-quiet")
    button.on_click(lambda _: act())
    return button


def _now() -> str:
    return f"{dt.datetime.now().astimezone():%H:%M:%S}"
