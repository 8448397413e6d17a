"""The project's own things: one truth for versions and dependencies, a wheel that works alone."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pypdf import PdfReader
from ruamel.yaml import YAML

import kit

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
SHIPPED = {"kit": "kit", "workbooks": "kit/_shipped/workbooks", "examples": "kit/_shipped/examples"}
NOT_SHIPPED = {"__pycache__", ".ipynb_checkpoints"}
WORKBOOKS = [
    "1_business_goal",
    "2_user_problem",
    "3_ml_hypothesis",
    "4_dual_metrics",
    "5_data_requirements",
    "brief",
]


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a program that has to succeed, and return what it printed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command} gave {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout


def floors(requirements: list[str]) -> dict[str, str]:
    """Each package's version specifier, by its normalised name."""
    parsed = map(Requirement, requirements)
    return {canonicalize_name(each.name): str(each.specifier) for each in parsed}


def test_environment_lists_the_dependencies_of_pyproject() -> None:
    listed = YAML(typ="safe").load(ROOT / "environment.yml")["dependencies"]
    by_pip = next(entry["pip"] for entry in listed if isinstance(entry, dict))
    by_conda = [entry for entry in listed if isinstance(entry, str)]
    assert by_conda[:2] == ["python=3.11", "pip"]
    assert PROJECT["requires-python"] == ">=3.11"
    assert by_pip[-1] == "-e ."
    assert floors(by_conda[2:] + by_pip[:-1]) == floors(PROJECT["dependencies"])


def test_every_dependency_has_a_floor() -> None:
    extras = [each for extra in PROJECT["optional-dependencies"].values() for each in extra]
    bare = [name for name, floor in floors(PROJECT["dependencies"] + extras).items() if not floor]
    assert not bare


def test_version_is_the_same_everywhere() -> None:
    released = re.findall(r"^## \[(\d[^\]]*)\]", CHANGELOG, flags=re.MULTILINE)
    assert kit.__version__ == PROJECT["version"]
    assert metadata.version("framing-kit") == PROJECT["version"]
    assert released[:1] in ([], [PROJECT["version"]])


def test_changelog_opens_with_what_is_unreleased() -> None:
    assert re.findall(r"^## (.+)", CHANGELOG, flags=re.MULTILINE)[0] == "[Unreleased]"


def test_licence_is_mit() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert PROJECT["license"] == "MIT"
    assert licence.startswith("MIT License")
    assert "Framing Kit contributors" in licence


def third_party_imports() -> set[str]:
    """Top-level names of everything that kit/ imports, at any depth, and does not bring itself."""
    names: set[str] = set()
    for module in (ROOT / "kit").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.add(node.module or "")
    return {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"kit"}


def test_what_the_kit_imports_is_declared() -> None:
    owners = metadata.packages_distributions()
    extra = PROJECT["optional-dependencies"]["dask"]  # what a module for those who have it imports
    declared = floors([*PROJECT["dependencies"], *extra]).keys()
    undeclared = {
        name
        for name in third_party_imports()
        if not declared & {canonicalize_name(owner) for owner in owners.get(name, [])}
    }
    assert not undeclared


def test_ci_script_can_be_run() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    run("bash", "-n", script, cwd=ROOT)


def test_make_explains_every_target() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", text, flags=re.MULTILINE))
    shown = run("make", "--no-print-directory", cwd=ROOT)
    assert {line.split()[1] for line in shown.splitlines() if line.startswith("  make")} == targets


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="session")
def wheel(dist: Path) -> Path:
    return next(dist.glob("*.whl"))


def files_in_checkout() -> set[str]:
    """Every file that has to be in the wheel, by its name there."""
    return {
        f"{target}/{path.relative_to(ROOT / source).as_posix()}"
        for source, target in SHIPPED.items()
        for path in (ROOT / source).rglob("*")
        if path.is_file() and path.suffix != ".lock" and not NOT_SHIPPED & set(path.parts)
    }


def test_wheel_holds_the_package_and_its_data(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    data = {name for name in names if ".dist-info/" not in name}
    assert data == files_in_checkout()
    assert {f"kit/_shipped/workbooks/{name}.ipynb" for name in WORKBOOKS} <= data
    assert "kit/_shipped/examples/ideas.csv" in data
    assert "kit/py.typed" in data
    assert any(re.fullmatch(r"kit/_shipped/examples/[^/]+/brief\.yaml", name) for name in data)
    assert any(re.fullmatch(r"kit/export/.+\.typ", name) for name in data)
    assert any(re.fullmatch(r"kit/export/fonts/.+\.(ttf|otf)", name) for name in data)


def test_wheel_says_where_command_and_exporters_are(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        listing = next(name for name in archive.namelist() if name.endswith("/entry_points.txt"))
        text = archive.read(listing).decode()
    assert "framing = kit.cli:main" in text
    assert re.findall(r"^framing-(\w+) = kit\.export\.exporters:", text, re.MULTILINE) == [
        "html",
        "md",
        "pdf",
    ]


def test_sdist_holds_what_building_and_testing_need(dist: Path) -> None:
    with tarfile.open(next(dist.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "LICENSE", "README.md", "Makefile", ".ci/run"} <= names
    assert {"tests/conftest.py", "tests/test_project.py", "kit/__init__.py"} <= names


def make_a_brief(*framing: str | Path, cwd: Path, **environment: str) -> None:
    """The first steps of a new user, up to a PDF that opens."""
    run(*framing, "new", "demo", cwd=cwd, **environment)
    run(*framing, "check", "demo", cwd=cwd, **environment)
    run(*framing, "export", "demo", cwd=cwd, **environment)
    (pdf,) = cwd.rglob("*.pdf")
    assert len(PdfReader(pdf).pages) >= 1


def test_installed_wheel_makes_a_brief(wheel: Path, tmp_path: Path) -> None:
    """The wheel's own files do the work: with PYTHONPATH they win over the checkout."""
    site, work = tmp_path / "site", tmp_path / "work"
    work.mkdir()
    install = ("install", "--quiet", "--no-index", "--no-deps", "--no-compile", "--target", site)
    run(sys.executable, "-m", "pip", *install, wheel, cwd=tmp_path)
    path = {"PYTHONPATH": str(site)}
    where = run(sys.executable, "-P", "-c", "import kit; print(kit.__file__)", cwd=work, **path)
    assert Path(where.strip()) == site / "kit" / "__init__.py"
    make_a_brief(sys.executable, "-P", site / "bin" / "framing", cwd=work, **path)


@pytest.mark.soak
def test_wheel_in_an_empty_environment_makes_a_brief(wheel: Path, tmp_path: Path) -> None:
    """As a user would: a new environment, with nothing but what the wheel asks for."""
    venv.create(tmp_path / "venv", with_pip=True)
    programs = tmp_path / "venv" / "bin"
    run(programs / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    work = tmp_path / "work"
    work.mkdir()
    make_a_brief(programs / "framing", cwd=work)
