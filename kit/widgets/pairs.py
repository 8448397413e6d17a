"""Values that have a name each: quality by metric, exchange rates, accepted findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from kit.errors import Problem
from kit.widgets import plain
from kit.widgets.field import Field, clean
from kit.widgets.group import heading


class Pair:
    """A name and its value."""

    def __init__(self, pairs: Pairs, name: str) -> None:
        self.pairs = pairs
        self.value: Field = pairs.value()
        self.value.take_place(self, desk=pairs.desk, kind=pairs.inner)
        self.given = name
        self._widget: Any = None

    def child_changed(self, child: Field) -> None:  # noqa: ARG002
        """Take over what was typed as value."""
        self.pairs.changed()

    @property
    def widget(self) -> Any:
        """What is shown; built when it is first asked for."""
        if self._widget is None:
            locked = not self.pairs.desk.writable
            self.name = plain.Text(
                self.given,
                description=self.pairs.name,
                placeholder=self.pairs.example,
                disabled=locked,
            ).add_class("ff-control")
            self.name.observe(self._named, "value")
            self._remove = plain.Button(description="Remove", disabled=locked).add_class("ff-quiet")
            self._remove.on_click(lambda _: self.pairs.remove(self))
            shown = [self.name, self.value.widget, self._remove]
            self._widget = plain.HBox(shown).add_class("ff-pair")
        return self._widget

    def _named(self, _change: Any) -> None:
        with self.pairs.desk.lock:
            self.given = clean(self.name.value).strip()
            self.pairs.changed()


class Pairs(Field):
    """Named values; the names are the person's own."""

    by_keyboard = False
    help_below = False

    def __init__(
        self,
        key: str,
        *,
        label: str,
        one: str,  # what a pair is, for example "rate"
        name: str,  # the label of the name
        value: Callable[[], Field],  # made anew for each pair
        example: str = "",
    ) -> None:
        super().__init__(key, label=label, wide=True)
        self.one, self.name, self.value, self.example = one, name, value, example
        self.pairs: list[Pair] = []

    def show(self, raw: Any) -> None:
        """Show the values of the file."""
        with self.desk.lock:
            if raw != self.raw:
                named = raw if isinstance(raw, dict) and list(raw) != ["n/a"] else {}
                if [pair.given for pair in self.pairs] != list(named):
                    self.pairs = [Pair(self, name) for name in named]
                for pair in self.pairs:
                    pair.value.show(named[pair.given])
                self._arrange()
            super().show(raw)

    def changed(self) -> None:
        """Take over what was typed; a pair without a name of its own waits for one."""
        self._overwrite()
        named: dict[str, Any] = {}
        for pair in self.pairs:
            if pair.given and pair.value.raw is not None:
                named.setdefault(pair.given, pair.value.raw)
        self._typed(named or None)
        self._renote()

    @property
    def inside(self) -> tuple[Field, ...]:
        """The values."""
        return tuple(pair.value for pair in self.pairs)

    def add(self, _button: Any = None) -> None:
        """A new, empty pair at the end."""
        with self.desk.lock:
            self.pairs.append(Pair(self, ""))
            self._arrange()
            self.pairs[-1].name.focus()

    def remove(self, pair: Pair) -> None:
        """Take a pair out."""
        with self.desk.lock:
            self.pairs.remove(pair)
            self._arrange()
            self.changed()
            self._button.focus()

    def say(self, problems: Sequence[Problem], *, at: str) -> None:
        """Show each problem at its value."""
        for pair in self.pairs:
            pair.value.say(problems, at=f"{at}.{pair.given}")
        below = tuple(f"{at}.{pair.given}" for pair in self.pairs)
        own = [
            p for p in problems if not any(p.key == b or p.key.startswith(f"{b}.") for b in below)
        ]
        super().say(own, at=at)

    def leaves(self) -> Iterator[str]:
        """The key of any of the values."""
        yield f"{self.key}.*"

    def find(self, path: Sequence[str]) -> Field:
        """The field at a path below this one; a name may have dots in it."""
        if not path:
            return self
        return next(pair.value for pair in self.pairs if pair.given == ".".join(path))

    def _control(self) -> Any:
        self._list = plain.VBox().add_class("ff-rows")
        self._button = plain.Button(
            description=f"Add a {self.one}", disabled=not self.desk.writable
        ).add_class("ff-add")
        self._button.on_click(self.add)
        self._arrange()
        title = heading(self.label, level=self.level, help=self.help)
        return plain.VBox([title, self._list, self._button]).add_class("ff-group")

    def _paint(self, raw: Any) -> bool:
        return raw is None or isinstance(raw, dict)

    def _hint(self) -> str:
        names = [pair.given for pair in self.pairs]
        waiting = [pair for pair in self.pairs if not pair.given and pair.value.raw is not None]
        twice = sorted({name for name in names if name and names.count(name) > 1})
        if twice:
            return f"Not saved yet: {twice[0]} stands here twice. Give one of the two another name."
        return f"Not saved yet: a {self.one} has no name." if waiting else ""

    def _arrange(self) -> None:
        if self._list is not None:
            self._list.children = [pair.widget for pair in self.pairs]

    _list: Any = None
