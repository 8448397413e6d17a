"""Fields that stand together: fieldsets for the eye, groups for the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from kit.brief import Part
from kit.brief.tree import Tree
from kit.errors import Problem
from kit.widgets import plain
from kit.widgets.absent import reason_in
from kit.widgets.field import Desk, Field, Holder


@dataclass(frozen=True, kw_only=True)
class Fieldset:
    """Fields under one heading; the file knows nothing of it."""

    title: str
    fields: Sequence[Field]
    help: str = ""


class Group(Field):
    """A group of keys in the file."""

    by_keyboard = False
    help_below = False

    def __init__(
        self,
        key: str,
        *,
        label: str,
        parts: Sequence[Field | Fieldset],
        help: str = "",  # noqa: A002
    ) -> None:
        super().__init__(key, label=label, help=help, wide=True)
        self.parts = tuple(parts)

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields in it, in order."""
        return tuple(
            field
            for part in self.parts
            for field in (part.fields if isinstance(part, Fieldset) else [part])
        )

    @property
    def inside(self) -> tuple[Field, ...]:
        """The same."""
        return self.fields

    def attach(self, holder: Holder, *, desk: Desk, part: type[Part]) -> None:
        """Take a place in a form, with everything inside."""
        super().attach(holder, desk=desk, part=part)
        self._attach_fields(self.inner)

    def _attach_fields(self, part: type[Part]) -> None:
        for given in self.parts:
            deeper = 2 if isinstance(given, Fieldset) else 1
            for field in given.fields if isinstance(given, Fieldset) else [given]:
                field.level = min(self.level + deeper, 6)
                field.attach(self, desk=self.desk, part=part)

    def show(self, raw: Any) -> None:
        """Show a value of the file in every field."""
        with self.desk.lock:
            inside = raw if isinstance(raw, dict) and reason_in(raw) is None else {}
            for field in self.fields:
                field.show(inside.get(field.key))
            super().show(raw)

    def child_changed(self, child: Field) -> None:
        """Take over what was typed into one of the fields."""
        self._overwrite()
        self._typed(self._with(child))
        self._renote()

    def say(self, problems: Sequence[Problem], *, at: str) -> None:
        """Show each problem at its field, and here what belongs to none."""
        below = [joined(at, field.key) for field in self.fields]
        for field, place in zip(self.fields, below, strict=True):
            field.say(problems, at=place)
        super().say(
            [p for p in problems if not any(_within(p.key, place) for place in below)], at=at
        )

    def suggest(self, tree: Tree) -> None:
        """Offer words from elsewhere in the brief."""
        for field in self.fields:
            field.suggest(tree)

    def leaves(self) -> Iterator[str]:
        """The group's own key, then those of its fields."""
        yield self.key
        for field in self.fields:
            yield from (f"{self.key}.{key}" for key in field.leaves())

    def find(self, path: Sequence[str]) -> Field:
        """The field at a path below this one."""
        if not path:
            return self
        return next(field for field in self.fields if field.key == path[0]).find(path[1:])

    def _with(self, child: Field) -> dict[str, Any] | None:
        known = isinstance(self.raw, dict) and reason_in(self.raw) is None
        raw = {key: value for key, value in (self.raw if known else {}).items() if key != child.key}
        return (raw if child.raw is None else {**raw, child.key: child.raw}) or None

    def _control(self) -> Any:
        title = heading(self.label, level=self.level, help=self.help)
        return plain.VBox([title, *laid_out(self.parts, level=self.level + 1)]).add_class(
            "ff-group"
        )

    def _paint(self, raw: Any) -> bool:
        return raw is None or isinstance(raw, dict)

    def _answer_absence(self, absence: Any) -> None:
        super()._answer_absence(absence)
        inside = self.raw if isinstance(self.raw, dict) else {}
        for field in self.fields if reason_in(self.raw) is None else ():
            field.show(inside.get(field.key))


def laid_out(parts: Sequence[Field | Fieldset], *, level: int) -> list[Any]:
    """The widgets of fields and fieldsets; loose fields between fieldsets share a grid."""
    shown: list[Any] = []
    loose: list[Any] = []
    for part in parts:
        if isinstance(part, Fieldset):
            shown += [_grid(loose), _fieldset(part, level)] if loose else [_fieldset(part, level)]
            loose = []
        else:
            loose.append(part.widget)
    return [*shown, _grid(loose)] if loose else shown


def _fieldset(part: Fieldset, level: int) -> Any:
    title = heading(part.title, level=level, help=part.help)
    grid = _grid([field.widget for field in part.fields])
    return plain.VBox([title, grid]).add_class("ff-fieldset")


def _grid(widgets: Sequence[Any]) -> Any:
    return plain.Box(list(widgets)).add_class("ff-grid")


def heading(title: str, *, level: int, help: str = "") -> Any:  # noqa: A002
    """A heading, with a line below it where there is one."""
    below = f'<div class="ff-help">{escape(help)}</div>' if help else ""
    return plain.HTML(f'<h{level} class="ff-title">{escape(title)}</h{level}>{below}').add_class(
        "ff-heading"
    )


def joined(at: str, key: str) -> str:
    """A dotted key below another."""
    return f"{at}.{key}" if at else key


def _within(key: str, place: str) -> bool:
    return key == place or key.startswith(f"{place}.")
