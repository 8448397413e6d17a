"""The six workbooks: thin, readable, linked, and running against every example.

The papermill runs, one per workbook and example, share nothing: `pytest -n 2` halves the time; `--dist loadfile` would
not.
"""

import ast
import re
from itertools import pairwise
from pathlib import Path

import nbformat
import papermill
import pytest
from nbformat import NotebookNode
from ruamel.yaml import YAML

from kit.batch.engines import default_engine
from kit.batch.execution import warm
from kit.batch.forking import NAME
from kit.brief import STARTER_STATEMENT

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "workbooks"
EXAMPLES = sorted((ROOT / "examples").glob("*/brief.yaml"))
BLOCKS = "application/vnd.framing.blocks+json"
STEPS = {
    "1_business_goal": "goal",
    "2_user_problem": "problem",
    "3_ml_hypothesis": "hypothesis",
    "4_dual_metrics": "metrics",
    "5_data_requirements": "data",
}
COMPUTED = ["numbers", "targets", "worth", "timing", "ceilings", "fairness"]
SECTIONS = {name: [step] for name, step in STEPS.items()} | {
    "4_dual_metrics": ["metrics", *COMPUTED],
    "brief": [
        *("title", "goal", "problem", "hypothesis", "metrics"),
        *COMPUTED,
        *("data", "gaps", "legend"),
    ],
}
IN_BETWEEN = {f"section-{name}" for name in COMPUTED}  # what a form's numbers amount to
MINUTES_TO_READ = 4
WORDS_PER_MINUTE = 250

each_workbook = pytest.mark.parametrize("name", SECTIONS)
each_step = pytest.mark.parametrize("name", STEPS)


def workbook(name: str) -> NotebookNode:
    return nbformat.read(FOLDER / f"{name}.ipynb", as_version=nbformat.NO_CONVERT)


def code(name: str) -> tuple[str, list[str]]:
    """The import and the calls that a workbook may have, and no others."""
    shown = [f"show(brief, '{s}')" for s in SECTIONS[name]]
    if (step := STEPS.get(name)) is None:
        return "from kit.report import show", shown
    form = f"from kit.widgets import {step}_form"
    used = f"from kit.report import show\n{form}" if shown[1:] else form
    return used, [f"{step}_form(brief)", *shown[1:]]


def tags_of_sections(name: str) -> list[str]:
    return [f"section-{section}" for section in SECTIONS[name]]


def tag(cell: NotebookNode) -> str:
    (only,) = cell.metadata.tags
    return str(only)


def guidance(name: str) -> str:
    cells = [cell for cell in workbook(name).cells if cell.cell_type == "markdown"]
    return "\n\n".join(cell.source for cell in cells)


def headings(name: str) -> list[tuple[int, str]]:
    found = re.findall(r"^(#+) (.+)$", guidance(name), flags=re.MULTILINE)
    return [(len(marks), text) for marks, text in found]


def links(name: str) -> list[str]:
    return re.findall(r"\]\(([^)\s]+)\)", guidance(name))


