"""A place of the brief in a form: a label, a control, help, and what is wrong with what was typed.

A field holds the raw value of its key, exactly as the file has it, until a person changes it: what a
field cannot show, and what nobody touched, goes back into the file as it stood.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Protocol, get_args, get_origin

from kit.brief import NotApplicable, Part
from kit.brief.reading import bare, field_type
from kit.brief.tree import Tree
from kit.errors import Problem
from kit.widgets import plain
from kit.widgets.absent import Absence, reason_in, with_reason


class Holder(Protocol):
    """What a field stands in."""

    def child_changed(self, child: Field) -> None:
        """Take over what was typed into `child`."""


@dataclass(kw_only=True)
class Desk:
    """What all fields of one form share."""

    writable: bool
    lock: threading.RLock  # held while what a form holds is read or changed
    overwrite: Callable[[], None] = lambda: None  # before what no control shows is typed over


class Field:
    """One key; a subclass gives the control."""

    by_keyboard = True  # whether "n/a: reason" can be typed into the control itself
    help_below = True  # whether the help stands below the control

    def __init__(self, key: str, *, label: str, help: str = "", wide: bool = False) -> None:  # noqa: A002
        self.key = key
        self.label = label
        self.help = help
        self.wide = wide  # the whole width of a form, not a column of it
        self.level = 3  # of its heading, where it has one
        self.optional = False  # whether "not applicable" is an answer
        self.raw: Any = None
        self.problems: tuple[Problem, ...] = ()
        self._before: Any = None  # the answer that "not applicable" took the place of
        self._frame: Any = None
        self._note: Any = None
        self._absence: Absence | None = None
        self._first: Any = None  # the control that gets the cursor
        self._painting = False
        self._strange = False  # the control cannot show what the file has

    def attach(self, holder: Holder, *, desk: Desk, part: type[Part]) -> None:
        """Take a place in a form; `part` is the model that knows the key."""
        info = next(i for name, i in part.model_fields.items() if self.key in (name, i.alias))
        self.help = self.help or info.description or ""
        self.optional = NotApplicable in get_args(info.annotation)
        self.take_place(holder, desk=desk, kind=field_type(part, self.key))

    def take_place(self, holder: Holder, *, desk: Desk, kind: Any) -> None:
        """Take a place in a form, as a value of a known kind."""
        self.holder, self.desk, self.kind = holder, desk, kind

    @property
    def inner(self) -> Any:
        """The kind of one entry, where the field holds a list or named values."""
        return bare(get_args(self.kind)[-1]) if get_origin(self.kind) in (list, dict) else self.kind

    @property
    def inside(self) -> tuple[Field, ...]:
        """The fields inside this one."""
        return ()

    @property
    def widget(self) -> Any:
        """What is shown; built when it is first asked for."""
        if self._frame is None:
            with plain.told_once():
                self._frame = self._framed()
                self._repaint()
        return self._frame

    def show(self, raw: Any) -> None:
        """Show a value of the file; nothing moves where it is shown already."""
        with self.desk.lock:
            if raw != self.raw:
                self.raw, self._before = raw, None
                if self._frame is not None:
                    self._repaint()

    def say(self, problems: Sequence[Problem], *, at: str) -> None:
        """Show what is wrong at the dotted key `at` and below it."""
        found = tuple(p for p in problems if p.key == at or p.key.startswith(f"{at}."))
        if found != self.problems:
            self.problems = found
            self._renote()

    def suggest(self, tree: Tree) -> None:
        """Offer words from elsewhere in the brief."""

    def focus(self) -> None:
        """Put the cursor here."""
        if self._first is not None:
            self._first.focus()

    def leaves(self) -> Iterator[str]:
        """The dotted keys that can be filled in here, as `kit.brief.reading.leaves` names them."""
        yield self.key

    def find(self, path: Sequence[str]) -> Field:
        """The field at a path below this one."""
        if path:
            raise KeyError(".".join(path))
        return self

    # What a subclass gives.

    def _control(self) -> Any:
        """The control, made once."""
        raise NotImplementedError

    def _paint(self, raw: Any) -> bool:
        """Show a raw value in the control; False where it cannot be shown."""
        raise NotImplementedError

    def _compose(self) -> Any:
        """The raw value that the control stands for."""
        raise NotImplementedError

    def _hint(self) -> str:
        """One more line below the control, as text."""
        return ""

    # What a subclass uses.

    def _listen(self, *controls: Any) -> None:
        """Take over what is typed into these controls, where anything may be typed."""
        self._first = self._first or controls[0]
        for control in controls:
            control.disabled = not self.desk.writable
            control.observe(self._heard, "value")

    def _typed(self, raw: Any) -> None:
        self.raw = raw
        self.holder.child_changed(self)

    def _overwrite(self) -> None:
        """What the file has here gives way to what was typed inside."""
        fits = self.raw is None or reason_in(self.raw) is not None or self._is_kind(self.raw)
        if not fits:
            self.desk.overwrite()
        self._strange = False

    def _is_kind(self, raw: Any) -> bool:
        """Whether a raw value is of the kind that the fields inside are typed into."""
        return isinstance(raw, dict)

    def _renote(self) -> None:
        if self._note is not None:
            note = self._noted()
            if note != self._note.value:
                self._note.value = note

    # How it is done.

    def _framed(self) -> Any:
        self._note = plain.HTML().add_class("ff-note")
        shown = [self._control().add_class("ff-control"), self._note]
        if self.optional:
            self._absence = Absence(self.label, tabbable=False if self.by_keyboard else None)
            self._absence.listen(self._absence_heard, writable=self.desk.writable)
            shown += [self._absence.toggle, self._absence.reason]
        frame = plain.VBox(shown).add_class("ff-field")
        return frame.add_class("ff-wide") if self.wide else frame

    def _repaint(self) -> None:
        self._painting = True
        try:
            reason = reason_in(self.raw) if self._absence else None
            if self._absence:
                self._absence.paint(reason)
                self._mark_absent(reason is not None)
            self._strange = not self._paint(None if reason is not None else self.raw)
        finally:
            self._painting = False
        self._renote()

    def _mark_absent(self, absent: bool) -> None:  # noqa: FBT001
        change: Callable[[str], Any] = self._frame.add_class if absent else self._frame.remove_class
        change("ff-absent")

    def _heard(self, _change: Any) -> None:
        with self.desk.lock:
            if not self._painting:
                self._strange = False
                self._typed(self._compose())

    def _absence_heard(self, _change: Any) -> None:
        with self.desk.lock:
            if not self._painting and self._absence is not None:
                self._answer_absence(self._absence)

    def _answer_absence(self, absence: Absence) -> None:
        if reason_in(self.raw) is None:
            self._before = self.raw
        reason = clean(absence.reason.value).strip()
        absent = bool(absence.toggle.value)
        self._mark_absent(absent)
        raw = with_reason(reason, like=self.raw) if absent and reason else self._before
        if raw != self.raw:
            self._typed(raw)
        if not absent:
            self._repaint()
        self._renote()

    def _noted(self) -> str:
        lines = [f'<div class="ff-help">{escape(self.help)}</div>'] if self.help_below else []
        if self._absence and self._absence.toggle.value and reason_in(self.raw) is None:
            lines.append(
                line("ff-hint", "Say why; until then the earlier answer stays in the brief.")
            )
        if self._strange:
            lines.append(line("ff-hint", strange(self.raw)))
        if hint := self._hint():
            lines.append(line("ff-hint", hint))
        lines += [
            line("ff-problem", told(problem, self.raw), role="alert") for problem in self.problems
        ]
        return "".join(lines)


def line(name: str, text: str, *, role: str = "note") -> str:
    """One line of a note as HTML."""
    return f'<div class="{name}" role="{role}">{escape(text)}</div>'


def told(problem: Problem, raw: Any) -> str:
    """A problem in the words of a form, where the place is in sight."""
    if raw is None:
        return "Needed: without it this part of the brief cannot be read."
    return f"Expected {problem.expected}, found {problem.found}. {problem.remedy}"


def strange(raw: Any) -> str:
    """What to say about a value that a control cannot show."""
    shown = (
        str(raw)
        if isinstance(raw, str)
        else "a list"
        if isinstance(raw, list)
        else "a group of keys"
    )
    return f"The file has {shown} here. It stays as it is until you type something in its place."


def clean(text: str) -> str:
    """Text that can be written to a file: half a character, as some keyboards send it, is marked."""
    return text.encode("utf-8", "replace").decode("utf-8")
