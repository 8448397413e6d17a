"""What a hostile case is: how it is made, and what has to become of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hostile.canaries import Canaries

Fate = Literal[
    "shown", "refused"
]  # the brief is made and shows it; or it is named as wrong, and the others are made
Make = Callable[
    [Path, Canaries, str], Path
]  # from a folder of its own, the canaries and a name to the source


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A text in a cell. @RAN@, @KEPT@, @SECRET@, @URL@ and @HOST@ stand for the places of its canaries."""

    name: str
    kind: str
    text: str
    column: str = ""  # where it matters
    fate: Fate = "shown"
    said: tuple[str, ...] = ()  # what the error says, of a refused one
    literal: bool = True  # shown as typed; else it is the small Markdown that texts may have


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file or folder that is given to the batch beside others: one that is wrong stops none of them."""

    name: str
    kind: str
    make: Make
    fate: Fate = "shown"
    said: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Table:
    """A source that cannot be read at all: the command ends with an exit code, and has made nothing."""

    name: str
    kind: str
    make: Make
    said: tuple[str, ...]  # besides the name of the file
    code: int = 2
    alone: bool = False  # in a command of its own: where it is read, that would take others along


@dataclass(frozen=True, kw_only=True)
class Attached:
    """What a source of a brief names as its file."""

    name: str
    kind: str
    file: str
    said: str  # why it is not read
    make: Callable[[Path, Canaries, str], None] = lambda *_: (
        None
    )  # what lies in the folder of the table


@dataclass(frozen=True, kw_only=True)
class Trap:
    """A file of a stranger that some program runs, reads as settings, or takes for its own, by its name alone."""

    name: str
    kind: str
    path: str  # from the folder that it lies in
    text: str


Case = Cell | Source | Table | Attached | Trap
