"""A number with its unit, range and provenance: one line, and the rest on request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

from kit.brief import Quantity
from kit.brief.reading import field_type, keys_of
from kit.widgets import plain
from kit.widgets.choices import UNSAID
from kit.widgets.field import Field, clean
from kit.widgets.texts import Calendar

_TWO_ENDS = re.compile(r"(?P<low>.*\d.*?)\s*(?:\bto\b|–)\s*(?P<high>.*\d.*)")
_ORIGINS = get_args(field_type(Quantity, "from"))
_EDGES = ("unit", "source", "on")


class Amount(Field):
    """A quantity: "5%" as it is typed, or a group of keys once there is more to say about it."""

    def __init__(self, key: str, *, label: str, example: str = "5%, or 4% to 6%") -> None:
        super().__init__(key, label=label)
        self.example = example
        self._details: Any = None
        self._two_ends = False  # whether low and high are shown

    def leaves(self) -> Iterator[str]:
        """The number itself, and what can be said about it."""
        yield self.key
        yield from (f"{self.key}.{key}" for key in keys_of(Quantity))

    def _control(self) -> Any:
        tooltip = self.help
        self.number = plain.Text(
            description=self.label, placeholder=self.example, tooltip=tooltip
        ).add_class("ff-number")
        self.low = plain.Text(description=f"{self.label}, low", tooltip=tooltip).add_class("ff-end")
        self.high = plain.Text(description="to high", tooltip=tooltip).add_class("ff-end")
        self.origin = plain.Dropdown(
            description="Where from",
            tooltip="Where the number is from; not said counts as a guess.",
        ).add_class("ff-origin")
        self.more = plain.ToggleButton(
            description="More", tooltip=f"{self.label}: range, unit, source and date"
        ).add_class("ff-more")
        self.more.observe(self._unfold, "value")
        self._listen(self.number, self.low, self.high, self.origin)
        ends = [self.number, self.low, self.high, self.origin, self.more]
        self._line = plain.HBox(ends).add_class("ff-line")
        self._box = plain.VBox([self._line]).add_class("ff-amount")
        return self._box

    def _unfold(self, _change: Any) -> None:
        with self.desk.lock:
            if self._details is None:
                self._build_details()
                self._repaint()
            (self._box.add_class if self.more.value else self._box.remove_class)("ff-open")
            self._renote()

    def _build_details(self) -> None:
        self.ranged = plain.Checkbox(
            description="A range: 90% sure that it lies between two numbers", indent=False
        ).add_class("ff-wide")
        self.unit = plain.Text(
            description="Unit",
            placeholder="USD/year",
            tooltip=f"{self.label}: unit",
        )
        self.source = plain.Text(
            description="Source",
            placeholder="document, system or study",
            tooltip=f"{self.label}: where the number can be looked up",
        )
        self.on = Calendar(
            label="As of",
            tooltip=f"{self.label}: the day it was read or measured",
            writable=self.desk.writable,
        )
        self._listen(self.unit, self.source, self.on.text)
        self.ranged.disabled = not self.desk.writable
        self.ranged.observe(self._ranged, "value")
        shown = [self.ranged, self.unit, self.source, self.on.widget]
        self._details = plain.Box(shown).add_class("ff-details")
        self._box.children = (self._line, self._details)

    def _paint(self, raw: Any) -> bool:
        keys = {"value": raw} if isinstance(raw, str) else raw or {}
        known = isinstance(keys, dict) and all(isinstance(keys.get(key, ""), str) for key in keys)
        keys = keys if known else {}
        self._paint_ends(keys)
        self._paint_origin(keys.get("from"))
        if self._details is not None:
            self.unit.value = keys.get("unit", "")
            self.source.value = keys.get("source", "")
            self.on.text.value = keys.get("on", "")
        return known

    def _paint_ends(self, keys: dict[str, str]) -> None:
        self.number.value = keys.get("value", "")
        self.low.value = keys.get("low", "")
        self.high.value = keys.get("high", "")
        self._range(bool({"low", "high"} & keys.keys()))

    def _paint_origin(self, origin: str | None) -> None:
        known = [(UNSAID, ""), *((word, word) for word in _ORIGINS)]
        if origin and origin not in _ORIGINS:
            known.append((f"{origin} (as in the file)", origin))
        if tuple(known) != tuple(self.origin.options):
            self.origin.options = known
        self.origin.value = origin or ""

    def _range(self, ranged: bool) -> None:  # noqa: FBT001
        self._two_ends = ranged
        (self._box.add_class if ranged else self._box.remove_class)("ff-ranged")
        if self._details is not None:
            self.ranged.value = ranged

    def _ranged(self, _change: Any) -> None:
        with self.desk.lock:
            if not self._painting:
                self._painting = True
                self._turn(bool(self.ranged.value))
                self._painting = False
                self._typed(self._compose())

    def _turn(self, ranged: bool) -> None:  # noqa: FBT001
        """Carry what was typed over from a number to a range, or back."""
        if ranged and not self.low.value and not self.high.value:
            ends = _TWO_ENDS.fullmatch(self.number.value.strip())
            self.low.value, self.high.value = ends.groups() if ends else (self.number.value, "")
        elif not ranged and not self.number.value:
            self.number.value = self.low.value
        self._range(ranged)

    def _compose(self) -> Any:
        keys = dict(self.raw) if isinstance(self.raw, dict) and list(self.raw) != ["n/a"] else {}
        typed = {"from": self.origin.value, **self._ends()}
        if self._details is not None:
            typed |= {
                "unit": self.unit.value,
                "source": self.source.value,
                "on": self.on.text.value,
            }
        for key, value in typed.items():
            keys.pop(key, None)
            if text := clean(value or "").strip():
                keys[key] = text
        return self._shortened(keys)

    def _ends(self) -> dict[str, str | None]:
        if self._two_ends:
            return {"value": None, "low": self.low.value, "high": self.high.value}
        return {"value": self.number.value, "low": None, "high": None}

    @staticmethod
    def _shortened(keys: dict[str, Any]) -> Any:
        """The text alone where it says everything; two ends where a text with two has company."""
        value = keys.get("value")
        if list(keys) == ["value"]:
            return value
        ends = _TWO_ENDS.fullmatch(value) if value else None
        if ends is not None:
            del keys["value"]
            keys |= ends.groupdict()
        order = keys_of(Quantity)
        return {key: keys[key] for key in sorted(keys, key=_position(order))} or None

    def _hint(self) -> str:
        if self.more.value or not isinstance(self.raw, dict):
            return ""
        names = {"unit": "in", "source": "source:", "on": "as of"}
        said = [f"{names[key]} {self.raw[key]}" for key in _EDGES if self.raw.get(key)]
        return " · ".join(said)


def _position(order: list[str]) -> Any:
    return lambda key: order.index(key) if key in order else len(order)
