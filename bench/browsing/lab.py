"""A workbook in JupyterLab in Chromium, run from top to bottom, for benchmarks that type and press."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
TRIES = 5
# No cell waits for its turn any more.
RAN = """() => ![...document.querySelectorAll('.jp-InputPrompt')].some(one => one.textContent.includes('*'))"""


@contextlib.contextmanager
def opened(brief: Path, workbook: str) -> Iterator[tuple[Any, Path]]:
    """The page of a workbook with its form, and the copy of a brief that it writes to."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "workbooks", folder / "work")
        shutil.copy(brief, folder / "work" / "brief.yaml")
        server = _started(folder)
        try:
            with sync_playwright() as playwright:
                found = shutil.which("chromium") or shutil.which("chromium-browser")
                browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
                page = _ready(browser.new_page(), f"{_address(folder)}lab/tree/{workbook}.ipynb")
                yield page, folder / "work" / "brief.yaml"
                browser.close()
        finally:
            server.terminate()
            server.wait()


def _ready(page: Any, url: str) -> Any:
    """The page with every cell run and the form in sight."""
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.goto(f"{url}?reset&token=bench")
    page.locator(".jp-NotebookPanel-toolbar [data-status=idle]").first.wait_for(timeout=90_000)
    _run_all(page)
    page.wait_for_function(RAN, timeout=90_000)
    page.locator(".ff-form").first.scroll_into_view_if_needed()
    return page


def _run_all(page: Any) -> None:
    """Run every cell; in its first moments JupyterLab may take no command, so try again, as people do."""
    for _ in range(TRIES):
        page.wait_for_timeout(2000)
        if page.locator(
            ".jp-Dialog .jp-mod-accept"
        ).count():  # asks for a kernel, when it was too early
            page.locator(".jp-Dialog .jp-mod-accept").first.click()
        page.get_by_text("Run", exact=True).first.click()
        page.get_by_text("Run All Cells", exact=True).first.click()
        page.wait_for_timeout(8000)
        if page.locator(".ff-form").count():
            return
    raise RuntimeError("JupyterLab did not run the workbook")


def _started(folder: Path) -> subprocess.Popen[bytes]:
    """A JupyterLab that knows nothing of whoever runs this."""
    own = {f"JUPYTER_{name}_DIR": str(folder / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--port=0", "--ip=127.0.0.1",
        "--ServerApp.token=bench", "--ServerApp.allow_root=True", "--LabApp.news_url=None",
        f"--ServerApp.root_dir={folder / 'work'}",
    ]  # fmt: skip
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, **own, "PYTHONPATH": str(ROOT)}
    environment.pop("FRAMING_FORMS", None)
    return subprocess.Popen(command, env=environment, cwd=folder, **quiet)


def _address(folder: Path) -> str:
    """Where the server listens, as soon as it says so."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        for file in (folder / "RUNTIME").glob("jpserver-*.json"):
            if found := re.search(r'"port": (\d+)', file.read_text()):
                return f"http://127.0.0.1:{found[1]}/"
        time.sleep(0.1)
    raise RuntimeError("JupyterLab did not start within a minute")
