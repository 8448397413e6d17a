"""The attached file beside step 5: measured on a press, with what it shows; figures go into the brief on another."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from kit.brief import Brief, BriefFile, files_named
from kit.data import (
    SUFFIXES,
    Found,
    Measured,
    Proposal,
    beside,
    known,
    proposals_of,
    survey,
)
from kit.report.html import to_html
from kit.widgets import plain
from kit.widgets.group import heading

_HELP = (
    "Put a sample of the data into the brief's folder, as CSV, TSV, Parquet or XLSX, and choose it here. It is read "
    "on this machine, in a process of its own, and goes nowhere."
)
_PICK = "Choose a file…"
_MOST = 200  # files that are offered
_DEEP = 3  # levels of folders below the brief's that are looked into
_LOOKED_AT = 10_000  # names of files and folders


class Owner(Protocol):
    """The form that the panel stands in."""

    def typed(self) -> BriefFile:
        """The brief as the form shows it."""

    def put(self, changes: Mapping[str, Any]) -> None:
        """Write raw values to dotted keys, as if they had been typed."""

    def present(self) -> None:
        """Show everything that hangs on the files again."""


class SamplePanel:
    """Choose a file, look at it, stop that, and write what it shows into the brief."""

    def __init__(self, owner: Owner, *, writable: bool, lock: threading.RLock) -> None:
        self._owner, self._writable, self._lock = owner, writable, lock
        self._stop = threading.Event()
        self._worker: threading.Thread | None = None
        self._offered: tuple[tuple[Any, Proposal], ...] = ()
        self.pick = plain.Dropdown(
            options=[_PICK], description="File in the brief's folder"
        ).add_class("ff-pick")
        self.pick.observe(self._picked, "value")
        self.look = plain.Button(description="Look at the file", button_style="primary")
        self.look.on_click(lambda _: self.start())
        self.halt = plain.Button(description="Stop", disabled=True)
        self.halt.on_click(lambda _: self._stop.set())
        self.bar = plain.FloatProgress(min=0.0, max=1.0, value=0.0).add_class("ff-gone")
        self.said = plain.HTML()
        self.result = plain.HTML().add_class("ff-sample")
        self.use = plain.Button(description="Write these into the brief", disabled=not writable)
        self.use.on_click(lambda _: self._write())
        self._choices = plain.VBox().add_class("ff-proposals")
        buttons = plain.HBox([self.look, self.halt, self.bar]).add_class("ff-looking")
        shown = [
            heading("The sample", level=2, help=_HELP),
            self.pick,
            buttons,
            self.said,
            self._choices,
            self.result,
        ]
        self.widget = plain.VBox(shown).add_class("ff-what-if")
        self.follow()

    @property
    def is_busy(self) -> bool:
        """Whether a file is being looked at."""
        return self._worker is not None and self._worker.is_alive()

    def follow(self) -> None:
        """Offer the files that are there now, and show what is known of those that the brief names."""
        file = self._owner.typed()
        named = files_named(file.brief.data) if file.brief else {}
        options = [_PICK, *_files_in(beside(file))]
        if tuple(options) != tuple(self.pick.options):
            self.pick.options = options
        chosen = next((name for name in named if name in options), _PICK)
        if self.pick.value != chosen:
            self.pick.value = chosen
        self.look.disabled = self.is_busy or not named
        if file.brief is not None and not self.is_busy:
            self._show(file.brief, known(file.brief, beside(file)))

    def start(self) -> None:
        """Look at the files that the brief names; what is shown follows."""
        if self.is_busy:
            return
        self._stop.clear()
        self.look.disabled, self.halt.disabled = True, False
        self.bar.remove_class("ff-gone")
        self._worker = threading.Thread(target=self._measure, daemon=True)
        self._worker.start()

    def _measure(self) -> None:
        file = self._owner.typed()
        try:
            if file.brief is not None:
                found = survey(
                    file.brief, beside(file), baseline=True, tell=self._tell, stop=self._stop
                )
                self._done(file.brief, found)
        finally:
            self.halt.disabled, self.look.disabled = True, False
            self.bar.add_class("ff-gone")

    def _done(self, brief: Brief, found: tuple[Found, ...]) -> None:
        self._say("Stopped: this is what was known by then." if self._stop.is_set() else "Done.")
        with self._lock:
            self._show(brief, found)
            self._owner.present()

    def _tell(self, doing: str, share: float) -> None:
        self.bar.value = share
        self._say(f"{doing[:1].upper()}{doing[1:]}…")

    def _say(self, text: str) -> None:
        said = f'<div role="status" aria-live="polite">{escape(text)}</div>'
        if self.said.value != said:
            self.said.value = said

    def _show(self, brief: Brief, found: tuple[Found, ...]) -> None:
        from kit.report.sample import sample_blocks

        shown = to_html(sample_blocks(brief, found)) if found else ""
        if self.result.value != shown:
            self.result.value = shown
        self._offer(
            tuple(
                one
                for each in found
                if isinstance(each, Measured)
                for one in proposals_of(brief, each)
            )
        )

    def _offer(self, proposals: tuple[Proposal, ...]) -> None:
        if tuple(one for _, one in self._offered) == proposals:
            return
        self._offered = tuple((_choice(one), one) for one in proposals)
        head = plain.HTML(
            '<p class="ff-caption">Measured figures that the brief does not have yet</p>'
        )
        boxes = [box for box, _ in self._offered]
        self._choices.children = [head, *boxes, self.use] if boxes else []

    def _write(self) -> None:
        chosen = {one.path: one.plain for box, one in self._offered if box.value}
        if chosen and self._writable:
            self._owner.put(chosen)
            said = "1 figure is" if len(chosen) == 1 else f"{len(chosen)} figures are"
            self._say(f"{said} in the brief now.")

    def _picked(self, change: Any) -> None:
        name = change["new"]
        if name == _PICK or not self._writable:
            return
        with self._lock:
            file = self._owner.typed()
            if file.brief is None or name in files_named(file.brief.data):
                return
            self._owner.put({_place(file): name})
            self.look.disabled = False


def _place(file: BriefFile) -> str:
    """Where a file is named: at the only source, at the first without one, or at a new one."""
    sources = file.value("data.sources")
    count = len(sources) if isinstance(sources, list) else 0
    free = [
        at for at in range(count) if isinstance(sources[at], dict) and not sources[at].get("file")
    ]
    at = 0 if count == 1 else free[0] if free else count
    return f"data.sources.{at}.file"


def _choice(one: Proposal) -> Any:
    """A box to tick; what is right only under a condition, a person ticks."""
    said = f"{one.name}: {one.said}"
    if one.before:
        said += f", now {one.before}"
    if one.caution:
        said += f" ({one.caution})"
    return plain.Checkbox(value=not one.caution, description=said, indent=False)


def _files_in(folder: Path) -> Iterator[str]:
    """The tables in a folder and up to three levels below it, the near ones first, as a brief would name them."""
    found = (
        path.relative_to(folder).as_posix()
        for path in islice(_below(folder, _DEEP), _LOOKED_AT)
        if path.suffix.lower() in SUFFIXES and path.is_file()
    )
    return islice(found, _MOST)


def _below(folder: Path, deep: int) -> Iterator[Path]:
    """What is in a folder, then in the ones below it, but for what is hidden, or linked from elsewhere."""
    folders = []
    for path in sorted(folder.glob("*")):
        if path.name.startswith(".") or path.is_symlink():
            continue
        yield path
        if path.is_dir():
            folders.append(path)
    for below in folders if deep else ():
        yield from _below(below, deep - 1)
