"""All fields of a step: the group at the root of the brief."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from kit.brief import Brief
from kit.brief.tree import Tree
from kit.errors import Problem
from kit.widgets import plain
from kit.widgets.field import Desk, Field
from kit.widgets.group import Fieldset, Group, joined, laid_out

Parts = Sequence[Field | Fieldset]


class Sheet(Group):
    """The fields of a step, and through them the whole tree of the brief."""

    def __init__(self, parts: Parts, *, desk: Desk, changed: Callable[[], None]) -> None:
        super().__init__("", label="", parts=parts)
        self.desk = desk
        self.level = 2
        self._changed = changed
        self._attach_fields(Brief)

    @property
    def tree(self) -> Tree:
        """The brief as the form shows it."""
        return self.raw or {}

    def say(self, problems: Sequence[Problem], *, at: str = "") -> None:
        """Show each problem at its field; what is wrong in other steps is shown there."""
        for field in self.fields:
            field.say(problems, at=joined(at, field.key))

    def leaves(self) -> Iterator[str]:
        """All dotted keys that can be filled in."""
        for field in self.fields:
            yield from field.leaves()

    def _typed(self, raw: Any) -> None:
        self.raw = raw
        self._changed()

    def _framed(self) -> Any:
        return plain.VBox(laid_out(self.parts, level=self.level + 1)).add_class("ff-sheet")

    def _repaint(self) -> None:
        """Nothing of its own to show."""