def under(name: str, heading: str) -> str:
    """The text from a heading to the next one of its level or higher."""
    pattern = rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)"
    found = re.search(pattern, guidance(name), flags=re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


def test_workbooks_folder_holds_these_and_the_starter() -> None:
    shipped = {path.name for path in FOLDER.iterdir() if not path.name.startswith(".")}
    assert shipped == {f"{name}.ipynb" for name in SECTIONS} | {"brief.yaml"}


@each_workbook
def test_workbook_is_valid_and_written_plainly(name: str) -> None:
    """Format 4.5, and saved again it gives the same bytes, so that diffs stay small."""
    notebook = workbook(name)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    text = (FOLDER / f"{name}.ipynb").read_text(encoding="utf-8")
    assert text == nbformat.writes(notebook) + "\n"


@each_workbook
def test_workbook_has_no_results_in_it(name: str) -> None:
    for cell in workbook(name).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
        assert not cell.get("attachments")


@each_workbook
def test_cell_ids_are_readable_and_unique(name: str) -> None:
    ids = [cell.id for cell in workbook(name).cells]
    assert len(ids) == len(set(ids))
    prefix = STEPS.get(name, "brief")
    assert all(re.fullmatch(rf"{prefix}-[a-z-]+", cell_id) for cell_id in ids)


@each_workbook
def test_code_is_parameters_then_import_then_one_call_per_cell(name: str) -> None:
    cells = [cell for cell in workbook(name).cells if cell.cell_type == "code"]
    parameters, imported, *calls = cells
    expected_import, expected_calls = code(name)
    assert (tag(parameters), parameters.source) == ("parameters", 'brief = "brief.yaml"')
    assert (tag(imported), imported.source) == ("kit", expected_import)
    assert [tag(cell) for cell in calls] == tags_of_sections(name)
    assert [ast.unparse(ast.parse(cell.source)) for cell in calls] == expected_calls


@each_workbook
def test_guidance_is_tagged_and_cannot_be_edited_by_accident(name: str) -> None:
    """Guidance stays out of exports, so notes typed into it would be lost there."""
    for cell in workbook(name).cells:
        if cell.cell_type == "markdown":
            assert tag(cell) == "guidance"
            assert cell.metadata.editable is False


@each_workbook
def test_headings_have_one_title_and_skip_no_level(name: str) -> None:
    levels = [level for level, _ in headings(name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    texts = [text for _, text in headings(name)]
    assert len(texts) == len(set(texts))


@each_workbook
def test_links_lead_to_workbooks_or_headings_that_exist(name: str) -> None:
    anchors = {"#" + text.replace(" ", "-") for _, text in headings(name)}
    for link in links(name):
        assert link in anchors or (FOLDER / link).is_file(), link


@each_workbook
def test_every_other_workbook_is_one_click_away(name: str) -> None:
    others = {f"{other}.ipynb" for other in SECTIONS if other != name}
    assert others <= set(links(name))


@each_workbook
def test_dollar_signs_are_absent_because_jupyter_reads_them_as_formulas(name: str) -> None:
    assert "$" not in guidance(name)


@each_step
def test_step_title_and_last_link_keep_the_order(name: str) -> None:
    position = list(STEPS).index(name) + 1
    assert headings(name)[0][1].startswith(f"Step {position} of 5 · ")
    following = [*list(STEPS)[1:], "brief"][position - 1]
    assert links(name)[-1] == f"{following}.ipynb"


@each_step
def test_step_says_the_minutes_it_takes(name: str) -> None:
    assert re.search(r"^About \d+ minutes", guidance(name), flags=re.MULTILINE)


@each_step
def test_step_shows_a_weak_beside_a_strong_answer_of_a_named_case(name: str) -> None:
    text = under(name, "A weak and a strong answer")
    assert "Worked case: **" in text
    assert "illustrative" in text
    table = "| Part | Weak | Strong |" in text
    quotes = "> **Weak.**" in text and "> **Strong.**" in text
    assert table or quotes


@each_step
@pytest.mark.parametrize("heading", ["Questions to ask", "What good looks like", "Common traps"])
def test_step_has_what_a_learner_needs(name: str, heading: str) -> None:
    assert under(name, heading).count("\n- ") + under(name, heading).startswith("- ") >= 3


@each_step
def test_step_checks_before_going_on_right_after_the_form(name: str) -> None:
    cells = [cell for cell in workbook(name).cells if tag(cell) not in IN_BETWEEN]
    cells = [cell for cell in cells if cell.id != "metrics-check"]  # says what they are
    *_, heading, parameters, imported, form, checklist = cells
    assert heading.source.startswith("## Your answer\n")
    assert [tag(c) for c in (parameters, imported)] == ["parameters", "kit"]
    assert tag(form) == f"section-{STEPS[name]}"
    assert checklist.source.startswith("## Before you go on")
    assert checklist.source.count("\n- ") >= 3


@each_step
def test_step_is_read_in_minutes(name: str) -> None:
    """Folded parts do not count: they are there for those who are stuck."""
    open_text = re.sub(r"<details>.*?</details>", "", guidance(name), flags=re.DOTALL)
    words = re.findall(r"[A-Za-z0-9][\w.,%'’@-]*", open_text)
    assert len(words) <= MINUTES_TO_READ * WORDS_PER_MINUTE


@each_step
def test_tables_have_as_many_cells_in_every_row(name: str) -> None:
    for table in re.findall(r"(?:^\|.*\|$\n?)+", guidance(name), flags=re.MULTILINE):
        assert len({row.count("|") for row in table.strip().splitlines()}) == 1, table


def test_starter_brief_is_the_smallest_that_can_be_saved() -> None:
    starter = YAML(typ="safe").load(FOLDER / "brief.yaml")
    assert starter == {
        "format": 1,
        "title": "New brief",
        "status": "draft",
        "goal": {"statement": STARTER_STATEMENT},
    }


def test_examples_are_there_to_run_against() -> None:
    assert EXAMPLES


@pytest.fixture(scope="module")
def engine() -> str | None:
    """Where it can be had, the fast one, which is held against Jupyter's kernels elsewhere."""
    if default_engine() != "forked":
        return None
    warm()
    return NAME


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.parent.name)
@each_workbook
def test_workbook_shows_its_sections_for_every_example(
    name: str, example: Path, tmp_path: Path, engine: str | None
) -> None:
    """Run without a person, every call cell shows its section and writes nothing."""
    before = example.read_bytes()
    ran = papermill.execute_notebook(
        FOLDER / f"{name}.ipynb",
        tmp_path / "ran.ipynb",
        parameters={"brief": str(example)},
        engine_name=engine,
        kernel_name="python3",
        progress_bar=False,
        execution_timeout=120,
    )
    shown = [cell for cell in ran.cells if tag(cell).startswith("section-")]
    assert [tag(cell) for cell in shown] == tags_of_sections(name)
    for cell in shown:
        assert any(BLOCKS in output.get("data", {}) for output in cell.outputs), cell.id
    assert example.read_bytes() == before
