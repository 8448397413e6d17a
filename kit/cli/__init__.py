"""The command line: parses, calls once, and maps errors to exit codes."""

import gc as _gc
import os as _os

# Looking for plugins of other packages, none of which has anything to do here, takes a moment.
_os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
# What loads here stays; looking for rubbish in it would take a tenth of the time until the first word.
_gc.disable()
from kit.cli.app import main  # noqa: E402

_gc.freeze()
_gc.enable()

__all__ = ["main"]
