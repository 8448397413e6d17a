"""Whether a person is there to fill in a form."""

from __future__ import annotations

import os
from collections.abc import Container, Mapping

from IPython.core.getipython import get_ipython

from kit.errors import UsageError

OVERRIDE = "FRAMING_FORMS"

# Set for a kernel by what a person sits in front of: a Jupyter server, Voilà.
_SIGNS = ("JPY_SESSION_NAME", "VOILA_REQUEST_URL")
# VS Code sets nothing in the environment that its terminals would not have too, but this name.
_VS_CODE = "__vsc_ipynb_file__"


def is_present(
    environment: Mapping[str, str] = os.environ, *, names: Container[str] | None = None
) -> bool:
    """Whether forms make sense here; `FRAMING_FORMS=on` or `off` decides where it is set.

    `names` are the variables of the notebook; those of the running one where none are given.

    Raises
    ------
    UsageError
        If `FRAMING_FORMS` is neither.
    """
    match environment.get(OVERRIDE, "").strip().lower():
        case "on":
            return True
        case "off":
            return False
        case "":
            given = _names() if names is None else names
            return _VS_CODE in given or any(environment.get(sign) for sign in _SIGNS)
        case other:
            raise UsageError(
                f"{OVERRIDE}: expected on or off, found {other!r}. Set one of the two, or take it out."
            )


def _names() -> Container[str]:
    shell = get_ipython()
    return () if shell is None else shell.user_ns
