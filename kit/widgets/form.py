"""A form: the fields of a step, what became of them, and the section they make."""

from __future__ import annotations

import shlex
import threading
import time
from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from kit.brief import BriefFile, open_brief
from kit.brief.store import changed
from kit.errors import BriefError, ConflictError, FramingError
from kit.report import Section, section, step
from kit.report.html import to_html
from kit.rules import STEPS
from kit.widgets import plain
from kit.widgets.coach import Coach
from kit.widgets.draft import Draft
from kit.widgets.field import Desk, Field
from kit.widgets.person import is_present
from kit.widgets.sample import SamplePanel
from kit.widgets.sheet import Parts, Sheet
from kit.widgets.status import Status

SAVE_AFTER = 0.4  # seconds from the first change that is not saved
QUIET = 0.7  # seconds without typing, after which problems and the preview are shown
LOOK_AGAIN = 1.5  # seconds after opening, for what a form that stood here before may still save


class Notice:
    """An error, said to a person."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        said = "<br>".join(escape(line) for line in self.text.splitlines())
        return (
            f'<style>{look()}</style><div class="ff-banner" role="alert">'
            f"<strong>The form cannot open.</strong><br>{said}</div>"
        )


class Form:
    """A step of a brief, to be filled in; every change goes to the file by itself."""

    def __init__(
        self, path: str, *, name: str, parts: Callable[[], Parts], with_sample: bool = False
    ) -> None:
        """Open the brief; `with_sample` puts the attached file below the fields.

        Raises
        ------
        BriefError
            If it cannot be read.
        """
        self.name = name
        self._parts = parts
        self._draft = Draft(path)
        self._lock = threading.RLock()  # callbacks and the timer run on several threads
        self._timer: threading.Timer | None = None
        self._last_typed = 0.0
        with plain.told_once():
            self._status = Status(
                save=self.flush,
                reload=self.reload,
                keep_mine=self.keep_mine,
                take_theirs=self.take_theirs,
            )
            self._preview = plain.HTML().add_class("ff-preview")
            self._with_sample = with_sample
            self.sample: SamplePanel | None = None
            self._main = plain.VBox().add_class("ff-main")
            self._coach = Coach(next(one for one in STEPS if one.name == name))
            side = plain.VBox([self._coach.widget, self._preview]).add_class("ff-side")
            body = plain.Box([self._main, side]).add_class("ff-body")
            self._status.beside(self._coach.badge)
            style = plain.HTML(f"<style>{look()}</style>").add_class("ff-style")
            self.widget = plain.VBox([style, self._status.widget, body]).add_class("ff-form")
            self._main.children = self._build()
        self._arm(LOOK_AGAIN)

    def __getitem__(self, key: str) -> Field:
        """The field at a dotted key."""
        return self.sheet.find(key.split("."))

    @property
    def writable(self) -> bool:
        """Whether anything can be typed."""
        return self._desk.writable

    @property
    def status(self) -> str:
        """What became of what was typed."""
        return self._status.text

    def flush(self) -> None:
        """Save what was typed, now."""
        with self._lock:
            self._try(self._draft.save)
            self._present()

    def reload(self) -> None:
        """Show what the file holds now; what was typed and not saved stays."""
        with self._lock:
            self._try(self._draft.take_in)
            if self._draft.file.writable != self.writable:
                with plain.told_once():
                    made = self._build()
                self._main.children = made
            self._present()

    def keep_mine(self) -> None:
        """End a conflict: what was typed here goes into the file."""
        with self._lock:
            self._try(self._draft.keep_mine)
            self._present()

    def take_theirs(self) -> None:
        """End a conflict: what stands in the file is shown."""
        with self._lock:
            self._try(self._draft.take_theirs)
            self._present()

    def typed(self) -> BriefFile:
        """The brief as the form shows it, saved or not."""
        with self._lock:
            return self._draft.typed

    def put(self, changes: Mapping[str, Any]) -> None:
        """Write raw values to dotted keys, as if they had been typed."""
        with self._lock:
            self._draft.mine = changed(self._draft.mine, changes)
            self.sheet.show(self._draft.mine)
            self._changed()

    def present(self) -> None:
        """Show again what is wrong, what can be offered, and the section."""
        with self._lock:
            self._present()

    def _repr_mimebundle_(self, **_asked: Any) -> Any:
        return self.widget._repr_mimebundle_()

    def _build(self) -> list[Any]:
        """What is filled in, made anew."""
        self._desk = Desk(
            writable=self._draft.file.writable, lock=self._lock, overwrite=self._draft.overwrite
        )
        self.sheet = Sheet(self._parts(), desk=self._desk, changed=self._changed)
        self.sheet.show(self._draft.mine)
        self.sheet.suggest(self._draft.mine)
        if self._with_sample and self.sample is None:
            self.sample = SamplePanel(self, writable=self.writable, lock=self._lock)
        below = [self.sample.widget] if self.sample else []
        made = [*self._banner(), self.sheet.widget, *below]
        self._status.opened(self._draft.file.name, writable=self.writable)
        self._present()  # after the controls are made: what follows from others follows at once
        return made

    def _banner(self) -> list[Any]:
        if self.writable:
            return []
        name = self._draft.file.name
        said = (
            f"<strong>{escape(name)} is read-only, so nothing can be changed here.</strong><br>"
            "To fill it in, make the file writable (in a terminal: "
            f"<code>chmod u+w {escape(shlex.quote(name))}</code>) and press “Read the file again”. "
            "To try something out, copy the folder and open the copy."
        )
        return [plain.HTML(f'<div class="ff-banner" role="alert">{said}</div>')]

    def _changed(self) -> None:
        """Something was typed; called with the lock held."""
        self._draft.mine = self.sheet.tree
        self._last_typed = time.monotonic()
        if self._draft.kept is None:
            self._status.saving()
        self._arm(SAVE_AFTER)
        self._coach.look(self._draft)

    def _arm(self, seconds: float) -> None:
        if self._timer is not None and seconds == SAVE_AFTER and self._timer.interval != SAVE_AFTER:
            self._timer.cancel()
            self._timer = None
        if self._timer is None:
            self._timer = threading.Timer(seconds, self._tick)
            # A kernel that shuts down waits for a save, so that nothing typed is lost.
            self._timer.daemon = seconds == LOOK_AGAIN
            self._timer.start()

    def _tick(self) -> None:
        with self._lock:
            self._timer = None
            self._try(self._draft.save if self._draft.unsaved else self._draft.take_in)
            left = QUIET - (time.monotonic() - self._last_typed)
            if left > 0:
                self._arm(left)
            else:
                self._present()

    def _try(self, act: Callable[[], None]) -> None:
        """Do something with the file, and say what became of it."""
        before = self._draft.file.stamp
        unsaved, kept = self._draft.unsaved, self._draft.kept
        try:
            act()
        except ConflictError as exc:
            self._status.disputed(self._dispute(exc))
        except FramingError as exc:
            self._status.failed(f"{exc}", unsaved=self._draft.unsaved)
        except BaseException as exc:
            self._status.failed(f"{type(exc).__name__}: {exc}.", unsaved=True)
            raise
        else:
            self._say_done(unsaved=unsaved, settled=kept is not None, before=before)
        self.sheet.show(self._draft.mine)

    def _say_done(self, *, unsaved: bool, settled: bool, before: str) -> None:
        draft = self._draft
        if draft.kept is not None:
            return
        if unsaved and not draft.unsaved:
            aside = draft.aside.name if draft.aside else ""
            self._status.saved(draft.file.name, moved=draft.moved, aside=aside)
        elif settled or draft.file.stamp != before:
            self._status.taken_in(draft.file.name)
        elif not draft.unsaved:
            self._status.rest()

    def _dispute(self, exc: ConflictError) -> str:
        name = self._draft.file.name
        kept = f"yours in {self._draft.kept.name}" if self._draft.kept else ""
        if exc.__cause__ is not None:
            return (
                f"{name} was changed elsewhere and cannot be read now. What you typed is kept, "
                f"{kept}. Put the file right, then choose. {exc.__cause__}"
            )
        where = ", ".join(self._draft.disputed) or "the same place"
        return (
            f"{where} was changed elsewhere too. Both versions are kept: theirs in {name}, "
            f"{kept}. Which one is to stay?"
        )

    def _present(self) -> None:
        """Show what is wrong, what can be offered, and the section."""
        file = self._draft.file
        self.sheet.say(file.problems)
        self.sheet.suggest(self._draft.mine)
        self._coach.look(self._draft)
        if self.sample is not None:
            self.sample.follow()
        shown = to_html(section(file, self.name, files="none").blocks)
        head = '<p class="ff-caption">As it stands in the brief</p>'
        if self._preview.value != head + shown:
            self._preview.value = head + shown


def opened(
    path: str, *, name: str, parts: Callable[[], Parts], with_sample: bool = False
) -> Form | Section | Notice:
    """The form of a step where a person is there, its section where none is.

    Raises
    ------
    BriefError
        If the brief cannot be read and nobody is there to be told.
    """
    if not is_present():
        return step(open_brief(path), name)
    try:
        return Form(path, name=name, parts=parts, with_sample=with_sample)
    except BriefError as exc:
        return Notice(str(exc))


@cache
def look() -> str:
    """The style of forms."""
    return Path(__file__).with_name("look.css").read_text(encoding="utf-8")
