"""A stranger's file in, a table of typed columns out; runs in the child process, as it may take all memory."""

from kit.data.reading.read import read_file

__all__ = ["read_file"]
