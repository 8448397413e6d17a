"""The `framing` command."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer

from kit import __version__
from kit.cli.batching import batch
from kit.cli.checking import check
from kit.cli.explaining import explain
from kit.cli.exporting import export
from kit.cli.making import new
from kit.cli.opening import open_lab
from kit.cli.sampling import contract, data
from kit.cli.schema import schema
from kit.errors import FramingError, Terminated, UsageError, WriteError

_TERMINATED = 128 + signal.SIGTERM

app = typer.Typer(
    name="framing",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command("new")(new)
app.command("open")(open_lab)
app.command("check")(check)
app.command("explain")(explain)
app.command("export")(export)
app.command("batch")(batch)
app.command("data")(data)
app.command("contract")(contract)
app.command("schema")(schema)


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
    signal.signal(signal.SIGTERM, _terminated)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(
                errors="backslashreplace"
            )  # a brief may hold what a terminal cannot show
    try:
        app()
    except FramingError as exc:
        _leave(exc)
    except OSError as exc:
        _leave(_in_words(exc))
    sys.exit(0)


def _leave(exc: FramingError) -> NoReturn:
    typer.echo(str(exc), err=True)
    sys.exit(exc.exit_code)


def _in_words(exc: OSError) -> FramingError:
    """What the system refused, where no command said it better."""
    path = Path(os.fsdecode(exc.filename or "the output"))
    if exc.errno in (errno.ENAMETOOLONG, errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
        return UsageError(
            f"{path}: expected a path that can be used, found: {exc.strerror}. Choose another one."
        )
    return WriteError.from_os(exc, path)


def _terminated(_number: int, _frame: FrameType | None) -> NoReturn:
    raise Terminated(_TERMINATED)
