"""The forked engine: the same outputs as Jupyter's kernel, and failures that are one notebook's alone."""

from __future__ import annotations

import builtins
import os
import shutil
import sys
import time
import warnings
from pathlib import Path

import nbformat
import papermill
import psutil
import pytest
from IPython.core.interactiveshell import InteractiveShell
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from kit.batch import shell
from kit.batch.forked import Child, DiedError
from kit.batch.forking import NAME

ROOT = Path(__file__).parents[1]
WORKBOOKS = sorted((ROOT / "workbooks").glob("*.ipynb"))
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/brief.yaml"))


@pytest.fixture(autouse=True)
def in_a_batch(monkeypatch, tmp_path):
    """Workbooks show sections, not forms, no colour of this terminal is in a traceback, and a shell is ready."""
    monkeypatch.setenv("FRAMING_FORMS", "off")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / ".ipython"))
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.setattr(shell, "_READY", [])
    shell.make_ready()


@pytest.fixture
def nothing_ready(monkeypatch):
    """As where somebody else calls papermill: every child makes a shell of its own."""
    monkeypatch.setattr(shell, "_READY", [])


def notebook(*cells):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])


def ran(given, folder, *, engine=NAME, seconds=60):
    """A notebook's outputs, by papermill as a batch calls it."""
    return papermill.execute_notebook(
        given,
        None,
        engine_name=engine,
        kernel_name="python3",
        progress_bar=False,
        request_save_on_cell_execute=False,
        cwd=folder,
        execution_timeout=seconds,
    )


def shown(done):
    """What is left of a run: outputs with their counts, and the language."""
    cells = [(cell.get("execution_count"), cell.get("outputs")) for cell in done.cells]
    return cells, done.metadata["language_info"]


def only(*cells, folder, **more):
    """The outputs of the last cell."""
    return ran(notebook(*cells), folder, **more).cells[-1].outputs


# As in Jupyter


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_workbooks_of_an_example_give_what_they_give_in_jupyter(example, tmp_path):
    shutil.copytree(example, tmp_path, dirs_exist_ok=True)
    for workbook in WORKBOOKS:
        given = nbformat.read(workbook, 4)
        forked, jupyter = (shown(ran(given, tmp_path, engine=name)) for name in (NAME, None))
        assert forked == jupyter, workbook.name


@pytest.mark.usefixtures("nothing_ready")
def test_workbook_gives_the_same_where_no_shell_was_made_ahead(tmp_path):
    shutil.copytree(EXAMPLES[0], tmp_path, dirs_exist_ok=True)
    given = nbformat.read(WORKBOOKS[-1], 4)
    forked, jupyter = (shown(ran(given, tmp_path, engine=name)) for name in (NAME, None))
    assert forked == jupyter


FIRST = "left = get_ipython().last_execution_result"
SESSION = """
import builtins, sys, warnings
from IPython import get_ipython
told = [sys.modules["__main__"].__dict__ is globals(), hasattr(builtins, "display"), hasattr(builtins, "__IPYTHON__")]
told += [sys.ps1, get_ipython().execution_count, left, In, Out, sorted(globals())]
told, sys.path[0], warnings.filters[-1]
"""


@pytest.mark.parametrize("has_underscore", [False, True])
def test_shell_that_was_made_ahead_is_the_session_of_each_child_and_of_nobody_else(
    tmp_path, monkeypatch, has_underscore
):
    monkeypatch.delattr(builtins, "_", raising=False)  # Python's prompt and gettext set it
    if has_underscore:
        monkeypatch.setattr(builtins, "_", str, raising=False)
    before = sys.modules["__main__"], set(vars(builtins)), set(vars(sys)), list(warnings.filters)
    monkeypatch.setattr(shell, "_READY", [])
    shell.make_ready()
    after = sys.modules["__main__"], set(vars(builtins)), set(vars(sys)), list(warnings.filters)
    assert after == before
    assert not InteractiveShell.initialized()
    ready = [only(FIRST, SESSION, folder=tmp_path) for _ in range(2)]
    monkeypatch.setattr(shell, "_READY", [])
    assert ready == [only(FIRST, SESSION, folder=tmp_path)] * 2


