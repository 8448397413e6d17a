"""One share that can be tried at another value: a slider, the same as a number, and what to do with it."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from typing import Any

import ipywidgets

from kit.appraisal import Share

_RARE = 0.05  # shares below this get a slider that is fine where they are
_LEAST, _MOST = 0.001, 50.0  # percent, of such a slider
_STEP, _FINE = 0.5, 0.02  # percent, and decades where the slider is fine


class Lever:
    """Not moved, it shows what the brief has; moved, it stands for its own value."""

    def __init__(
        self,
        share: Share,
        *,
        label: str,
        lock: threading.RLock,
        moved: Callable[[], None],
        use: Callable[[Lever], None],
    ) -> None:
        """Stand for a share; `moved` and `use` are called with the lock held."""
        self.name = share.name
        self.value: float | None = None  # the share that is tried; None where it was not moved
        self.given = share.middle
        self._lock, self._moved, self._use = lock, moved, use
        self._showing = False
        self._set_to = math.nan  # percent: where the slider was put last
        self._rare = share.name == "prevalence" or (share.middle or 1.0) < _RARE
        self.slider = self._made_slider(label)
        self.number = ipywidgets.BoundedFloatText(
            description=f"{label}, tried at, %", min=0, max=100, step=0.1
        ).add_class("ff-tried")
        self._said = ipywidgets.HTML().add_class("ff-given")
        self.use_it = _button("Use this value", f"{label}: write it to the brief")
        self.go_back = _button("Back", f"{label}: back to what the brief has")
        buttons = ipywidgets.HBox([self.use_it, self.go_back]).add_class("ff-doing")
        shown = [self.slider, self.number, self._said, buttons]
        self.widget = ipywidgets.HBox(shown).add_class("ff-lever")
        self._show()
        self._listen()

    def take_in(self, share: Share) -> None:
        """The brief has another value now; a lever that was moved there is at rest again."""
        self.given = share.middle
        if self.value is not None and share.middle is not None:
            arrived = math.isclose(self.value, share.middle, rel_tol=1e-9)
            self.value = None if arrived else self.value
        self._show()

    def allow(self, *, writable: bool) -> None:
        """Whether its value may go into the brief."""
        self.use_it.disabled = not writable or self.value is None

    @property
    def text(self) -> str:
        """The tried value, as it is written into a brief."""
        return f"{100 * (self.value or 0.0):.6g}%"

    def _made_slider(self, label: str) -> Any:
        kind = {
            "description": label,
            "tooltip": f"{label}: try another value",
            "readout": False,
            "continuous_update": True,
        }
        if self._rare:
            ends = {"min": math.log10(_LEAST), "max": math.log10(_MOST)}
            return ipywidgets.FloatLogSlider(value=1.0, base=10, step=_FINE, **ends, **kind)
        return ipywidgets.FloatSlider(value=50, min=0, max=100, step=_STEP, **kind)

    def _listen(self) -> None:
        self.slider.observe(lambda _: self._locked(self._slid), "value")
        self.number.observe(
            lambda _: self._locked(lambda: self._move(self.number.value / 100)), "value"
        )
        self.use_it.on_click(lambda _: self._locked(lambda: self._use(self)))
        self.go_back.on_click(lambda _: self._locked(self._back))

    def _locked(self, act: Callable[[], None]) -> None:
        with self._lock:
            act()

    def _slid(self) -> None:
        # A browser says again what it was told, with its own last digit.
        if not math.isclose(self.slider.value, self._set_to, rel_tol=1e-6, abs_tol=1e-9):
            self._move(self.slider.value / 100)

    def _move(self, value: float) -> None:
        if not self._showing:
            self.value = float(f"{value:.4g}")
            self._show()
            self._moved()

    def _back(self) -> None:
        self.value = None
        self._show()
        self._moved()

    def _show(self) -> None:
        self._showing = True
        try:
            shown = self.value if self.value is not None else self.given
            if shown is not None:
                self.number.value = float(f"{100 * shown:.6g}")
                self._set_to = self._on_grid(100 * shown)
                self.slider.value = self._set_to
        finally:
            self._showing = False
        (self.widget.add_class if self.value is not None else self.widget.remove_class)("ff-moved")
        given = (
            "not in the brief" if self.given is None else f"in the brief: {100 * self.given:.4g}%"
        )
        said = f'<span class="ff-help">{given}</span>'
        if self._said.value != said:
            self._said.value = said
        self.go_back.disabled = self.value is None

    def _on_grid(self, percent: float) -> float:
        """The nearest place that the slider has, so that a browser finds nothing to put right."""
        if not self._rare:
            return round(percent / _STEP) * _STEP
        decades = math.log10(min(max(percent, _LEAST), _MOST)) - math.log10(_LEAST)
        most = math.floor((math.log10(_MOST) - math.log10(_LEAST)) / _FINE)
        steps = min(math.floor(decades / _FINE + 0.5), most)
        return float(10 ** (math.log10(_LEAST) + steps * _FINE))


def _button(text: str, tooltip: str) -> Any:
    return ipywidgets.Button(description=text, tooltip=tooltip).add_class("ff-quiet")
