"""An IPython shell whose outputs are those of a notebook: what a forked child runs cells in."""

from __future__ import annotations

import atexit
import base64
import builtins
import getpass
import linecache
import os
import sys
import warnings
from typing import Any, NoReturn

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.paths import get_ipython_dir
from traitlets import Type
from traitlets.config import Config

Output = dict[str, Any]  # as nbformat has it

_MOST = 16 << 20  # characters of output of one notebook
_INLINE = "module://matplotlib_inline.backend_inline"
_ASKING = "a cell asked for input, and nobody is there to answer"
_UPDATING = "a display of an earlier cell was to be updated, which takes a Jupyter kernel"


class TooMuchOutputError(BaseException):
    """A cell writes and writes; no `except Exception` of it is to go on with that."""


class Outputs:
    """The outputs of one cell, in the order in which they came."""

    def __init__(self) -> None:
        self._each: list[Output] = []
        self._shown: dict[str, Output] = {}  # by display id
        self._left = _MOST
        self._clear_at_next = False

    @property
    def each(self) -> list[Output]:
        """As nbformat has them."""
        return [
            {**one, "text": "".join(one["text"])} if one["output_type"] == "stream" else one
            for one in self._each
        ]

    def begin(self) -> None:
        """A new cell."""
        self._each, self._shown, self._clear_at_next = [], {}, False

    def write(self, name: str, text: str) -> None:
        """Text of a stream; what follows on the same stream is joined to it."""
        self._take(len(text))
        last = self._each[-1] if self._each else None
        if last is not None and last["output_type"] == "stream" and last["name"] == name:
            last["text"].append(text)
        else:
            self._each.append({"output_type": "stream", "name": name, "text": [text]})

    def add(self, output: Output, display_id: str | None = None) -> None:
        """A display, a result or an error; the last is told whatever was put out before it."""
        if output["output_type"] != "error":
            self._take(sum(len(str(one)) for one in output["data"].values()))
        self._each.append(output)
        if display_id is not None:
            self._shown[display_id] = output

    def update(self, display_id: str, data: Output) -> None:
        """Another content for a display of this cell."""
        if display_id not in self._shown:
            raise NotImplementedError(_UPDATING)
        self._shown[display_id].update(data)

    def clear(self, *, wait: bool) -> None:
        """Forget what the cell has put out; with `wait`, once something new comes."""
        self._clear_at_next = wait
        if not wait:
            self._each = []

    def _take(self, size: int) -> None:
        if self._clear_at_next:
            self.clear(wait=False)
        self._left -= size
        if self._left < 0:
            raise TooMuchOutputError(f"more than {_MOST >> 20} million characters of output")


class _Stream:
    """Standard output or error of a cell."""

    encoding, errors, closed = "utf-8", "strict", False

    def __init__(self, name: str, outputs: Outputs) -> None:
        self.name = f"<{name}>"
        self._name, self._outputs = name, outputs

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text:
            self._outputs.write(self._name, text)
        return len(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False


def _outputs(part: Any) -> Outputs:
    """Where a part of a shell puts what it shows."""
    found: Outputs = part.shell.outputs
    return found


class _Publisher(DisplayPublisher):
    """What `display` shows."""

    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *_: object,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_more: object,
    ) -> None:
        shown = {"data": _plain(data), "metadata": metadata or {}}
        display_id = (transient or {}).get("display_id")
        if update and display_id is not None:
            _outputs(self).update(display_id, shown)
        else:
            _outputs(self).add({"output_type": "display_data", **shown}, display_id)

    def clear_output(self, wait: bool = False) -> None:  # noqa: FBT001, FBT002  as its base has it
        _outputs(self).clear(wait=wait)