def test_shell_that_was_made_ahead_uses_the_folder_of_the_day(tmp_path, monkeypatch):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "other"))
    (told,) = only(
        "ip = get_ipython()\nprint(ip.ipython_dir, ip.profile_dir.location)", folder=tmp_path
    )
    other = tmp_path / "other"
    assert told["text"] == f"{other} {other / 'profile_default'}\n"


@pytest.mark.parametrize(
    "cells",
    [
        ["x = 2", "x + 1"],
        ["print('a'); print('b')\n'c'"],
        ["import sys; print('a', file=sys.stderr)"],
        ["1;"],
        ["None"],
        ["from IPython.display import *\ndisplay(HTML('<b>x</b>')); display({'a': 1}); 3"],
        ["from IPython.display import *\nh = display(1, display_id='k'); h.update(2)"],
        ["from IPython.display import *\nprint(1); clear_output(); print(2)"],
        ["from IPython.display import *\nprint(1); clear_output(wait=True); print(2)"],
        ["from IPython.display import *\nImage(data=b'\\x89PNG\\r\\n\\x1a\\n' + b'0' * 40)"],
        ["import pandas as pd\npd.DataFrame({'a': [1, 2]})"],
        ["import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.title('t')"],
        ["%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.bar([1], [2])", "plt.show()"],
        ["import asyncio\nawait asyncio.sleep(0.01)\n4"],
        ["%%writefile beside.py\nvalue = 5", "import beside\nbeside.value"],
        ["%%bash\necho from bash"],
        ["_ = 3", "_"],
        ["In[-1]", "Out"],
        ["x = 1\n\nx", "", "x"],
        ["class A:\n    def __repr__(self): return 'A()'\nA()"],
        ["def f(): yield 1\nlist(f())", "__name__"],
    ],
    ids=lambda cells: cells[0][:30],
)
def test_cells_give_what_they_give_in_jupyter(cells, tmp_path):
    given = notebook(*cells)
    folders = [tmp_path / name for name in ("forked", "jupyter")]
    for folder in folders:
        folder.mkdir()
    forked, jupyter = (
        shown(ran(given, folder, engine=engine))
        for folder, engine in zip(folders, (NAME, None), strict=True)
    )
    assert forked == jupyter


def test_streams_are_told_in_the_order_in_which_they_were_written(tmp_path):
    cell = "import sys\nfor n in range(2): print(n); print(n, file=sys.stderr)"
    told = [(one.name, one.text) for one in only(cell, folder=tmp_path)]
    assert told == [("stdout", "0\n"), ("stderr", "0\n"), ("stdout", "1\n"), ("stderr", "1\n")]


def test_what_a_program_writes_is_told(tmp_path):
    """Jupyter's kernel, run by papermill, loses it."""
    (output,) = only("import os\n_ = os.system('echo from a program')", folder=tmp_path)
    assert (output.name, output.text) == ("stdout", "from a program\n")


# What fails is told, and is this notebook's alone


