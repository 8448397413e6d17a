"""Characters that a terminal would obey: forms that Arrow reads, and Python in the same way."""

from __future__ import annotations

CONTROLS = r"[\x00-\x08\x0e-\x1f\x7f-\x9f]"  # tabs and ends of lines aside
SHOWN = "\ufffd"  # in their place
