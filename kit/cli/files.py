"""The files that a brief names, measured while the command line says how far it is."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self

from kit.brief import BriefFile, files_named
from kit.errors import visible

if TYPE_CHECKING:
    from rich.progress import Progress

    from kit.data import Found

_PATIENCE = 1.0  # seconds before anything is said


def files_of(file: BriefFile, *, baseline: bool) -> tuple[Found, ...]:
    """What the files of a brief show, measured where it is not known yet."""
    if file.brief is None or not files_named(file.brief.data):
        return ()
    from kit.data import beside, survey

    with _Waiting(file.name) as waiting:
        return survey(file.brief, beside(file), baseline=baseline, tell=waiting.tell)


class _Waiting:
    """A bar on a terminal, a line elsewhere, and neither where it takes no second."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._start = time.monotonic()
        self._shown: Progress | None = None
        self._said = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown is not None:
            self._shown.stop()

    def tell(self, doing: str, share: float) -> None:
        """Show what is being done, and how much of all is."""
        if time.monotonic() - self._start < _PATIENCE:
            return
        if self._shown is None:
            self._shown = _bar()
            self._shown.start()
            self._task = self._shown.add_task(visible(self._name), total=1.0)
        said = visible(f"{self._name}: {doing}")
        self._shown.update(self._task, completed=share, description=said)
        if not self._shown.console.is_terminal and said != self._said:
            self._shown.console.print(said, markup=False)
            self._said = said


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True, emoji=False, highlight=False, soft_wrap=True)
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
    )