@pytest.mark.parametrize(
    ("cell", "name", "says"),
    [
        ("1 / 0", "ZeroDivisionError", "division by zero"),
        ("def f(:", "SyntaxError", "invalid syntax"),
        ("import no_such_module", "ModuleNotFoundError", "no_such_module"),
        ("input('name? ')", "StdinNotImplementedError", "nobody is there to answer"),
        ("import getpass; getpass.getpass()", "StdinNotImplementedError", "nobody is there"),
        ("x = bytearray(5 << 30)", "MemoryError", ""),
        ("while True: print('x' * 1000)", "TooMuchOutputError", "million characters"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", ""),
    ],
)
def test_cell_that_fails_is_told_and_no_other_is_run(cell, name, says, tmp_path):
    with pytest.raises(PapermillExecutionError) as told:
        ran(notebook("1", cell, "open('after', 'w')"), tmp_path)
    assert (told.value.ename, told.value.cell_index) == (name, 1)
    assert says in told.value.evalue
    assert not (tmp_path / "after").exists()


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("import sys; sys.exit()", r"sys.exit\(None\)"),
        ("import sys; sys.exit('so')", r"sys.exit\('so'\)"),
        ("exit()", r"sys.exit"),
        ("import os; os._exit(3)", "exit code 3"),
        ("import os; os._exit(0)", "exit code 0"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "SIGKILL"),
        ("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
        ("import os; os.abort()", "SIGABRT"),
    ],
)
def test_cell_that_ends_the_program_is_a_failure(cell, says, tmp_path):
    with pytest.raises(DeadKernelError, match=says):
        ran(notebook("1", cell, "open('after', 'w')"), tmp_path)
    assert not (tmp_path / "after").exists()


@pytest.mark.parametrize("cell", ["while True: pass", "import time; time.sleep(60)"])
def test_cell_that_takes_too_long_is_ended_with_all_that_it_started(cell, tmp_path):
    started, before = time.monotonic(), _children()
    starts = "import subprocess; other = subprocess.Popen(['sleep', '60']); other.pid"
    with pytest.raises(CellTimeoutError):
        ran(notebook(starts, cell), tmp_path, seconds=1)
    assert time.monotonic() - started < 30
    assert _children() <= before


def test_display_of_an_earlier_cell_is_not_updated_in_silence(tmp_path):
    first = "from IPython.display import *\nh = display(1, display_id='k')"
    with pytest.raises(PapermillExecutionError, match="takes a Jupyter kernel"):
        ran(notebook(first, "h.update(2)"), tmp_path)


# One child and the next


def test_nothing_goes_from_one_notebook_to_the_next_or_back(tmp_path):
    import json as loaded

    cells = "import os, json\njson.left = 1\nos.environ['LEFT'] = 'x'\nos.chdir('/')"
    ran(notebook(cells), tmp_path)
    assert not hasattr(loaded, "left")
    assert "LEFT" not in os.environ
    (output,) = only("import os, json\nprint(hasattr(json, 'left'), os.getcwd())", folder=tmp_path)
    assert output.text == f"False {tmp_path}\n"


def test_children_draw_other_numbers(tmp_path):
    cell = "import random, numpy\nrandom.random(), numpy.random.random()"
    first, second = (only(cell, folder=tmp_path)[0].data["text/plain"] for _ in range(2))
    assert not set(first.strip("()").split(", ")) & set(second.strip("()").split(", "))


def test_child_leaves_no_process_and_no_open_file(tmp_path):
    me = psutil.Process()
    ran(notebook("1"), tmp_path)
    before, others = me.num_fds(), _children()
    for _ in range(5):
        ran(notebook("print(1)"), tmp_path)
    assert _children() <= others
    assert me.num_fds() == before


def test_child_has_no_file_of_its_parent(tmp_path):
    with (tmp_path / "secret").open("w"), Child() as child:
        done = child.run(
            "import os; [os.readlink(f'/proc/self/fd/{n}') for n in range(64) if os.path.exists(f'/proc/self/fd/{n}')]",
            seconds=20,
        )
    assert "secret" not in str(done.outputs)


def test_child_that_died_answers_no_more():
    with Child() as child:
        for _ in range(2):
            with pytest.raises(DiedError):
                child.run("import os; os._exit(1)", seconds=20)


def _children():
    """Processes that this one has started, or that they have, and that run."""
    found = psutil.Process().children(recursive=True)
    return {one.pid for one in found if one.status() != psutil.STATUS_ZOMBIE}
