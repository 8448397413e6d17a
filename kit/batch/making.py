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

from kit.batch.execution import executed, prepare, text_of
from kit.batch.folder import MARK
from kit.batch.result import Counts, Made, Point
from kit.brief import open_brief
from kit.errors import ExportError, FramingError, WriteError
from kit.export import write
from kit.export.ipynb import Notebook
from kit.export.notebook import notebook_document
from kit.export.typeset import Typesetter
from kit.export.workbook import STEPS, workbook_for
from kit.resources import WORKBOOKS
from kit.rules import Finding, check

FIRST = 5  # open points that are kept for the index

_BRIEF = "brief.yaml"


@dataclass(frozen=True, kw_only=True)
class Task:
    """What to make of one brief."""

    folder: Path  # to build in; private to this task
    text: str  # the brief as YAML
    name: str  # what messages call it
    origin: Path | None  # its file, whose folder may hold a person's own cells
    formats: tuple[str, ...]
    walk: bool  # run the steps' workbooks, too


@contextlib.contextmanager
def bench(private: Path) -> Iterator[Callable[[Task], Made]]:
    """What a worker works with: one typesetter for all its briefs, and a place for its kernels."""
    prepare(private / "ipython")
    with Typesetter() as typesetter:
        yield lambda task: make(task, typesetter=typesetter)


def make(task: Task, *, typesetter: Typesetter) -> Made:
    """Everything that was asked for, written and read back; or the reason why not, in words."""
    try:
        return _made(task, typesetter)
    except FramingError as exc:
        return Made(reason=str(exc))
    except OSError as exc:
        return Made(reason=str(WriteError.from_os(exc, Path(str(exc.filename or task.folder)))))
    except Exception as exc:  # noqa: BLE001  a fault of ours in one brief must not stop the others
        return Made(reason=f"{task.name}: {type(exc).__name__}: {exc}. Please report this.")


def _made(task: Task, typesetter: Typesetter) -> Made:
    built = _Built(folder=task.folder)
    task.folder.mkdir(parents=True)
    built.add(_BRIEF, task.text.encode())
    brief = task.folder / _BRIEF
    whole = notebook_document(_run(task, "brief", built), name=task.name)
    for step in STEPS if task.walk else ():
        _run(task, step, built)
    documents = {to: write(whole, to, typesetter=typesetter) for to in task.formats}
    for to, written in documents.items():
        built.add(f"brief.{to}", written.data)
    found = [each for each in check(open_brief(brief, name=task.name)) if each.status == "finding"]
    built.seal()
    return Made(
        files=built.files,
        pages=next((each.pages for each in documents.values() if each.pages), None),
        warnings=tuple(warning for each in documents.values() for warning in each.warnings),
        counts=_counted(found),
        first=tuple(_point(each) for each in found[:FIRST]),
    )


def _run(task: Task, name: str, built: _Built) -> Notebook:
    """Run a workbook, and keep it."""
    workbook = WORKBOOKS[name]
    notebook = workbook_for(task.origin or task.folder / _BRIEF, name=name)
    ran = executed(notebook, task.folder, name=f"{task.name}: {workbook}")
    built.add(workbook, text_of(ran).encode())
    return ran


@dataclass(frozen=True, kw_only=True)
class _Built:
    """A folder in the making, and what is in it."""

    folder: Path
    files: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, data: bytes) -> None:
        """Write a file through to the disk and read it back."""
        path = self.folder / name
        with path.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        digest = hashlib.sha256(data).hexdigest()
        if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise ExportError(
                f"{path.name}: expected to read back what was written, found other bytes. "
                "Check the disk, or choose another --out."
            )
        self.files[name] = digest

    def seal(self) -> None:
        """Say in the folder which files of it are ours."""
        (self.folder / MARK).write_text(json.dumps({"files": self.files}, indent=1) + "\n", "utf-8")


def _counted(found: Sequence[Finding]) -> Counts:
    counts = Counter(each.severity for each in found)
    return Counts(error=counts["error"], warning=counts["warning"], advice=counts["advice"])


def _point(finding: Finding) -> Point:
    return Point(
        code=finding.code, severity=finding.severity, path=finding.path, message=finding.message
    )
