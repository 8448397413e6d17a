"""Fields for what is typed: a line, a longer text, a day, a list of short texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from kit.brief.tree import Tree
from kit.widgets import plain
from kit.widgets.field import Field, clean

Suggestions = Callable[[Tree], Sequence[str]]


class Line(Field):
    """A short text, with words to choose from where there are some."""

    def __init__(
        self,
        key: str,
        *,
        label: str,
        example: str = "",
        words: Sequence[str] = (),  # always offered
        offer: Suggestions | None = None,  # offered from what the brief says elsewhere
        wide: bool = False,
    ) -> None:
        super().__init__(key, label=label, wide=wide)
        self.example = example
        self._words = tuple(words)
        self._offer = offer

    def suggest(self, tree: Tree) -> None:
        """Offer words from elsewhere in the brief."""
        if self._offer is not None:
            self._words = tuple(dict.fromkeys(filter(None, self._offer(tree))))
            if self._frame is not None and self.text.options != self._words:
                self.text.options = self._words

    def _control(self) -> Any:
        shown = {"description": self.label, "placeholder": self.example, "tooltip": self.help}
        if self._words or self._offer:
            self.text = plain.Combobox(options=self._words, **shown)
        else:
            self.text = plain.Text(**shown)
        self._listen(self.text)
        return self.text

    def _paint(self, raw: Any) -> bool:
        self.text.value = raw if isinstance(raw, str) else ""
        return raw is None or isinstance(raw, str)

    def _compose(self) -> Any:
        return clean(self.text.value).strip() or None


class Title(Line):
    """The line a brief cannot be without: it is never saved empty."""

    def _compose(self) -> Any:
        return super()._compose() or self.raw

    def _typed(self, raw: Any) -> None:
        super()._typed(raw)
        self._renote()

    def _hint(self) -> str:
        if self.text.value.strip() or not isinstance(self.raw, str):
            return ""
        return f"Not saved: a brief needs a title. Until you type one, “{self.raw}” stays."


class Prose(Field):
    """A longer text."""

    def __init__(
        self, key: str, *, label: str, example: str = "", starter: str | None = None
    ) -> None:
        super().__init__(key, label=label, wide=True)
        self.example = example or starter or ""
        self._starter = starter  # what the file has where nothing is typed yet

    def _control(self) -> Any:
        self.text = plain.Textarea(
            description=self.label, placeholder=self.example, tooltip=self.help, rows=2
        )
        self._listen(self.text)
        return self.text

    def _paint(self, raw: Any) -> bool:
        self.text.value = raw if isinstance(raw, str) and raw != self._starter else ""
        return raw is None or isinstance(raw, str)

    def _compose(self) -> Any:
        return clean(self.text.value).strip() or self._starter


class Words(Field):
    """A list of short texts, one on each line."""

    def __init__(self, key: str, *, label: str, example: str = "") -> None:
        super().__init__(key, label=label)
        self.example = example

    def _control(self) -> Any:
        self.text = plain.Textarea(
            description=f"{self.label}, one per line",
            placeholder=self.example,
            tooltip=self.help,
            rows=3,
        )
        self._listen(self.text)
        return self.text

    def _paint(self, raw: Any) -> bool:
        shown = [raw] if isinstance(raw, str) else raw or []
        known = isinstance(shown, list) and all(isinstance(word, str) for word in shown)
        self.text.value = "\n".join(shown) if known else ""
        return known

    def _compose(self) -> Any:
        words = [word.strip() for word in clean(self.text.value).splitlines()]
        if len(words) == 1 and words[0].lower().startswith("n/a:"):
            return words[0]
        return [word for word in words if word] or None


class Calendar:
    """A date as text, so that a wrong one is seen and kept, beside a calendar to pick from."""

    def __init__(self, *, label: str, tooltip: str, writable: bool) -> None:
        self.text = plain.Text(description=label, placeholder="2027-03-31", tooltip=tooltip)
        self.picker = plain.DatePicker(
            description=f"{label}: pick from a calendar",
            tooltip="Pick from a calendar",
            disabled=not writable,
        ).add_class("ff-picker")
        self.widget = plain.HBox([self.text, self.picker]).add_class("ff-day")
        self._following = False
        self.text.observe(self._follow, "value")
        self.picker.observe(self._picked, "value")

    def _follow(self, _change: Any) -> None:
        self._following = True
        self.picker.value = _day(self.text.value)
        self._following = False

    def _picked(self, _change: Any) -> None:
        if not self._following:
            self.text.value = self.picker.value.isoformat() if self.picker.value else ""


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


class Day(Field):
    """A date."""

    def _control(self) -> Any:
        self.calendar = Calendar(label=self.label, tooltip=self.help, writable=self.desk.writable)
        self._listen(self.calendar.text)
        return self.calendar.widget

    def _paint(self, raw: Any) -> bool:
        self.calendar.text.value = raw if isinstance(raw, str) else ""
        return raw is None or isinstance(raw, str)

    def _compose(self) -> Any:
        return clean(self.calendar.text.value).strip() or None
