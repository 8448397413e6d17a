"""Rows that repeat: each on a card of its own, to be added, removed, put back and moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from kit.brief import Part
from kit.brief.tree import Tree
from kit.errors import Problem
from kit.widgets import plain
from kit.widgets.card import Card
from kit.widgets.field import Desk, Field, Holder
from kit.widgets.group import Fieldset, heading

Fields = Callable[[], Sequence[Field | Fieldset]]


class Rows(Field):
    """A list of groups of keys."""

    by_keyboard = False
    help_below = False

    def __init__(
        self,
        key: str,
        *,
        label: str,
        one: str,  # what a row is, for example "metric"
        fields: Fields,  # made anew for each row
        titles: Sequence[str] = ("name",),  # the keys that name a row
        folded: bool = False,  # rows of the file start folded, because a row is long
        dense: bool = False,  # short fields: side by side, their help only as a tooltip
        text_key: str | None = None,  # a row may be a text alone: the value of this key
    ) -> None:
        super().__init__(key, label=label, wide=True)
        self.one, self.titles, self.folded, self.text_key = one, tuple(titles), folded, text_key
        self._dense = dense
        self._fields = fields
        self._taken: tuple[int, Any] | None = None  # what was removed last, and from where
        self.cards: list[Card] = []

    def attach(self, holder: Holder, *, desk: Desk, part: type[Part]) -> None:
        """Take a place in a form."""
        super().attach(holder, desk=desk, part=part)
        self._template = self._card()

    def show(self, raw: Any) -> None:
        """Show the rows of the file; cards that show the right thing stay as they are."""
        with self.desk.lock:
            if raw != self.raw:
                rows = raw if isinstance(raw, list) else []
                del self.cards[len(rows) :]
                while len(self.cards) < len(rows):
                    self.cards.append(self._card(folded=self.folded))
                for card, row in zip(self.cards, rows, strict=True):
                    card.show(row)
                self._arrange()
            super().show(raw)

    def child_changed(self, child: Field) -> None:  # noqa: ARG002
        """Take over what was typed into one of the cards; empty ones are not saved."""
        self._overwrite()
        self._typed([card.raw for card in self.cards if card.raw is not None] or None)

    @property
    def inside(self) -> tuple[Field, ...]:
        """The cards."""
        return tuple(self.cards)

    def add(self, _button: Any = None) -> None:
        """A new, empty row at the end."""
        with self.desk.lock:
            self.cards.append(self._card())
            self._arrange()
            self.cards[-1].focus()

    def remove(self, card: Card) -> None:
        """Take a row out; it can be put back."""
        with self.desk.lock:
            at = self.cards.index(card)
            self.cards.pop(at)
            self._taken = None if card.raw is None else (at, card.raw)
            self._changed()
            self._button.focus()

    def put_back(self, _button: Any = None) -> None:
        """The row that was removed last, at its place."""
        with self.desk.lock:
            if self._taken is not None:
                at, raw = self._taken
                self._taken = None
                card = self._card()
                card.show(raw)
                self.cards.insert(at, card)
                self._changed()

    def move(self, card: Card, *, by: int) -> None:
        """Change places with a neighbour; the cards stay, what is on them moves."""
        with self.desk.lock:
            at = self.cards.index(card)
            if not 0 <= at + by < len(self.cards):
                return
            other = self.cards[at + by]
            one, two = card.raw, other.raw
            card.show(two)
            other.show(one)
            folded = card.folded
            card.fold(folded=other.folded)
            other.fold(folded=folded)
            self._changed()
            other.focus_move(by)

    def say(self, problems: Sequence[Problem], *, at: str) -> None:
        """Show each problem on its card; the file has no empty cards."""
        filled = [card for card in self.cards if card.raw is not None]
        for position, card in enumerate(filled):
            card.say(problems, at=f"{at}.{position}")
        below = tuple(f"{at}.{position}" for position in range(len(filled)))
        own = [
            p for p in problems if not any(p.key == b or p.key.startswith(f"{b}.") for b in below)
        ]
        super().say(own, at=at)

    def suggest(self, tree: Tree) -> None:
        """Offer words from elsewhere in the brief."""
        for card in (self._template, *self.cards):
            card.suggest(tree)

    def leaves(self) -> Iterator[str]:
        """The list's key, then those of a row, with `N` for its position."""
        yield self.key
        yield from (f"{self.key}.{key}" for key in self._template.leaves())

    def find(self, path: Sequence[str]) -> Field:
        """The field at a path below this one."""
        return self.cards[int(path[0])].find(path[1:]) if path else self

    def _card(self, *, folded: bool = False) -> Card:
        card = Card(self._fields(), rows=self, folded=folded)
        card.level = self.level
        card.take_place(self, desk=self.desk, kind=self.inner)
        return card

    def _changed(self) -> None:
        self._overwrite()
        self._arrange()
        self._typed([card.raw for card in self.cards if card.raw is not None] or None)

    def _control(self) -> Any:
        self._list = plain.VBox().add_class("ff-rows")
        if self._dense:
            self._list.add_class("ff-dense")
        self._button = plain.Button(
            description=f"Add {_article(self.one)} {self.one}", disabled=not self.desk.writable
        ).add_class("ff-add")
        self._back = plain.Button().add_class("ff-quiet")
        self._button.on_click(self.add)
        self._back.on_click(self.put_back)
        self._foot = plain.HBox([self._button]).add_class("ff-foot")
        self._arrange()
        title = heading(self.label, level=self.level, help=self.help)
        return plain.VBox([title, self._list, self._foot]).add_class("ff-group")

    def _is_kind(self, raw: Any) -> bool:
        return isinstance(raw, list)

    def _paint(self, raw: Any) -> bool:
        return raw is None or isinstance(raw, list)

    def _arrange(self) -> None:
        for position, card in enumerate(self.cards):
            card.place(position, of=len(self.cards))
        if self._foot is not None:
            self._list.children = [card.widget for card in self.cards]
            if self._taken is not None:
                self._back.description = f"Put {self.one} {self._taken[0] + 1} back"
            self._foot.children = [self._button, self._back] if self._taken else [self._button]

    _foot: Any = None


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"
