"""The `framing` command."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import signal
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from kit import __version__
from kit.errors import MISPLACED, FramingError, Terminated, UsageError, WriteError
from kit.signals import heard, heed

_BY_SIGNAL = 128  # and its number: the exit code, as shells have it

_COMMANDS = {  # in the order of the help: module and function
    "new": ("making", "new"),
    "open": ("opening", "open_lab"),
    "check": ("checking", "check"),
    "explain": ("explaining", "explain"),
    "export": ("exporting", "export"),
    "batch": ("batching", "batch"),
    "data": ("sampling", "data"),
    "contract": ("sampling", "contract"),
    "schema": ("schema", "schema"),
}


class _Group(TyperGroup):
    """Loads a command when it is asked for: each needs other parts of the kit."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = dict.fromkeys(_COMMANDS)  # type: ignore[assignment]  # names; see `get_command`

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:
        """The command of that name; None where there is none."""
        if cmd_name not in _COMMANDS:
            return None
        module, function = _COMMANDS[cmd_name]
        alone = typer.Typer(add_completion=False)
        alone.command(cmd_name)(getattr(importlib.import_module(f"kit.cli.{module}"), function))
        return typer.main.get_command(alone)


app = typer.Typer(
    name="framing",
    cls=_Group,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"framing-kit {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    ctx: typer.Context,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """From a vague business wish to a brief that can be checked, signed and built on."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        ctx.color = False


def main() -> NoReturn:
    """Run the command line and leave with the exit code that the README lists."""
    try:
        _open_streams()
        heed(signal.SIGINT, KeyboardInterrupt)
        heed(signal.SIGTERM, lambda: Terminated(_BY_SIGNAL + signal.SIGTERM))
        app()
    except KeyboardInterrupt:
        sys.exit(_BY_SIGNAL + signal.SIGINT)
    except FramingError as exc:
        _leave(exc)
    except Exception as exc:
        number = heard()
        if number is not None:
            sys.exit(_BY_SIGNAL + number)  # what is made of a signal on its way is nobody's fault
        if not isinstance(exc, OSError):
            raise
        _leave(_in_words(exc))
    sys.exit(0)


def _open_streams() -> None:
    """Have streams that take whatever is said, also where whoever started this process has closed them.

    Else a file is given the number of one, here or in a process that this one starts.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115  open to the end
            os.set_inheritable(stream.fileno(), True)
            setattr(sys, name, stream)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A brief may hold what a terminal cannot show.
            stream.reconfigure(errors="backslashreplace")


def _leave(exc: FramingError) -> NoReturn:
    with contextlib.suppress(OSError):  # the code is told where words cannot be
        typer.echo(str(exc), err=True)
    sys.exit(exc.exit_code)


def _in_words(exc: OSError) -> FramingError:
    """What the system refused, where no command said it better."""
    path = Path(os.fsdecode(exc.filename or "the output"))
    if exc.errno in MISPLACED:
        return UsageError(
            f"{path}: expected a path that can be used, found: {exc.strerror}. Choose another one."
        )
    return WriteError.from_os(exc, path)
