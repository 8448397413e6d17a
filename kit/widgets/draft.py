"""What was typed and is not in the file yet, and the file as it was last read.

Knows no widget: a form asks it to save, and shows what comes back.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

from kit.brief import BriefFile, open_brief, save
from kit.brief.reading import read
from kit.brief.store import changed, keep_aside, locked
from kit.brief.tree import Parsed, Tree
from kit.errors import BriefError, ConflictError
from kit.widgets.merging import Changes, applied, differences, dotted, pruned, touching

RACES = 5  # saves by programs that know no lock that are taken in before giving up


class Draft:
    """A brief on disk, and changes on their way to it."""

    def __init__(self, path: str) -> None:
        """Read the brief; the path holds even when the working directory changes.

        Raises
        ------
        BriefError
            If it cannot be read.
        """
        self._path = Path(path).absolute()
        self._name = path
        self.file: BriefFile = open_brief(self._path, name=path)
        self.mine: Tree = self.file.parsed.tree  # what the form shows
        self.moved = False  # whether the last save took in what others changed
        self.kept: Path | None = None  # where this side of a conflict is kept
        self.disputed: tuple[str, ...] = ()  # the keys of a conflict
        self.aside: Path | None = None  # where the file stands as it was before it was overwritten
        self._overwritten = ""  # that version, until it is kept

    @property
    def unsaved(self) -> bool:
        """Whether something was typed that is not in the file."""
        return bool(differences(self.file.parsed.tree, self.mine))

    @property
    def typed(self) -> BriefFile:
        """The file as it would be read if what was typed were in it; lines are those of the file as it is."""
        changes = differences(self.file.parsed.tree, self.mine)
        new = {dotted(path): pruned(value) for path, value in changes.items()}
        tree = changed(self.file.parsed.tree, new) if new else self.file.parsed.tree
        lines = Parsed(tree=tree, lines=self.file.parsed.lines)
        name = self.file.name
        brief, problems = read(tree, file=name, place=lambda key: (lines.line(key), None))
        return replace(self.file, parsed=lines, brief=brief, problems=problems)

    def save(self) -> None:
        """Write what was typed, and take in what others changed elsewhere in the file.

        Raises
        ------
        ConflictError
            If others changed the same key; both versions are kept, and `disputed` names the keys.
        FramingError
            If the file cannot be read or written; nothing is lost, the next call tries again.
        """
        self.moved = False
        with self._lock():
            self._save()

    def _save(self) -> None:
        for left in reversed(range(RACES)):
            if self.kept is None:
                self._take_in()
            if not self.unsaved:
                self._overwritten = ""
                return
            try:
                self._write()
            except ConflictError as exc:
                if self.kept is not None or not left:
                    self._keep(exc.kept)
                    raise
                exc.kept.unlink()  # someone saved in between; what is in memory is tried again
            else:
                return

    def take_in(self) -> None:
        """Read the file again where it changed; what was typed and not saved stays.

        Raises
        ------
        ConflictError, FramingError
            As for `save`.
        """
        if self.kept is None:
            with self._lock():
                self._take_in()

    def _lock(self) -> AbstractContextManager[None]:
        """Where there is something to write, have others wait from what is read until it is written."""
        return locked(self.file.path) if self.unsaved else nullcontext()

    def overwrite(self) -> None:
        """Something that the form cannot show is typed over: the next save keeps it in a copy first."""
        self._overwritten = self.file.text

    def keep_mine(self) -> None:
        """End a conflict: what was typed here goes into the file."""
        theirs = self._read()
        mine = self._changes(theirs)
        self._settle(theirs, applied(theirs.parsed.tree, mine))

    def take_theirs(self) -> None:
        """End a conflict: what stands in the file stays; the rest of what was typed is saved."""
        theirs = self._read()
        mine = self._changes(theirs)
        disputed = self._disputed(theirs)
        agreed = {path: value for path, value in mine.items() if path not in disputed}
        self._settle(theirs, applied(theirs.parsed.tree, agreed))

    def _settle(self, theirs: BriefFile, mine: Tree) -> None:
        self.file, self.mine = theirs, mine
        self.kept, self.disputed = None, ()
        self.save()

    def _take_in(self) -> None:
        """Read the file; where that cannot go well, keep what was typed beside it."""
        try:
            theirs = self._read()
        except BriefError as exc:
            if self.unsaved and self.file.path.is_file():
                self._refuse(exc)
            raise
        if theirs.stamp == self.file.stamp:
            return
        if disputed := self._disputed(theirs):
            self.disputed = tuple(dotted(path) for path in disputed)
            self._refuse(None)
        mine = self._changes(theirs)
        self.file, self.mine = theirs, applied(theirs.parsed.tree, mine)
        self.moved = True

    def _disputed(self, theirs: BriefFile) -> Changes:
        changed = differences(self.file.parsed.tree, theirs.parsed.tree, beside=self.mine)
        return touching(self._changes(theirs), changed)

    def _changes(self, theirs: BriefFile) -> Changes:
        """What was typed, fit to be brought into what others wrote."""
        return differences(self.file.parsed.tree, self.mine, beside=theirs.parsed.tree)

    def _refuse(self, cause: BriefError | None) -> None:
        try:
            self._write()
        except ConflictError as exc:
            self._keep(exc.kept)
            raise exc from cause

    def _keep(self, aside: Path) -> None:
        """One file for this side of a conflict, however long it lasts."""
        self.kept = aside.replace(self.kept) if self.kept is not None else aside

    def _write(self) -> None:
        """Save over the version that was read; refused, with a copy beside it, where it moved on."""
        if self._overwritten:
            self.aside = keep_aside(self.file.path, self._overwritten)
            self._overwritten = ""
        changes = differences(self.file.parsed.tree, self.mine)
        new = {dotted(path): pruned(value) for path, value in changes.items()}
        self.file = save(self.file, new, is_held=True)
        self.mine = self.file.parsed.tree
        self.kept, self.disputed = None, ()

    def _read(self) -> BriefFile:
        return open_brief(self._path, name=self._name)
