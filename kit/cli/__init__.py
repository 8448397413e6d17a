"""The command line: parses, calls once, and maps errors to exit codes."""

import gc as _gc
import os as _os
import signal as _signal

# Looking for plugins of other packages, none of which has anything to do here, takes a moment.
_os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
# What loads here stays; looking for rubbish in it would take a tenth of the time until the first word.
_gc.disable()
from kit.signals import at_once as _at_once  # noqa: E402

with _at_once(_signal.SIGINT):
    from kit.cli.app import main

_gc.freeze()
_gc.enable()

__all__ = ["main"]
