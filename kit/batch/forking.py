"""papermill's engine that runs a notebook in a forked child, instead of in a Jupyter kernel of its own.

Whoever calls papermill has loaded what notebooks need; the child has it at once. It serves any notebook that needs no
messages of a kernel: what it does not know (input from a person, widgets that talk back, displays of earlier cells that
are updated) ends in an error that says so.
"""

from __future__ import annotations

import platform
import sys
from typing import Any

from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode, from_dict
from papermill.engines import Engine, papermill_engines

from kit.batch.forked import Child, DiedError, LateError, Ran

NAME = "framing"
_LANGUAGE = {  # as Jupyter's kernel says it
    "codemirror_mode": {"name": "ipython", "version": sys.version_info[0]},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": platform.python_version(),
}


class ForkEngine(Engine):  # type: ignore[misc]
    """Runs code cells one after the other, and stops at the first that fails."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, _kernel_name: str, *, execution_timeout: float | None = None, **_: Any
    ) -> None:
        """Run the notebook that papermill manages.

        Raises
        ------
        CellTimeoutError
            If a cell takes longer than `execution_timeout` seconds.
        DeadKernelError
            If the child ends, or a cell leaves the program.
        """
        with Child() as child:
            for index, cell in enumerate(nb_man.nb.cells):
                nb_man.cell_start(cell, index)
                if cell.cell_type == "code" and cell.source.strip():
                    ran = _ran(child, cell, execution_timeout)
                    cell.outputs = [from_dict(one) for one in ran.outputs]  # type: ignore[no-untyped-call]
                    cell.execution_count = ran.count
                    if ran.left:
                        raise DeadKernelError(f"a cell left by {ran.left}")
                    if ran.failed:
                        nb_man.cell_exception(cell, cell_index=index, exception=_failure(cell))
                        return
                nb_man.cell_complete(cell, cell_index=index)
        nb_man.nb.metadata["language_info"] = _LANGUAGE


def _ran(child: Child, cell: NotebookNode, seconds: float | None) -> Ran:
    try:
        return child.run(cell.source, seconds=seconds)
    except LateError as exc:
        raise CellTimeoutError.error_from_timeout_and_cell("", int(seconds or 0), cell) from exc
    except DiedError as exc:
        raise DeadKernelError(str(exc)) from exc


def _failure(cell: NotebookNode) -> CellExecutionError:
    error = next(one for one in reversed(cell.outputs) if one.output_type == "error")
    return CellExecutionError("\n".join(error.traceback), error.ename, error.evalue)


papermill_engines.register(NAME, ForkEngine)