class _Results(DisplayHook):
    """What the last expression of a cell gives."""

    def start_displayhook(self) -> None:
        """No prompt is written."""

    def write_output_prompt(self) -> None:
        """Nor here."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        _outputs(self).add(
            {
                "output_type": "execute_result",
                "data": _plain(format_dict),
                "metadata": md_dict or {},
                "execution_count": self.prompt_count,
            }
        )

    def finish_displayhook(self) -> None:
        """Nor a line after it."""


class Shell(InteractiveShell):
    """Runs cells, and keeps what they put out."""

    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Results)

    def __init__(self, **more: Any) -> None:
        self.outputs = Outputs()
        super().__init__(**more)  # type: ignore[no-untyped-call]

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no screen; what is drawn inline needs none."""

    def ask_exit(self) -> NoReturn:
        """What `exit()` does, in a cell."""
        raise SystemExit

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.outputs.add(
            {
                "output_type": "error",
                "ename": etype.__name__,
                "evalue": str(evalue),
                "traceback": stb,
            }
        )


_READY: list[Shell] = []  # at most one, in which nothing is left of anything that has run


def make_ready() -> None:
    """Make a shell that the children of this process find there, and otherwise leave all as it was.

    It has what a shell makes for its first cell and its first result, and tells of neither. Each child would spend a
    quarter of a small notebook's time on that.
    """
    if _READY:
        return
    own, known = sys.modules["__main__"], [(place, set(vars(place))) for place in (builtins, sys)]
    with warnings.catch_warnings():
        made = _made()
        _tried(made)
    atexit.unregister(made.atexit_operations)
    sys.modules["__main__"] = own
    for place, names in known:
        for name in set(vars(place)) - names:
            delattr(place, name)
    _READY.append(made)
    matplotlib = sys.modules.get("matplotlib")
    if matplotlib is not None:
        matplotlib.rcsetup.validate_backend(_INLINE)  # finds every backend there is, once


def _tried(made: Any) -> None:
    lines, session = set(linecache.cache), dict(made.user_ns)
    made.run_cell("None", store_history=False).raise_error()
    made.display_formatter.format(None)
    made.last_execution_result = None
    made.user_ns.update(session)  # IPython drops `_` where Python's prompt has set one
    for name in set(linecache.cache) - lines:
        del linecache.cache[name]


def shell() -> Shell:
    """The shell of this process alone, with its streams and what a cell may not do."""
    _warn_as_python_does()
    made = _taken() if _READY else _made()
    InteractiveShell.clear_instance()
    for kind in Shell._walk_mro():  # noqa: SLF001  as IPython itself does where one shell takes another's place
        kind._instance = made  # type: ignore[assignment]  # noqa: SLF001
    sys.stdout, sys.stderr = _Stream("stdout", made.outputs), _Stream("stderr", made.outputs)
    builtins.input = getpass.getpass = _nobody_answers
    sys.path.insert(0, "")  # as Jupyter's kernel has it: modules beside the notebook
    _draw_inline()
    return made


def _made() -> Shell:
    config = Config()
    config.HistoryManager.enabled = False
    return Shell(config=config)


def _taken() -> Shell:
    """The shell that was made ahead, in the folders that are to be used by now."""
    made = _READY.pop()
    made.init_sys_modules()  # type: ignore[no-untyped-call]
    made.init_builtins()  # type: ignore[no-untyped-call]
    made.init_prompts()  # type: ignore[no-untyped-call]
    if made.ipython_dir != get_ipython_dir():
        made.init_ipython_dir(None)  # type: ignore[no-untyped-call]
        made.init_profile_dir(None)  # type: ignore[no-untyped-call]
    return made


def _warn_as_python_does() -> None:
    """Whoever forked this may have asked for other warnings."""
    warnings.resetwarnings()
    for kind in (ResourceWarning, ImportWarning, PendingDeprecationWarning, DeprecationWarning):
        warnings.simplefilter("ignore", kind)
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")


def _nobody_answers(*_: object, **_more: object) -> NoReturn:
    from IPython.core.error import StdinNotImplementedError

    raise StdinNotImplementedError(_ASKING)


def _draw_inline() -> None:
    os.environ["MPLBACKEND"] = _INLINE
    matplotlib = sys.modules.get("matplotlib")
    if matplotlib is not None:
        matplotlib.rcParams["backend"] = _INLINE


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """A mimebundle as JSON has it: pictures as base64."""
    return {
        kind: base64.b64encode(one).decode() if isinstance(one, bytes) else one
        for kind, one in data.items()
    }
