"""One row of a list, on a card."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kit.errors import Problem
from kit.widgets import plain
from kit.widgets.field import Desk, Field, Holder
from kit.widgets.group import Fieldset, Group

if TYPE_CHECKING:
    from kit.widgets.rows import Rows

TITLE_LIMIT = 70


class Card(Group):
    """A row: its name and what can be done with it, then its fields, which can be folded away."""

    def __init__(self, parts: Sequence[Field | Fieldset], *, rows: Rows, folded: bool) -> None:
        super().__init__("N", label=rows.one, parts=parts)
        self.rows = rows
        self.folded = folded
        self._position, self._count = 0, 1
        self._head: Any = None
        self._body: Any = None

    def take_place(self, holder: Holder, *, desk: Desk, kind: Any) -> None:
        """Take a place among the rows."""
        super().take_place(holder, desk=desk, kind=kind)
        self._attach_fields(kind)

    def show(self, raw: Any) -> None:
        """Show a row of the file."""
        key = self.rows.text_key
        super().show(raw)
        if key is not None and isinstance(raw, str):
            next(field for field in self.fields if field.key == key).show(raw)
        self._rename()

    def child_changed(self, child: Field) -> None:
        """Take over what was typed; a row that was a text alone stays one while it can."""
        key, alone = self.rows.text_key, isinstance(self.raw, str)
        if key is not None and alone:
            self.raw = {key: self.raw}
        self._overwrite()
        raw = self._with(child)
        if key is not None and alone and raw is not None and list(raw) == [key]:
            raw = raw[key]
        self._typed(raw)
        self._rename()

    def say(self, problems: Sequence[Problem], *, at: str) -> None:
        """Show problems at the fields; a folded card says that it has some."""
        super().say(problems, at=at)
        self._rename()

    def leaves(self) -> Iterator[str]:
        """The row's place in the list, then the keys of its fields."""
        yield "N"
        for field in self.fields:
            yield from (f"N.{key}" for key in field.leaves())

    def place(self, position: int, *, of: int) -> None:
        """Tell the card where it stands."""
        self._position, self._count = position, of
        self._rename()

    def fold(self, *, folded: bool) -> None:
        """Hide the fields, or show them; they are made when they are first shown."""
        self.folded = folded
        if self._head is None:
            return
        if not folded and self._body is None:
            with plain.told_once():
                self._body = super()._framed()
                self._repaint()
            self._card.children = (self._head, self._body)
        (self._card.add_class if folded else self._card.remove_class)("ff-folded")
        self._rename()

    def focus(self) -> None:
        """Put the cursor into the first field."""
        self.fields[0].focus()

    def focus_move(self, by: int) -> None:
        """Put the cursor on the button that was pressed, or on its neighbour at the end of the list."""
        if self._head is not None:
            wanted, other = (self._up, self._down) if by < 0 else (self._down, self._up)
            (other if wanted.disabled else wanted).focus()

    def _framed(self) -> Any:
        self._name = self._button("", lambda: self.fold(folded=not self.folded), always=True)
        self._name.add_class("ff-fold")
        self._up = self._button("Move up", lambda: self.rows.move(self, by=-1))
        self._down = self._button("Move down", lambda: self.rows.move(self, by=1))
        self._remove = self._button("Remove", lambda: self.rows.remove(self))
        doing = plain.HBox([self._up, self._down, self._remove]).add_class("ff-doing")
        self._head = plain.HBox([self._name, doing]).add_class("ff-head")
        self._card = plain.VBox([self._head]).add_class("ff-card")
        self.fold(folded=self.folded)
        return self._card

    def _button(self, text: str, act: Callable[[], None], *, always: bool = False) -> Any:
        button = plain.Button(description=text, disabled=not (self.desk.writable or always))
        button.on_click(lambda _: self._pressed(act))
        return button.add_class("ff-quiet")

    def _pressed(self, act: Callable[[], None]) -> None:
        with self.desk.lock:
            act()

    def _repaint(self) -> None:
        if self._body is not None:
            super()._repaint()

    def _control(self) -> Any:
        control = super()._control()
        control.children = control.children[1:]  # the head has the name already
        return control

    def _rename(self) -> None:
        if self._head is None:
            return
        name = f"{self.label} {self._position + 1}"
        for button, doing in (
            (self._up, "Move {} up"),
            (self._down, "Move {} down"),
            (self._remove, "Remove {}"),
        ):
            button.tooltip = doing.format(name)
        self._up.disabled = not self.desk.writable or self._position == 0
        self._down.disabled = not self.desk.writable or self._position == self._count - 1
        self._name.description = f"{'▸' if self.folded else '▾'} {_capital(name)}{self._summary()}"
        self._name.tooltip = f"{'Show' if self.folded else 'Hide'} the fields of {name}"

    def _summary(self) -> str:
        row = self.raw if isinstance(self.raw, dict) else {self.rows.text_key: self.raw}
        said = [row.get(key) for key in self.rows.titles]
        text = ", ".join(" ".join(each.split()) for each in said if isinstance(each, str))
        short = text if len(text) <= TITLE_LIMIT else f"{text[:TITLE_LIMIT].rstrip()}…"
        wrong = self.folded and any(_all_problems(self))
        return (f": {short}" if short else "") + (
            " (something here cannot be read)" if wrong else ""
        )


def _all_problems(field: Field) -> Iterator[Problem]:
    yield from field.problems
    for inner in field.inside:
        yield from _all_problems(inner)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
