"""A workbook run by papermill, in a forked child or a kernel of its own, and brought into a form that never differs.

papermill writes parameters into code unescaped, so there is exactly one: the name of the brief.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import tempfile
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from kit.batch.engines import Engine
from kit.brief import open_brief
from kit.brief.store import FILE_NAME
from kit.errors import ExportError
from kit.export.cells import INJECTED, tags
from kit.export.ipynb import Cell, Notebook, place
from kit.resources import WORKBOOKS

SECONDS = 60  # for one cell, and for the start of the kernel
PARAMETERS = {"brief": FILE_NAME}  # in the folder that the kernel runs in

_KEPT = ("kernelspec", "language_info")
# A checker of web addresses, whose grammar takes a second to build, and the file systems of clusters.
_LEFT_OUT = ("rfc3987_syntax", "pyarrow.fs")
_OF_A_RUN = ("execution", "papermill")


@cache
def warm() -> None:
    """Load what the workbooks need, so that forked children have it: a brief of the kit's own is shown to nobody."""
    from kit.report import section
    from kit.resources import shipped

    _papermill()
    _registered("forked")
    file = open_brief(shipped("examples") / "churn-feed")
    # A chart and what the coach says: the first of a kind takes ten times as long as the next. With them all is loaded.
    for name in ("timing", "gaps"):
        section(file, name)._repr_mimebundle_()


def prepare(private: Path) -> None:
    """Make this process one whose kernels show sections, not forms, and leave no trace outside of `private`."""
    tempfile.tempdir = None  # so that the new place is looked up
    os.environ.pop("JPY_SESSION_NAME", None)
    os.environ.update(
        FRAMING_FORMS="off",
        IPYTHONDIR=str(private / "ipython"),
        TMPDIR=str(private),
        JUPYTER_PREFER_ENV_PATH="1",  # this environment's kernel before one of the same name elsewhere
        PYDEVD_DISABLE_FILE_VALIDATION="1",
    )


def executed(
    notebook: Notebook, folder: Path, *, name: str, engine: Engine, seconds: float = SECONDS
) -> Notebook:
    """The notebook, run in `folder`, which holds its brief and nothing of a stranger's; `seconds` are for one cell.

    Raises
    ------
    ExportError
        If a cell fails or takes too long, or the kernel ends; says which in words.
    """
    _papermill()  # before any of its parts
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.engines import papermill_engines
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import raise_for_execution_errors

    kind = _registered(engine)
    try:
        # In two steps: in one, papermill puts what has run into the text of a file that nobody asks for.
        ready = _prepared(json.dumps(notebook), kind)
        with contextlib.chdir(folder):
            ran = papermill_engines.execute_notebook_with_engine(
                kind,
                _node(json.loads(ready)),
                kernel_name="python3",
                progress_bar=False,
                start_timeout=SECONDS,
                execution_timeout=seconds,
                shutdown_kernel="immediate",
            )
        raise_for_execution_errors(ran, None)
    except PapermillExecutionError as exc:
        found = f"that {place(exc.cell_index)} stopped with {exc.ename}: {exc.evalue}"
        raise _failed(name, found) from exc
    except CellTimeoutError as exc:
        raise _failed(name, f"a cell that ran longer than {seconds:g} seconds") from exc
    except (DeadKernelError, RuntimeError) as exc:
        raise _failed(name, f"that the kernel ended ({exc})") from exc
    return _settled(ran)


def _papermill() -> Any:
    """The library without what it looks for, and no notebook here needs: as if that were not installed."""
    left_out = [name for name in _LEFT_OUT if name not in sys.modules]
    sys.modules.update(dict.fromkeys(left_out))  # type: ignore[arg-type]  # so an import of it fails
    try:
        import papermill
    finally:
        for name in left_out:
            del sys.modules[name]
    return papermill


def _registered(engine: Engine) -> str | None:
    """The name by which papermill knows an engine; None for its own."""
    if engine == "jupyter":
        return None
    from kit.batch.forking import NAME

    return NAME


@lru_cache(maxsize=len(WORKBOOKS))
def _prepared(notebook: str, kind: str | None) -> str:
    """A notebook with its parameters, both as JSON: most briefs of a batch have the same one."""
    ready = _papermill().execute_notebook(
        _node(json.loads(notebook)),
        None,
        parameters=PARAMETERS,
        engine_name=kind,
        kernel_name="python3",
        prepare_only=True,
    )
    return json.dumps(ready)


def text_of(notebook: Notebook) -> str:
    """A notebook that was executed as the text of a file, with a line for each cell.

    nbformat's own writer puts every line and every number on a line of its own, which takes five times as long.
    """
    cells = ",\n".join(map(_json, notebook["cells"]))
    others = _json({key: value for key, value in notebook.items() if key != "cells"})
    return f'{{"cells": [\n{cells}\n],\n{others[1:]}\n'


def _json(part: Any) -> str:
    return json.dumps(part, ensure_ascii=False, sort_keys=True)


def _node(notebook: Notebook) -> Any:
    import nbformat

    return nbformat.from_dict(notebook)  # type: ignore[no-untyped-call]


def _settled(ran: Any) -> Notebook:
    """A notebook without what differs from run to run, or holds what a widget was told."""
    metadata = {key: ran["metadata"][key] for key in _KEPT if key in ran["metadata"]}
    return {**ran, "metadata": metadata, "cells": [_settled_cell(cell) for cell in ran["cells"]]}


def _settled_cell(cell: Cell) -> Cell:
    kept = {key: value for key, value in cell["metadata"].items() if key not in _OF_A_RUN}
    if not kept.get("tags", True):
        del kept["tags"]  # papermill gives every cell a list of them
    name = INJECTED if INJECTED in tags(cell) else cell["id"]
    return {**cell, "id": name, "metadata": kept}


def _failed(name: str, found: str) -> ExportError:
    return ExportError(
        f"{name}: expected to run from top to bottom, found {found}. "
        "Open it in JupyterLab and run all cells to see where."
    )
