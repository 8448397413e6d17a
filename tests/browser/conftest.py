"""A real Chromium on a real JupyterLab, both gone when the tests are over."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from lab import TOKEN, Lab
from playwright.sync_api import Browser
from playwright.sync_api import Error as BrowserError

ROOT = Path(__file__).parents[2]
START_SECONDS = 60


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell of a failed test what stood in the file and on its pages."""
    report = yield
    lab = getattr(item, "funcargs", {}).get("lab")
    if call.excinfo is not None and isinstance(lab, Lab):
        with contextlib.suppress(BrowserError, OSError):
            report.sections.append(("in the file and on the page", lab.seen))
    return report


@pytest.fixture(scope="session")
def server_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="session")
def server(server_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab that knows nothing of whoever runs the tests."""
    own = tmp_path_factory.mktemp("jupyter")
    folders = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")},
        **{f"JUPYTER_{name}": str(own / name) for name in folders},
        "JUPYTERLAB_SETTINGS_DIR": str(own / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(own / "workspaces"),
        "JUPYTER_PLATFORM_DIRS": "1",
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--port=0", "--ip=127.0.0.1",
        f"--ServerApp.token={TOKEN}", "--ServerApp.allow_root=True", "--LabApp.news_url=None",
        f"--ServerApp.root_dir={server_folder}",
    ]  # fmt: skip
    with (own / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=own)
    try:
        yield _address(process, own)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _address(process: subprocess.Popen[bytes], own: Path) -> str:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        for file in (own / "RUNTIME_DIR").glob("jpserver-*.json"):
            if found := re.search(r'"port": (\d+)', file.read_text()):
                return f"http://127.0.0.1:{found[1]}/"
        time.sleep(0.1)
    pytest.fail(f"JupyterLab did not start:\n{(own / 'log').read_text()[-2000:]}")


@pytest.fixture
def lab(
    chromium: Browser, server: str, server_folder: Path, request: pytest.FixtureRequest
) -> Iterator[Lab]:
    """A folder with the workbooks and a brief in which nothing is filled in yet."""
    folder = server_folder / re.sub(r"\W+", "-", request.node.name)
    shutil.copytree(ROOT / "workbooks", folder, ignore=shutil.ignore_patterns(".*"))
    made = Lab(browser=chromium, url=server, folder=folder, pages=[])
    yield made
    for page in made.pages:
        page.close()
    _stop_kernels(server)


def _stop_kernels(server: str) -> None:
    for session in json.loads(_ask(server, "api/sessions")):
        _ask(server, f"api/sessions/{session['id']}", method="DELETE")


def _ask(server: str, path: str, *, method: str = "GET") -> bytes:
    headers = {"Authorization": f"token {TOKEN}"}
    asked = urllib.request.Request(server + path, headers=headers, method=method)  # noqa: S310
    with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310
        return bytes(answer.read())
