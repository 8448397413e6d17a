"""What the process that measures is asked for, and what both sides take for a want of memory."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kit.data.measured import Question

if TYPE_CHECKING:
    from pydantic import TypeAdapter

# As Python, C++, Arrow, OpenMP and the system say it.
_WANTING = (
    "memory",
    "bad_alloc",
    "alloc of size",
    "allocat",
    "worker thread",
    "resource temporarily",
    "failed to map segment",
)


@dataclass(frozen=True, kw_only=True)
class Request:
    """One line of JSON: all that the child is told."""

    path: str  # where the file is
    file: str  # as the brief names it
    stamp: str  # SHA-256 of the file
    size: int  # bytes
    question: Question
    now: dt.datetime  # as the person's clock says
    baseline: float | None  # seconds for the quick baseline; None for none
    memory: int  # bytes of address space
    alarm: float  # seconds after which the child ends, should nobody end it


def as_line(request: Request) -> bytes:
    """A request as it is sent."""
    return bytes(_adapter().dump_json(request)) + b"\n"


def from_line(line: str | bytes) -> Request:
    """The request in a line.

    Raises
    ------
    pydantic.ValidationError
        If there is none.
    """
    return _adapter().validate_json(line)


def is_of_memory(said: str) -> bool:
    """Whether a complaint is one of too little memory, which libraries say in many ways; not of a broken one."""
    said = said.lower()
    return "corrupt" not in said and any(word in said for word in _WANTING)


@cache
def _adapter() -> TypeAdapter[Request]:
    from pydantic import TypeAdapter

    return TypeAdapter(Request)
