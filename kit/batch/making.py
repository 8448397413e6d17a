"""One brief made into documents: what a worker does, on this machine or another."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kit.batch.engines import Engine
from kit.batch.execution import executed, prepare, text_of, warm
from kit.batch.journal import findings_digest
from kit.batch.order import Order, Task, said
from kit.batch.pool import fault
from kit.batch.result import Counts, Made, Package, Point
from kit.batch.scale import scale_of
from kit.batch.shell import make_ready
from kit.brief import Brief, files_named, open_brief
from kit.brief.store import FILE_NAME
from kit.data import FILES, Found, Measured, survey
from kit.errors import FramingError, FullError, WriteError
from kit.export import write
from kit.export.glyphs import printable
from kit.export.ipynb import Notebook
from kit.export.notebook import notebook_document
from kit.export.typeset import Typesetter
from kit.resources import WORKBOOKS
from kit.rules import SEVERITIES, Finding, check

WORST = 5  # open points that are kept for the index


def load(engine: Engine) -> None:
    """Load what notebooks need, where children have it from this process."""
    if engine == "forked":
        warm()


@contextlib.contextmanager
def bench(engine: Engine) -> Iterator[Callable[[Task], Package]]:
    """What a worker works with: one typesetter for all its briefs, and what the notebooks need."""
    with Typesetter() as typesetter:
        typesetter.begin()
        load(engine)

        def work(task: Task) -> Package:
            prepare(task.private)
            if engine == "forked":
                make_ready()
            return make(task.order, typesetter=typesetter, private=task.private)

        yield work


def make(order: Order, *, typesetter: Typesetter, private: Path) -> Package:
    """Everything that was asked for, written below `private` only; or the reason why not, in words."""
    folder = None
    try:
        with _scratch(private) as folder:
            return _packed(order, folder, typesetter)
    except FramingError as exc:
        reason, is_full = str(exc), isinstance(exc, FullError)
    except Exception as exc:  # noqa: BLE001  a fault of ours in one brief must not stop the others
        is_full = isinstance(exc, OSError) and exc.errno in (errno.ENOSPC, errno.EDQUOT)
        told = (
            "there is no space left on the disk" if is_full else f"{fault(exc)}. Please report this"
        )
        reason = f"expected a finished brief, found {'that ' * is_full}{told}."
    return Package(made=Made(reason=said(reason, name=order.name, folder=folder)), is_full=is_full)


@contextlib.contextmanager
def _scratch(private: Path) -> Iterator[Path]:
    """A folder to work in, which is gone afterwards."""
    try:
        made = tempfile.TemporaryDirectory(dir=private, prefix="work-")
    except OSError as exc:
        raise WriteError.from_os(exc, private) from exc
    with made as name:
        yield Path(name)


def _packed(order: Order, folder: Path, typesetter: Typesetter) -> Package:
    brief = folder / FILE_NAME
    try:
        brief.write_bytes(order.text.encode())
    except OSError as exc:
        raise WriteError.from_os(exc, brief) from exc
    opened = open_brief(brief, name=order.name)
    found = _files(order, opened.brief)
    # First, as the children that run the notebooks have by now what it takes to work this out.
    findings = check(opened, files=found, today=order.today)
    scale = scale_of(opened.brief, found)
    ran = {name: _run(order, name, folder) for name in order.notebooks}
    whole = notebook_document(ran["brief"], name=order.name)
    documents = {to: write(whole, to, typesetter=typesetter) for to in order.options.formats}
    open_points = sorted(
        (one for one in findings if one.status == "finding"),
        key=lambda one: SEVERITIES.index(one.severity),
    )
    return Package(
        files={
            FILE_NAME: order.text.encode(),
            **{WORKBOOKS[name]: text_of(notebook).encode() for name, notebook in ran.items()},
            **{f"brief.{to}": document.data for to, document in documents.items()},
        },
        findings=findings_digest(findings),
        read={one.file: one.stamp for one in found if isinstance(one, Measured)},
        made=Made(
            pages=next((one.pages for one in documents.values() if one.pages), None),
            warnings=tuple(printable(told) for one in documents.values() for told in one.warnings),
            counts=_counted(open_points),
            worst=tuple(_point(one) for one in open_points[:WORST]),
            scale=scale,
        ),
    )


def _files(order: Order, read: Brief | None) -> tuple[Found, ...]:
    """What the brief's files show. They stay where the brief is from, which its kernels are told."""
    os.environ.pop(FILES, None)
    if read is None or order.home is None or not files_named(read.data):
        return ()
    os.environ[FILES] = str(order.home)
    return survey(read, order.home, baseline=True)


def _run(order: Order, name: str, folder: Path) -> Notebook:
    called = f"{order.name}: {WORKBOOKS[name]}"
    options = order.options
    return executed(
        order.notebooks[name], folder, name=called, engine=options.engine, seconds=options.seconds
    )


def _counted(found: Sequence[Finding]) -> Counts:
    counts = Counter(one.severity for one in found)
    return Counts(error=counts["error"], warning=counts["warning"], advice=counts["advice"])


def _point(finding: Finding) -> Point:
    return Point(
        code=finding.code, severity=finding.severity, path=finding.path, message=finding.message
    )
