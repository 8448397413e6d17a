"""The inputs of the value bridge as a form: the keys of the chosen kind, and no others."""

from __future__ import annotations

from typing import Any, get_args

from kit.brief import Value
from kit.brief.reading import field_type
from kit.brief.tree import Tree
from kit.widgets import plain
from kit.widgets.amount import Amount
from kit.widgets.choices import Choice
from kit.widgets.field import Field
from kit.widgets.group import Group
from kit.widgets.pairs import Pairs
from kit.widgets.texts import Line
from kit.widgets.what_if import WhatIfPanel

_KINDS = get_args(field_type(Value, "kind"))


def value_group() -> Group:
    """The value bridge."""
    return ValueGroup(
        "value",
        label="What it is worth",
        help="The inputs of the value bridge; the kind decides which ones apply.",
        parts=[
            Choice("kind", label="Kind"),
            Line("currency", label="Currency", example="USD"),
            Amount("volume", label="Volume", example="100000/month"),
            Amount("prevalence", label="Prevalence", example="5%"),
            Amount("precision", label="Precision", example="0.6"),
            Amount("recall", label="Recall", example="0.5"),
            Amount("take_rate", label="Take-rate", example="10% to 30%"),
            Amount("benefit", label="Benefit", example="60 USD"),
            Amount("cost_false_positive", label="Cost of a false flag", example="4 USD"),
            Amount("cost_action", label="Cost of an action", example="2 USD"),
            Amount("error_today", label="Error today", example="12"),
            Amount("error_wanted", label="Error wanted", example="8"),
            Amount("cost_above", label="Cost of one too many", example="3 USD"),
            Amount("cost_below", label="Cost of one too few", example="5 USD"),
            Amount("acceptance", label="Acceptance", example="12% to 25%"),
            Amount("minutes_saved", label="Minutes saved", example="4"),
            Amount("gain", label="Gain", example="0.4 to 0.9 USD"),
            Amount("error_rate", label="Error rate", example="5%"),
            Amount("cost_error", label="Cost of an error", example="0.05 USD"),
            Amount("review_minutes", label="Minutes to review", example="2"),
            Amount("wage", label="Wage", example="30 USD/h"),
            Amount("capacity", label="Capacity", example="3000/month"),
            Amount("run_cost", label="Cost of running it", example="9000 USD/month"),
            Pairs(
                "rates",
                label="Exchange rates",
                one="rate",
                name="Currency",
                value=lambda: Amount("rate", label="Rate", example="1.08"),
                example="EUR",
            ),
        ],
    )


class ValueGroup(Group):
    """Shows the keys of the chosen kind, and those of another kind that hold something."""

    def show(self, raw: Any) -> None:
        """Show a value of the file."""
        super().show(raw)
        self._choose()

    def child_changed(self, child: Field) -> None:
        """Take over what was typed."""
        super().child_changed(child)
        if child.key == "kind":
            self._choose()
        self._renote()

    def suggest(self, tree: Tree) -> None:
        """Let the figures follow what the form shows."""
        super().suggest(tree)
        if self.what_if is not None:
            self.what_if.take_in(tree)

    def _control(self) -> Any:
        self._grid = plain.Box().add_class("ff-grid")
        self._leave = plain.Button(
            description="Take them out", disabled=not self.desk.writable
        ).add_class("ff-quiet")
        self._leave.on_click(self._take_out)
        control = super()._control()
        self.what_if = WhatIfPanel(desk=self.desk, level=min(self.level + 1, 6), put=self._put)
        control.children = (control.children[0], self._grid, self.what_if.widget)
        self._choose()
        return control

    def _kind(self) -> str:
        kind = self.raw.get("kind") if isinstance(self.raw, dict) else None
        return kind if isinstance(kind, str) and kind in _KINDS else "detection"

    def _strangers(self) -> list[Field]:
        known = Value.keys_of(self._kind())
        return [field for field in self.fields if field.key not in known and field.raw is not None]

    def _choose(self) -> None:
        if self._grid is not None:
            known = Value.keys_of(self._kind())
            strangers = self._strangers()
            shown = [
                field.widget for field in self.fields if field.key in known or field in strangers
            ]
            self._grid.children = [*shown, self._leave] if strangers else shown
            self._renote()

    def _put(self, key: str, raw: Any) -> None:
        """Write a raw value to one of the fields, as if it had been typed there."""
        field = next(one for one in self.fields if one.key == key)
        field.show(raw)
        self.child_changed(field)

    def _take_out(self, _button: Any) -> None:
        with self.desk.lock:
            for field in self._strangers():
                field.show(None)
                super().child_changed(field)
            self._choose()

    def _hint(self) -> str:
        names = ", ".join(field.label for field in self._strangers())
        if not names:
            return ""
        return (
            f"{names}: not part of kind {self._kind()}. Go back to the other kind, or take them out; "
            "until then the value cannot be worked out."
        )

    _grid: Any = None
    what_if: WhatIfPanel | None = None  # once it is shown
