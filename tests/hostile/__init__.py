"""Hostile inputs of a batch: each by its name, with how it is made, its canaries, and what has to become of it."""

from hostile.attached import ATTACHED
from hostile.case import Attached, Case, Cell, Source, Table, Trap
from hostile.cells import CELLS
from hostile.sources import SOURCES
from hostile.tables import TABLES
from hostile.titles import TITLES
from hostile.traps import TRAPS

__all__ = [
    "ATTACHED",
    "CASES",
    "CELLS",
    "SOURCES",
    "TABLES",
    "TITLES",
    "TRAPS",
    "Attached",
    "Case",
    "Cell",
    "Source",
    "Table",
    "Trap",
]

CASES: tuple[Case, ...] = (*CELLS, *TITLES, *SOURCES, *ATTACHED, *TABLES, *TRAPS)
