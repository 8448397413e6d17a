"""A brief to fill in, and forms as a person sees them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from driving import CHURN, FORMS, ROOT, Opener

from kit.widgets.form import Form


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    """A brief in which nothing is filled in yet."""
    return Path(shutil.copy(ROOT / "workbooks" / "brief.yaml", tmp_path))


@pytest.fixture
def churn(tmp_path: Path) -> Path:
    """A brief in which everything is filled in."""
    return Path(shutil.copy(CHURN, tmp_path))


@pytest.fixture
def open_form(monkeypatch: pytest.MonkeyPatch) -> Iterator[Opener]:
    """Opens the form of a step as a person sees it."""
    monkeypatch.setenv("FRAMING_FORMS", "on")
    opened: list[Form] = []

    def opener(step: str, path: Path) -> Form:
        form = FORMS[step](str(path))
        assert isinstance(form, Form)
        opened.append(form)
        return form

    yield opener
    for form in opened:
        if form._timer is not None:
            form._timer.cancel()
