"""The house stays in order: who imports whom, what loads early, how large a file may be."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
KIT = ROOT / "kit"
MODULES = sorted(KIT.rglob("*.py"))
ROOM_INITS = sorted(KIT.glob("*/__init__.py"))

# What a room may import, itself aside. It follows from the drawing of the house:
# errors <- numbers, brief <- appraisal <- data <- rules <- report <- export, widgets <- batch <- cli.
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "resources": {"errors"},
    "signals": set(),
    "numbers": {"errors"},
    "brief": {"errors"},
    "appraisal": {"errors", "numbers", "brief"},
    "data": {"errors", "numbers", "brief", "appraisal"},
    "rules": {"errors", "numbers", "brief", "appraisal", "data"},
    "report": {"errors", "numbers", "brief", "appraisal", "data", "rules"},
    "export": {"errors", "resources", "brief", "report"},
    "widgets": {"errors", "numbers", "brief", "appraisal", "data", "rules", "report"},
    "batch": {
        "errors",
        "resources",
        "signals",
        "numbers",
        "brief",
        "appraisal",
        "data",
        "rules",
        "report",
        "export",
    },
}
ALLOWED["cli"] = ALLOWED.keys() - {"widgets"}
ALLOWED["__main__"] = {"cli"}
ALLOWED["__init__"] = set()

HEAVY = {
    "IPython",
    "docx",
    "ipywidgets",
    "matplotlib",
    "nbclient",
    "nbconvert",
    "nbformat",
    "openpyxl",
    "pandas",
    "papermill",
    "platformdirs",
    "pyarrow",
    "scipy",
    "sklearn",
    "typst",
}
# Nothing but Jupyter loads these, and only when it needs them.
MAY_LOAD_EARLY = {
    # These run in a child process alone.
    "data/baseline": {"pyarrow", "scipy", "sklearn"},
    "data/label": {"pyarrow", "scipy"},
    "data/profile": {"pyarrow"},
    "data/reading": {"pyarrow"},
    # papermill loads its engine, and that what its children need.
    "batch/forking": {"nbclient", "nbformat", "papermill"},
    "batch/shell": {"IPython"},
    "numbers": {"scipy"},
    "widgets": {"IPython", "ipywidgets"},
    "export/docx": {"docx"},
    "export/exporters": {"nbconvert", "nbformat"},
    "export/word": {"docx"},
}
MAX_LINES = 300


def name_of(module: Path) -> str:
    """`export/exporters` for kit/export/exporters.py."""
    return module.relative_to(KIT).with_suffix("").as_posix()


def room_of(module: Path) -> str:
    return name_of(module).split("/", maxsplit=1)[0]


def parse(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"), filename=str(module))


def is_for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def loaded_early(node: ast.AST) -> Iterator[ast.AST]:
    """Every node that runs when the module is imported."""
    for child in ast.iter_child_nodes(node):
        lazy = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        if not lazy and not is_for_types_only(child):
            yield child
            yield from loaded_early(child)


def imported(nodes: Iterator[ast.AST], *, module: Path) -> Iterator[tuple[str, int]]:
    """Dotted names of what is imported, relative ones made absolute, with their lines."""
    package = ("kit", *module.relative_to(KIT).parts[:-1])
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*start, *filter(None, [node.module])))
            names = [f"{base}.{alias.name}" for alias in node.names]
            yield from ((name, node.lineno) for name in (names if base == "kit" else [base]))


def is_a_room(name: str) -> bool:
    return (KIT / name).is_dir() or (KIT / f"{name}.py").is_file()


def allowed_early(module: Path) -> set[str]:
    """What a module, or the rooms that it stands in, may load when it is imported."""
    parts = name_of(module).split("/")
    places = ("/".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((MAY_LOAD_EARLY[place] for place in places if place in MAY_LOAD_EARLY), set())


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_room_imports_only_what_stands_before_it(module: Path) -> None:
    room = room_of(module)
    assert room in ALLOWED, f"kit/{room} is a new room: give it a place in ALLOWED"
    bent = [
        f"line {line}: {name}"
        for name, line in imported(ast.walk(parse(module)), module=module)
        if name.startswith("kit.")
        and is_a_room(target := name.split(".")[1])
        and target not in ALLOWED[room] | {room}
    ]
    assert not bent, f"kit/{name_of(module)}.py may not import {bent}"


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_ipywidgets_is_imported_by_widgets_alone(module: Path) -> None:
    names = {name.split(".")[0] for name, _ in imported(ast.walk(parse(module)), module=module)}
    assert room_of(module) == "widgets" or "ipywidgets" not in names


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_heavy_libraries_are_imported_where_they_are_used(module: Path) -> None:
    allowed = allowed_early(module)
    early = [
        f"line {line}: {name}"
        for name, line in imported(loaded_early(parse(module)), module=module)
        if name.split(".")[0] in HEAVY - allowed
    ]
    assert not early, f"kit/{name_of(module)}.py: move into the function that needs it: {early}"


def test_command_line_starts_without_heavy_libraries() -> None:
    program = f"import sys, kit.cli; print(*sorted({HEAVY!r} & sys.modules.keys()))"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert run.stdout.split() == []


def public_names(tree: ast.Module) -> set[str]:
    """The names that a module binds at its top, those for type checkers and under a `with` included."""
    statements = [
        inner
        for node in tree.body
        for inner in (
            node.body
            if isinstance(node, ast.With) or (isinstance(node, ast.If) and is_for_types_only(node))
            else [node]
        )
    ]
    names: set[str] = set()
    for node in statements:
        match node:
            case ast.ImportFrom(module="__future__" | "typing"):
                pass
            case ast.ImportFrom(names=aliases) | ast.Import(names=aliases):
                names |= {alias.asname or alias.name for alias in aliases}
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
    return {name for name in names if not name.startswith("_")}


@pytest.mark.parametrize("init", ROOM_INITS, ids=room_of)
def test_room_lists_what_it_offers(init: Path) -> None:
    """Each room's __init__ names in __all__ exactly what it offers; ruff keeps that sorted."""
    tree = parse(init)
    listed = [
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    assert len(listed) == 1, f"kit/{room_of(init)}/__init__.py needs one __all__"
    assert sorted(listed[0]) == sorted(public_names(tree))


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_module_is_named_after_its_subject(module: Path) -> None:
    assert not {"common", "helpers", "misc", "utils"} & set(name_of(module).split("/"))


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_module_prints_only_in_the_command_line(module: Path) -> None:
    calls = [node.func for node in ast.walk(parse(module)) if isinstance(node, ast.Call)]
    prints = [call.lineno for call in calls if isinstance(call, ast.Name) and call.id == "print"]
    assert room_of(module) == "cli" or not prints


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_module_is_short(module: Path) -> None:
    """In `numbers` the docstrings, with equation, reference and example, are most of a file: not counted."""
    lines = len(module.read_text(encoding="utf-8").splitlines())
    documented = docstring_lines(parse(module)) if room_of(module) == "numbers" else 0
    assert lines - documented <= MAX_LINES


def docstring_lines(tree: ast.Module) -> int:
    kinds = (ast.FunctionDef, ast.ClassDef, ast.Module)
    texts = (ast.get_docstring(node) for node in ast.walk(tree) if isinstance(node, kinds))
    return sum(len(text.splitlines()) for text in texts if text)
