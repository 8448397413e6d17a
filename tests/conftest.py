"""What every test may count on: a plain environment, and a real browser on request."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Machines differ, and a slow one is no fault.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# Else each of the hundreds of processes that tests start compiles the whole kit anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A shell that starts the tests in the background has them ignore Ctrl-C, and so all that they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
REQUIRE_BROWSER = "FRAMING_REQUIRE_BROWSER"
ABOUT_THE_PERSON = ("FRAMING_FORMS", "JPY_SESSION_NAME")


@pytest.fixture(autouse=True)
def _nobody_is_watching(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run each test as batch would, even when the tests are started from a notebook."""
    for name in ABOUT_THE_PERSON:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session", autouse=True)
def _own_ipython_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep kernels away from the history and profile of whoever runs the tests."""
    os.environ["IPYTHONDIR"] = str(tmp_path_factory.mktemp("ipython"))


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what is measured away from the person's own results, and share it among the tests of a run."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    os.environ["FRAMING_CACHE"] = str(shared / "measured")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The program of a real Chromium; skips without one, or fails where one is required."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is not None:
        return found
    reason = f"no browser found on the path; looked for {', '.join(BROWSERS)}"
    if os.environ.get(REQUIRE_BROWSER) == "1":
        pytest.fail(f"{reason}, and {REQUIRE_BROWSER}=1 requires one")
    pytest.skip(f"{reason} (set {REQUIRE_BROWSER}=1 to make this a failure)")


@pytest.fixture(scope="session")
def chromium(chromium_path: str) -> Iterator[Browser]:
    """One browser for all tests of a process: playwright allows no second one beside it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        yield browser
        browser.close()
