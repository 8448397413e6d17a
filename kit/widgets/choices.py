"""Fields for what is chosen: one of a few words, yes or no, a box to tick."""

from __future__ import annotations

from typing import Any, get_args

from kit.widgets import plain
from kit.widgets.field import Field

UNSAID = "not said"

# The words that the model reads as true or false.
_YES = frozenset({"true", "yes", "on", "1", "y", "t"})
_NO = frozenset({"false", "no", "off", "0", "n", "f"})


class Choice(Field):
    """One of the words that the model knows; another word that the file has stays a choice."""

    by_keyboard = False

    def _known(self) -> list[tuple[str, str]]:
        return [(UNSAID, ""), *((word, word) for word in get_args(self.kind))]

    def _control(self) -> Any:
        self.menu = plain.Dropdown(options=self._known(), description=self.label, tooltip=self.help)
        self._listen(self.menu)
        return self.menu

    def _paint(self, raw: Any) -> bool:
        known = self._known()
        if isinstance(raw, str) and raw not in [value for _, value in known]:
            known.append((f"{raw} (as in the file)", raw))
        if tuple(known) != tuple(self.menu.options):
            self.menu.options = known
        self.menu.value = raw if isinstance(raw, str) else ""
        return raw is None or isinstance(raw, str)

    def _compose(self) -> Any:
        return self.menu.value or None


class YesNo(Choice):
    """Yes, no, or not said."""

    def _known(self) -> list[tuple[str, str]]:
        return [(UNSAID, ""), ("yes", "true"), ("no", "false")]

    def _paint(self, raw: Any) -> bool:
        word = raw.strip().lower() if isinstance(raw, str) else ""
        return super()._paint("true" if word in _YES else "false" if word in _NO else raw)


class Tick(Field):
    """A box to tick; unticked and unsaid are the same."""

    by_keyboard = False

    def _control(self) -> Any:
        self.box = plain.Checkbox(description=self.label, indent=False, tooltip=self.help)
        self._listen(self.box)
        return self.box

    def _paint(self, raw: Any) -> bool:
        word = raw.strip().lower() if isinstance(raw, str) else ""
        self.box.value = word in _YES
        return raw is None or word in _YES | _NO

    def _compose(self) -> Any:
        return "true" if self.box.value else None
