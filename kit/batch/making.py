"""One brief into a folder of documents: what a worker of the batch does."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kit.batch.execution import Engine, executed, prepare, text_of, warm
from kit.batch.keeping import MARK
from kit.batch.pool import fault
from kit.batch.result import Counts, Made, Point
from kit.brief import files_named, open_brief
from kit.brief.store import FILE_NAME
from kit.data import FILES, Found, survey
from kit.errors import ExportError, FramingError, WriteError
from kit.export import write
from kit.export.glyphs import printable
from kit.export.ipynb import Notebook
from kit.export.notebook import notebook_document
from kit.export.typeset import Typesetter
from kit.export.workbook import STEPS, workbook_for
from kit.resources import WORKBOOKS
from kit.rules import Finding, check

FIRST = 5  # open points that are kept for the index


@dataclass(frozen=True, kw_only=True)
class Task:
    """What to make of one brief."""

    folder: Path  # to build in; private to this task
    text: str  # the brief as YAML
    name: str  # what messages call it
    origin: Path | None  # its file, whose folder may hold a person's own cells
    formats: tuple[str, ...]
    walk: bool  # run the steps' workbooks, too
    engine: Engine
    beside: Path | None = None  # the folder of the table that it is a row of


@contextlib.contextmanager
def bench(private: Path, engine: Engine) -> Iterator[Callable[[Task], Made]]:
    """What a worker works with: one typesetter for all its briefs, and a place for its kernels."""
    prepare(private / "ipython")
    if engine == "forked":
        warm()
    with Typesetter() as typesetter:
        yield lambda task: make(task, typesetter=typesetter)


def make(task: Task, *, typesetter: Typesetter) -> Made:
    """Everything that was asked for, written and read back; or the reason why not, in words."""
    try:
        return _made(task, typesetter)
    except FramingError as exc:
        return Made(reason=_reason(task, str(exc)))
    except Exception as exc:  # noqa: BLE001  a fault of ours in one brief must not stop the others
        found = f"expected a finished brief, found {fault(exc)}. Please report this."
        return Made(reason=_reason(task, found))


def _reason(task: Task, said: str) -> str:
    """What went wrong: the brief's name first, and files as a person knows them."""
    said = said.replace(f"{task.folder}{os.sep}", "").replace(str(task.folder), task.folder.name)
    if task.origin is not None and task.name.endswith(task.origin.name):
        here = task.name.removesuffix(task.origin.name)
        said = said.replace(f"{task.origin.parent}{os.sep}", here)
    said = printable(said)
    return said if said.startswith(task.name) else f"{task.name}: {said}"


def _made(task: Task, typesetter: Typesetter) -> Made:
    built = _Built(folder=task.folder)
    try:
        task.folder.mkdir(parents=True)
    except OSError as exc:
        raise WriteError.from_os(exc, task.folder) from exc
    built.add(FILE_NAME, task.text.encode())
    brief = task.folder / FILE_NAME
    files = _files(task, brief)
    whole = notebook_document(_run(task, "brief", built), name=task.name)
    for step in STEPS if task.walk else ():
        _run(task, step, built)
    documents = {to: write(whole, to, typesetter=typesetter) for to in task.formats}
    for to, written in documents.items():
        built.add(f"brief.{to}", written.data)
    findings = check(open_brief(brief, name=task.name), files=files)
    found = [each for each in findings if each.status == "finding"]
    built.seal()
    return Made(
        files=built.files,
        pages=next((each.pages for each in documents.values() if each.pages), None),
        warnings=tuple(printable(said) for each in documents.values() for said in each.warnings),
        counts=_counted(found),
        first=tuple(_point(each) for each in found[:FIRST]),
    )


def _files(task: Task, brief: Path) -> tuple[Found, ...]:
    """What the brief's files show. They stay where the brief is from, which its kernels are told."""
    home = task.origin.parent if task.origin else task.beside
    os.environ.pop(FILES, None)
    read = open_brief(brief).brief
    if read is None or home is None or not files_named(read.data):
        return ()
    os.environ[FILES] = str(home)
    return survey(read, home, baseline=True)


def _run(task: Task, name: str, built: _Built) -> Notebook:
    """Run a workbook, and keep it."""
    workbook = WORKBOOKS[name]
    notebook = workbook_for(task.origin or task.folder / FILE_NAME, name=name)
    ran = executed(notebook, task.folder, name=f"{task.name}: {workbook}", engine=task.engine)
    built.add(workbook, text_of(ran).encode())
    return ran


@dataclass(frozen=True, kw_only=True)
class _Built:
    """A folder in the making, and what is in it."""

    folder: Path
    files: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, data: bytes) -> None:
        """Write a file through to the disk, read it back, and remember it as ours."""
        self.files[name] = _written(self.folder / name, data)

    def seal(self) -> None:
        """Say in the folder which files of it are ours."""
        text = json.dumps({"files": self.files}, indent=1) + "\n"
        _written(self.folder / MARK, text.encode())


def _written(path: Path, data: bytes) -> str:
    """The SHA-256 of a file that is on the disk now, and holds what it should."""
    try:
        with path.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        read = path.read_bytes()
    except OSError as exc:
        raise WriteError.from_os(exc, path) from exc
    if read != data:
        raise ExportError(
            f"{path.name}: expected to read back what was written, found other bytes. "
            "Check the disk, or choose another --out."
        )
    return hashlib.sha256(data).hexdigest()


def _counted(found: Sequence[Finding]) -> Counts:
    counts = Counter(each.severity for each in found)
    return Counts(error=counts["error"], warning=counts["warning"], advice=counts["advice"])


def _point(finding: Finding) -> Point:
    return Point(
        code=finding.code, severity=finding.severity, path=finding.path, message=finding.message
    )
