"""One share that can be tried at another value: a slider, the same as a number, and what to do with it."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from typing import Any

from kit.appraisal import Share
from kit.widgets import plain

_STEPS = 200  # of a slider from end to end
_RARE = 0.1  # a share below this gets a slider that ends at about ten times it


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
        self.slider = plain.FloatSlider(
            description=label,
            tooltip=f"{label}: try another value",
            readout=False,
            continuous_update=True,
            min=0,
            max=100,
            step=100 / _STEPS,
        )
        self.number = plain.BoundedFloatText(
            description=f"{label}, tried at, %", min=0, max=100, step=0.1
        ).add_class("ff-tried")
        self._said = plain.HTML().add_class("ff-given")
        self.use_it = _button("Use this value", f"{label}: write it to the brief")
        self.go_back = _button("Back", f"{label}: back to what the brief has")
        buttons = plain.HBox([self.use_it, self.go_back]).add_class("ff-doing")
        shown = [self.slider, self.number, self._said, buttons]
        self.widget = plain.HBox(shown).add_class("ff-lever")
        self.take_in(share)
        self._listen()

    def take_in(self, share: Share) -> None:
        """The brief has another value now; a lever that was moved there is at rest again."""
        self.given = share.middle
        if self.value is not None and share.middle is not None:
            arrived = math.isclose(self.value, share.middle, rel_tol=1e-9)
            self.value = None if arrived else self.value
        self._reach(share.middle)
        self._show()

    def allow(self, *, writable: bool) -> None:
        """Whether its value may go into the brief."""
        self.use_it.disabled = not writable or self.value is None

    @property
    def text(self) -> str:
        """The tried value, as it is written into a brief."""
        return f"{100 * (self.value or 0.0):.6g}%"

    def _reach(self, given: float | None) -> None:
        """An end that lets the share be set well: a rare one has no use for a slider up to 100%."""
        end = 100.0
        if given is not None and 0 < given < _RARE:
            power = 10.0 ** math.floor(math.log10(1000 * given))
            end = min(
                power * next(one for one in (1, 2, 5, 10) if one * power >= 999 * given), 100.0
            )
        if end != self.slider.max:
            self._showing = True  # a shorter slider moves its own handle
            self.slider.max, self.slider.step = end, end / _STEPS
            self._showing = False

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
        step = float(self.slider.step)
        return float(f"{min(round(percent / step) * step, self.slider.max):.9g}")


def _button(text: str, tooltip: str) -> Any:
    return plain.Button(description=text, tooltip=tooltip).add_class("ff-quiet")
