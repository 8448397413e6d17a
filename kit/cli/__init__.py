"""The command line: parses, calls once, and maps errors to exit codes."""

from kit.cli.app import main

__all__ = ["main"]
