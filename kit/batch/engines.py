"""What runs notebooks: children that are forked, or Jupyter's kernels."""

from __future__ import annotations

import sys
from typing import Literal

Engine = Literal["forked", "jupyter"]


def default_engine() -> Engine:
    """The faster one where this system has it."""
    return "forked" if sys.platform == "linux" else "jupyter"
