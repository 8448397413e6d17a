"""Where the workbooks and examples are: inside an installed kit, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from kit.errors import UsageError

_PACKAGE = Path(__file__).parent

# The workbook of each step, and of the whole, by the name of its section.
WORKBOOKS = {
    "goal": "1_business_goal.ipynb",
    "problem": "2_user_problem.ipynb",
    "hypothesis": "3_ml_hypothesis.ipynb",
    "metrics": "4_dual_metrics.ipynb",
    "data": "5_data_requirements.ipynb",
    "brief": "brief.ipynb",
}


def shipped(name: Literal["workbooks", "examples"]) -> Path:
    """The folder of that name that came with the kit.

    Raises
    ------
    UsageError
        If it is missing, as it is when only part of the kit was copied.
    """
    for folder in (_PACKAGE / "_shipped" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise UsageError(
        f"{_PACKAGE}: expected the kit's {name} in it or beside it, found none. "
        "Install the kit again: pip install --force-reinstall framing-kit"
    )
