"""The limit: what cannot be saved, as the briefs are made of it.

The cells of the notebook in a warm bare IPython shell and the Typst compile, with nothing read back, nothing
published, and no isolation of one brief from the next.
"""

from __future__ import annotations

import functools
import json
import os
import sys
from multiprocessing.util import Finalize
from pathlib import Path
from typing import TYPE_CHECKING, Any

from batches.briefs import NOTEBOOK, ROOT
from batches.making import PDF, Make

if TYPE_CHECKING:
    from kit.export.typeset import Typesetter


def begin() -> Make:
    """For a worker: everything loaded, one shell and one typesetter for all briefs."""
    os.environ.update(FRAMING_FORMS="off", PYDEVD_DISABLE_FILE_VALIDATION="1")
    from IPython.core.displayhook import CapturingDisplayHook
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    from kit.brief import open_brief
    from kit.export.typeset import Typesetter
    from kit.report import SECTIONS, section

    file = open_brief(ROOT / "examples" / "churn-feed")
    for name in SECTIONS:
        section(file, name)
    own = sys.modules["__main__"]
    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    # A shell puts its own there, in which nobody finds what the pool asks for.
    sys.modules["__main__"] = own
    # What a cell results in is kept, not printed: else it would be put into words twice.
    shown: list[dict[str, Any]] = []
    shell.display_trap.hook = CapturingDisplayHook(shell=shell, outputs=shown)  # type: ignore[no-untyped-call]
    typesetter = Typesetter()
    # Its child is waited for at the worker's end, so that the child's time is counted.
    Finalize(typesetter, typesetter.close, exitpriority=0)
    return functools.partial(_make, shell=shell, shown=shown, typesetter=typesetter)


def _make(folder: Path, *, shell: Any, shown: list[dict[str, Any]], typesetter: Typesetter) -> None:
    import nbformat

    from kit.export.notebook import notebook_document
    from kit.export.passes import prepared
    from kit.export.payload import payload, pictures
    from kit.export.pdf import TEMPLATE

    os.chdir(folder)
    notebook = nbformat.read(NOTEBOOK, 4)  # type: ignore[no-untyped-call]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            shown.clear()
            shell.run_cell(cell.source, store_history=False).raise_error()
            cell.outputs = [{"output_type": "execute_result", **one} for one in shown]
    document = prepared(notebook_document(notebook, name=folder.name))
    files = {
        TEMPLATE.name: TEMPLATE.read_bytes(),
        "document.json": json.dumps(payload(document), ensure_ascii=False).encode(),
        **{each.name: each.data for each in pictures(document)},
    }
    (folder / PDF).write_bytes(typesetter.set(files, main=TEMPLATE.name))
