"""The controls that forms are made of: ipywidgets' own, with one layout and one style for all of a kind.

The style sheet says how everything looks, so no control needs a layout and a style of its own. And what is made inside
`told_once` reaches the browser once, as it is then, and not again with each change on the way there. A step of a few
hundred fields is over a thousand controls: five messages for each of them kept JupyterLab twice as long.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import ipywidgets
from traitlets import default

_waiting: ContextVar[list[Any] | None] = ContextVar("waiting", default=None)
# The layout, and the style of each kind of control: for all forms of a kernel, so they are never changed or closed.
_alike: dict[type, Any] = {}


@contextmanager
def told_once() -> Iterator[None]:
    """Tell the browser of controls that are made in this thread inside once it ends; not where it ends in an error.

    Nobody else may hold them before that: what another thread names is told at once.
    """
    if _waiting.get() is not None:
        yield
        return
    made: list[Any] = []
    outside = _waiting.set(made)
    try:
        yield
    finally:
        _waiting.reset(outside)
    for one in made:
        one.tell()


class _Plain(ipywidgets.DOMWidget):  # type: ignore[misc]
    """What is laid over each kind of control."""

    _waits = False

    def open(self) -> None:
        """Tell the browser of it, now or later; part of making any widget."""
        waiting = _waiting.get()
        if waiting is None:
            super().open()
        else:
            self._waits = True
            waiting.append(self)

    def tell(self) -> None:
        """Tell the browser of it, if that is still to be done."""
        if self._waits:
            self._waits = False
            super().open()

    def close(self) -> None:
        """Have the browser forget it; of one that is not told yet it never hears."""
        self._waits = False
        super().close()

    @property
    def model_id(self) -> Any:
        """What the browser knows it by; what names one that is not told yet tells it."""
        self.tell()
        return super().model_id

    @default("layout")
    def _same_layout(self) -> Any:
        return _shared(self.traits()["layout"].klass)

    @default("style")
    def _same_style(self) -> Any:
        return _shared(self.traits()["style"].klass)


def _shared(kind: Any) -> Any:
    known = _alike.get(kind)
    if known is None or known.comm is None:  # `Widget.close_all` ends it, too
        known = _alike[kind] = kind()
    return known


def _plain(kind: Any) -> Any:
    return type(kind.__name__, (_Plain, kind), {"__module__": __name__, "__doc__": kind.__doc__})


BoundedFloatText = _plain(ipywidgets.BoundedFloatText)
Box = _plain(ipywidgets.Box)
Button = _plain(ipywidgets.Button)
Checkbox = _plain(ipywidgets.Checkbox)
Combobox = _plain(ipywidgets.Combobox)
DatePicker = _plain(ipywidgets.DatePicker)
Dropdown = _plain(ipywidgets.Dropdown)
FloatProgress = _plain(ipywidgets.FloatProgress)
FloatSlider = _plain(ipywidgets.FloatSlider)
HBox = _plain(ipywidgets.HBox)
HTML = _plain(ipywidgets.HTML)
Text = _plain(ipywidgets.Text)
Textarea = _plain(ipywidgets.Textarea)
ToggleButton = _plain(ipywidgets.ToggleButton)
VBox = _plain(ipywidgets.VBox)
