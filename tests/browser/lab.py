"""A workbook in a real JupyterLab, as a person has it in front of them."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as NotInTime

from kit.brief import open_brief

TOKEN = "test"
SECONDS = 1000  # of playwright's milliseconds
PATIENCE = 60  # seconds for what follows a key at once, on a machine with nothing else to do

expect.set_options(timeout=PATIENCE * SECONDS)

_BEGUN = re.compile(r"\[[\d*]+\]")  # beside a cell that runs, or has run


@dataclass(frozen=True, kw_only=True)
class Lab:
    """A server, and a folder in it with a brief and its workbooks."""

    browser: Browser
    url: str  # of the server, with a slash at its end
    folder: Path
    pages: list[Page]

    @property
    def brief(self) -> Path:
        return self.folder / "brief.yaml"

    @property
    def seen(self) -> str:
        """What the file holds and a person has in front of them, in words."""
        told = [self.brief.read_text(encoding="utf-8")]
        for page in self.pages:
            for part in (".jp-Dialog", ".ff-said", ".jp-CodeCell .jp-InputPrompt"):
                told += page.locator(part).all_inner_texts()
            fields = page.locator(".ff-form :is(input[type=text], select, textarea)")
            told.append(str(fields.evaluate_all("all => all.map(f => f.value).filter(v => v)")))
        return "\n".join(told)

    def open(self, name: str, *, width: int = 1400) -> Workbook:
        """A workbook in a window of its own, with the kernel running."""
        page = self.browser.new_page(viewport={"width": width, "height": 1000})
        self.pages.append(page)
        page.set_default_timeout(90 * SECONDS)
        page.goto(f"{self.url}lab/tree/{self.folder.name}/{name}.ipynb?reset&token={TOKEN}")
        page.locator(".jp-RenderedMarkdown h1").first.wait_for()
        page.locator(".jp-NotebookPanel-toolbar [data-status=idle]").first.wait_for()
        page.keyboard.press("Control+B")  # more room: the file browser goes
        return Workbook(page=page)


@dataclass(frozen=True, kw_only=True)
class Workbook:
    """A workbook in a window."""

    page: Page

    @property
    def form(self) -> Locator:
        return self.page.locator(".ff-form")

    @property
    def status(self) -> Locator:
        return self.form.locator(".ff-said [role=status]")

    def run_all(self) -> Locator:
        """Choose Run > Run All Cells, and wait for the form.

        On a slow machine JupyterLab takes no command in its first moments, asks now and then which kernel is meant, or
        shows no widget of a cell that has run: answer and try again, as people do.
        """
        self._forget_form()
        for seconds in (60, 60):
            self._begin_all()
            with contextlib.suppress(AssertionError):
                return self._form_there(seconds=seconds)
        self._begin_all()
        return self._form_there()

    def _begin_all(self) -> None:
        asked = self.page.locator(".jp-Dialog").filter(has_text="Select Kernel")
        if asked.count():
            asked.get_by_role("button", name="Select", exact=True).click()
        begun = self.page.locator(".jp-CodeCell .jp-InputPrompt").filter(has_text=_BEGUN).first
        for _ in range(3):
            self._choose("Run", "Run All Cells")
            with contextlib.suppress(NotInTime):
                begun.wait_for(state="attached", timeout=8 * SECONDS)
                return

    def restart_and_run_all(self) -> Locator:
        """Choose Kernel > Restart Kernel and Run All Cells…, and wait for the new form."""
        self._forget_form()
        self._choose("Kernel", "Restart Kernel and Run All Cells…")
        self.page.get_by_role("button", name="Confirm Kernel Restart").click()
        return self._form_there()

    def field(self, label: str, *, inside: Locator | None = None) -> Locator:
        """The control with a label."""
        return (inside or self.form).get_by_label(label, exact=True)

    def button(self, name: str, *, inside: Locator | None = None) -> Locator:
        return (inside or self.form).get_by_role("button", name=name, exact=True)

    def type_in(self, label: str, text: str, *, inside: Locator | None = None) -> None:
        """Type key by key, as a person does."""
        control = self.field(label, inside=inside)
        control.scroll_into_view_if_needed()
        control.press_sequentially(text, delay=8)

    def amount(self, label: str) -> Locator:
        """A number with everything that can be said about it."""
        number = self.page.get_by_label(label, exact=True)
        return self.form.locator(".ff-amount").filter(has=number)

    def rows(self, heading: str) -> Locator:
        """The part of the form below a heading that repeats."""
        title = self.page.get_by_role("heading", name=heading, exact=True)
        return self.form.locator(".ff-group").filter(has=title).last

    def _choose(self, menu: str, item: str) -> None:
        self.page.get_by_role("menuitem", name=menu, exact=True).click()
        self.page.get_by_role("menuitem", name=item, exact=True).click()

    def _forget_form(self) -> None:
        """Take the form that is there, if any, for gone."""
        self.page.evaluate(
            "() => document.querySelectorAll('.ff-form').forEach(f => f.classList.replace('ff-form', 'x'))"
        )

    def _form_there(self, *, seconds: float = 120) -> Locator:
        try:
            self.form.locator(".ff-preview .fk-brief").wait_for(timeout=seconds * SECONDS)
        except NotInTime as exc:
            shown = self.page.locator(".jp-CodeCell").all_inner_texts()
            raise AssertionError(f"no form; the code cells show: {shown}") from exc
        return self.form


def soon(holds: Callable[[], Any]) -> None:
    """Wait until something holds: long, as a busy machine takes its time (`bench/saving_in_lab.py` measures it).

    Raises
    ------
    AssertionError
        If it does not hold in time.
    """
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"not within {PATIENCE} seconds"
        time.sleep(0.02)


def stored(path: Path, key: str) -> Any:
    """What the file has at a dotted key."""
    return open_brief(path).value(key)
