"""papermill, then nbconvert in the same process: the way that Jupyter's own tools offer."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbconvert import PDFExporter, WebPDFExporter

from batches.briefs import FILE, NOTEBOOK
from batches.making import PDF, Make
from batches.ways import browser

# What `jupyter nbconvert --no-input` sets: nobody wants the code in a brief.
_WITHOUT_CODE = {
    "exclude_input": True,
    "exclude_input_prompt": True,
    "exclude_output_prompt": True,
}


class SystemWebPDF(WebPDFExporter):
    """The exporter with the system's browser: it has no setting for that, and else uses Playwright's own."""

    def run_playwright(self, html: str) -> bytes:
        """As its base does, with another program."""
        with _launching(browser()):
            made: bytes = super().run_playwright(html)  # type: ignore[no-untyped-call]
        return made


def begin_webpdf() -> Make:
    """For a worker: `--to webpdf`. As root, a browser starts only without its sandbox."""
    return _begin(SystemWebPDF(browser_args=["--no-sandbox"], **_WITHOUT_CODE))  # type: ignore[no-untyped-call]


def begin_latex() -> Make:
    """For a worker: `--to pdf`, by XeLaTeX, with nbconvert's own template."""
    return _begin(PDFExporter(**_WITHOUT_CODE))  # type: ignore[no-untyped-call]


def _begin(exporter: Any) -> Make:
    os.environ["FRAMING_FORMS"] = "off"  # sections, not forms, as in a batch of the kit
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    return functools.partial(_make, exporter=exporter)


def _make(folder: Path, *, exporter: Any) -> None:
    import papermill

    executed = folder / NOTEBOOK.name
    papermill.execute_notebook(
        str(NOTEBOOK),
        str(executed),
        parameters={"brief": FILE},
        kernel_name="python3",
        progress_bar=False,
        cwd=str(folder),
    )
    data, _ = exporter.from_filename(str(executed))
    (folder / PDF).write_bytes(data)


@contextmanager
def _launching(program: str | None) -> Iterator[None]:
    """While this lasts, Playwright starts `program` where nobody names another."""
    from playwright.async_api import BrowserType

    launch = BrowserType.launch
    BrowserType.launch = functools.partialmethod(launch, executable_path=program)  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        BrowserType.launch = launch  # type: ignore[method-assign]
