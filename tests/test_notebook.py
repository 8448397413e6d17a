"""Notebooks into documents: our sections, a person's additions at their place, and bad notebooks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from notebooks import (
    NOTE,
    STEP_NOTE,
    after,
    annotated,
    code,
    coded,
    displayed,
    folder,
    markdown,
    notebook,
    png,
    save,
    workbook,
)

from kit.brief import open_brief
from kit.errors import BriefError
from kit.export.cells import brief_named, is_ours, own_cells, section_of
from kit.export.ipynb import checked, read_notebook
from kit.export.notebook import brief_document, notebook_document, saved_document
from kit.export.workbook import STEPS, with_steps, workbook_for
from kit.report import SECTIONS, section
from kit.report.blocks import (
    MIMETYPE,
    Block,
    Callout,
    Figure,
    Heading,
    Paragraph,
    Span,
    Title,
    text_of,
    to_json,
)
from kit.resources import WORKBOOKS


def ids(cells: list[dict[str, Any]]) -> list[str]:
    return [cell["id"] for cell in cells]


def sections(cells: list[dict[str, Any]]) -> list[str]:
    return [name for cell in cells if (name := section_of(cell))]


def text(*words: str) -> tuple[Block, ...]:
    return tuple(Paragraph(spans=(Span(text=word),)) for word in words)


def shown(blocks: tuple[Block, ...]) -> list[str]:
    """The texts of paragraphs and headings, and the alternatives of pictures."""
    found = []
    for block in blocks:
        match block:
            case Paragraph(spans=spans):
                found.append(text_of(spans))
            case Heading(text=words):
                found.append(f"{'#' * block.level} {words}")
            case Figure(alt=alt):
                found.append(f"[{alt}]")
            case Title(title=title):
                found.append(f"title {title}")
    return found


def ran(name: str, *blocks: Block) -> dict[str, Any]:
    """A section's cell after it was run."""
    output = displayed({MIMETYPE: {"section": name, "blocks": to_json(blocks)}})
    cell = code(f'show(brief, "{name}")', output, name=f"ran-{name}")
    return {**cell, "metadata": {"tags": [f"section-{name}"]}}


def not_run(name: str) -> dict[str, Any]:
    return {**ran(name), "outputs": []}


# Reading


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no JSON"),
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "other JSON"),
        ('{"cells": {}}', "other JSON"),
        ('{"nbformat": 3, "worksheets": []}', "other JSON"),
        ('{"nbformat": 3, "cells": []}', "format 3"),
        ('{"nbformat": 4, "cells": [1]}', "cell 1: expected a cell with its type"),
        (
            '{"nbformat": 4, "cells": [{"cell_type": "code", "outputs": 1}]}',
            "cell 1: expected outputs",
        ),
        (
            '{"nbformat": 4, "cells": [{"cell_type": "raw", "metadata": []}]}',
            "cell 1: expected metadata",
        ),
    ],
)
def test_read_notebook_names_what_is_wrong(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "bad.ipynb"
    path.write_text(content)
    with pytest.raises(BriefError) as error:
        read_notebook(path)
    assert str(error.value).startswith(f"{path}: ")
    assert said in str(error.value)
    assert "JupyterLab" in str(error.value)


def test_read_notebook_says_that_a_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(BriefError, match="No such file"):
        read_notebook(tmp_path / "none.ipynb")


def test_checked_joins_lines_and_survives_odd_values() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["a\n", "b", 7]},
        {"cell_type": "markdown", "source": "half a character: \ud800"},
        {
            "cell_type": "code",
            "source": None,
            "metadata": {"tags": "goal"},
            "outputs": [None, {"data": 1}],
        },
    ]
    made = checked({"nbformat": 4, "cells": cells}, name="n")["cells"]
    assert [cell["source"] for cell in made] == ["a\nb", "half a character: ?", ""]
    assert [list(own_cells(cell)) for cell in made[2:]] == [[]]


def test_every_shipped_cell_is_ours() -> None:
    assert all(is_ours(cell) for name in WORKBOOKS for cell in workbook(name)["cells"])


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('brief = "brief.yaml"', "brief.yaml"),
        ("# Parameters\nbrief = '/a/b.yaml'\n", "/a/b.yaml"),
        ('brief = "a"\nbrief = "b"', "b"),
        ("brief = open('x')", None),
        ("brief = 'a' + 'b'", None),
        ("brief = 3", None),
        ("brief = (", None),
        ("\0", None),
        ("-" * 200_000 + "1", None),
    ],
)
def test_brief_named_reads_a_literal_and_runs_nothing(source: str, found: str | None) -> None:
    cell = {**code(source), "metadata": {"tags": ["parameters"]}}
    assert brief_named(notebook(cell)) == found


def test_brief_named_prefers_what_papermill_was_told() -> None:
    given = {**code('brief = "b"'), "metadata": {"tags": ["injected-parameters"]}}
    ours = {**code('brief = "a"'), "metadata": {"tags": ["parameters"]}}
    assert brief_named(notebook(ours, given)) == "b"
    assert brief_named(notebook()) == "brief.yaml"


# What a person added


def test_own_cells_takes_markdown_and_pictures_but_no_code_and_no_other_output() -> None:
    html = displayed({"text/html": "<b>no</b>"})
    picture = displayed({"image/png": coded(png()), "image/svg+xml": "<svg/>"})
    stream = {"output_type": "stream", "text": "no"}
    (made,) = own_cells(code("secret()", html, stream, picture))
    assert made["cell_type"] == "markdown"
    assert made["id"] == "code-picture-1"
    assert made["attachments"] == {"picture-1.png": {"image/png": coded(png())}}
    assert "secret" not in json.dumps(made)
    assert not list(own_cells({**markdown("raw"), "cell_type": "raw"}))
    assert not list(own_cells(markdown("  \n")))


def test_own_cells_keeps_a_text_alternative_as_plain_words() -> None:
    picture = displayed({"image/png": coded(png())}, **{"image/png": {"alt": "a [b](c)\n![d]"}})
    (made,) = own_cells(code("", picture))
    assert made["source"] == "![a b (c) d](attachment:picture-1.png)"


def test_workbook_for_a_folder_without_notebooks_is_the_shipped_one(tmp_path: Path) -> None:
    brief = folder(tmp_path / "b") / "brief.yaml"
    assert ids(workbook_for(brief)["cells"]) == ids(workbook()["cells"])


def test_workbook_for_puts_what_a_person_added_at_its_place(tmp_path: Path) -> None:
    made = workbook_for(annotated(tmp_path / "b") / "brief.yaml")["cells"]
    at = ids(made).index("brief-goal")
    expected = [
        "brief-goal",
        "goal-d",
        "goal-e-picture-1",
        "a",
        "b-picture-1",
        "c",
        "brief-problem",
    ]
    assert ids(made)[at : at + 7] == expected
    assert all(cell["cell_type"] == "markdown" for cell in made[at + 1 : at + 6])
    assert "1 / 0" not in json.dumps(made)
    assert made[at + 5]["source"] == "![beside](attachment:beside.png)"


def test_workbook_for_adds_the_sections_that_were_deleted_in_their_order(tmp_path: Path) -> None:
    path = folder(tmp_path / "b")
    kept = [cell for cell in workbook()["cells"] if section_of(cell) in (None, "data", "goal")]
    save(
        notebook(markdown("first", name="f"), *kept, markdown("last", name="l")),
        path / "brief.ipynb",
    )
    made = workbook_for(path / "brief.yaml")["cells"]
    assert sections(made) == list(SECTIONS)
    assert (ids(made)[0], ids(made)[-1]) == ("f", "l")


def test_workbook_for_leaves_out_code_that_poses_as_a_section(tmp_path: Path) -> None:
    """The shipped cell is run in place of one that wears its tag."""
    path = folder(tmp_path / "b")
    bad = workbook()
    for cell in bad["cells"]:
        if section_of(cell) == "goal":
            cell["source"] = "open('/tmp/never', 'w')"
    save(bad, path / "brief.ipynb")
    assert "never" not in json.dumps(workbook_for(path / "brief.yaml"))


def test_workbook_for_ignores_a_notebook_about_another_brief(tmp_path: Path) -> None:
    path = annotated(tmp_path / "b")
    other = path / "other.yaml"
    other.write_text((path / "brief.yaml").read_text())
    assert NOTE not in json.dumps(workbook_for(other))
    assert NOTE in json.dumps(workbook_for(path / "brief.yaml"))


@pytest.mark.parametrize("named", ["a\\0b.yaml", "loop.yaml", "none/brief.yaml"])
def test_workbook_for_ignores_a_notebook_about_a_brief_that_cannot_be(
    tmp_path: Path, named: str
) -> None:
    path = annotated(tmp_path / "b")
    (path / "loop.yaml").symlink_to(path / "loop.yaml")
    theirs = json.dumps(read_notebook(path / "brief.ipynb"))
    changed = json.loads(theirs)
    for cell in changed["cells"]:
        if "parameters" in cell["metadata"].get("tags", []):
            cell["source"] = f'brief = "{named}"'
    save(changed, path / "brief.ipynb")
    assert NOTE not in json.dumps(workbook_for(path / "brief.yaml"))


def test_workbook_for_refuses_a_notebook_that_is_a_link_out_of_the_folder(tmp_path: Path) -> None:
    secret = save(notebook(markdown("secret")), tmp_path / "secret.ipynb")
    path = folder(tmp_path / "b")
    (path / "brief.ipynb").symlink_to(secret)
    with pytest.raises(BriefError, match="leads out of it"):
        workbook_for(path / "brief.yaml")


@pytest.mark.parametrize(
    "target",
    [
        "../secret.png",
        "link.png",
        "/etc/passwd",
        "note.txt",
        "none.png",
        "loop.png",
        "a%00.png",
        "a\0.png",
        "%2e%2e/secret.png",
    ],
)
def test_workbook_for_takes_no_picture_from_outside_the_folder(tmp_path: Path, target: str) -> None:
    (tmp_path / "secret.png").write_bytes(png())
    path = folder(tmp_path / "b")
    (path / "note.txt").write_text("no picture")
    (path / "link.png").symlink_to(tmp_path / "secret.png")
    (path / "loop.png").symlink_to(path / "loop.png")
    save(notebook(markdown(f"![x]({target})", name="p")), path / "brief.ipynb")
    (made,) = [cell for cell in workbook_for(path / "brief.yaml")["cells"] if cell["id"] == "p"]
    assert "attachments" not in made


def test_workbook_for_gives_old_cells_without_ids_ids_of_their_own(tmp_path: Path) -> None:
    path = folder(tmp_path / "b")
    cells = [{"cell_type": "markdown", "metadata": {}, "source": "twice"} for _ in range(2)]
    save(notebook(*cells), path / "brief.ipynb")
    made = ids(workbook_for(path / "brief.yaml")["cells"])
    assert len(made) == len(set(made)) == len(workbook()["cells"]) + 2


def test_with_steps_adds_nothing_twice(tmp_path: Path) -> None:
    brief = annotated(tmp_path / "b") / "brief.yaml"
    once = workbook_for(brief)
    assert ids(with_steps(once, brief)["cells"]) == ids(once["cells"])


@pytest.mark.parametrize("step", STEPS)
def test_workbook_for_a_step_has_its_own_additions_only(tmp_path: Path, step: str) -> None:
    made = json.dumps(workbook_for(annotated(tmp_path / "b") / "brief.yaml", name=step))
    assert (STEP_NOTE in made) == (step == "goal")
    assert NOTE not in made


# Documents


def test_document_takes_blocks_from_what_cells_show_and_makes_the_others() -> None:
    cells = [ran("goal", *text("shown")), not_run("data")]
    made = notebook_document(notebook(*cells), name="n.ipynb", sections=text)
    assert shown(made.blocks) == ["shown", "data"]


def test_document_starts_with_the_title_wherever_its_cell_stands() -> None:
    title = Title(title="T", status="draft")
    cells = [markdown("before"), ran("title", title, *text("under")), ran("goal", *text("goal"))]
    made = notebook_document(notebook(*cells), name="n.ipynb")
    assert (made.title, shown(made.blocks)) == ("T", ["title T", "under", "before", "goal"])


def test_document_leaves_guidance_out() -> None:
    guidance = {**markdown("# Guidance"), "metadata": {"tags": ["guidance"]}}
    made = notebook_document(notebook(guidance, markdown("own")), name="n.ipynb")
    assert shown(made.blocks) == ["own"]


def test_document_is_titled_by_title_then_heading_then_file() -> None:
    heading = Heading(text="Goal", level=1)
    assert notebook_document(notebook(ran("goal", heading)), name="n.ipynb").title == "Goal"
    assert notebook_document(notebook(markdown("x")), name="a/n.ipynb").title == "n"


def test_document_puts_own_headings_below_the_section_unless_they_open_one() -> None:
    goal = ran("goal", Heading(text="Goal", level=1))
    cells = [goal, markdown("### Mine"), markdown("# Other\n\n## Part"), code("# no heading")]
    made = notebook_document(notebook(*cells), name="n.ipynb")
    assert shown(made.blocks) == ["# Goal", "## Mine", "# Other", "## Part"]


@pytest.mark.parametrize(
    "data", [None, 3, {}, {"blocks": [{"type": "script"}]}, {"blocks": [{"type": "title"}]}]
)
def test_document_refuses_blocks_that_are_none_and_names_the_cell(data: Any) -> None:
    cell = ran("goal")
    cell["outputs"] = [displayed({MIMETYPE: data})]
    with pytest.raises(
        BriefError, match=r"^n\.ipynb: cell 2: expected the blocks of a section, found"
    ):
        notebook_document(notebook(markdown("x"), cell), name="n.ipynb")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd"])
def test_document_refuses_a_stored_link_that_could_act(link: str) -> None:
    """Results that are saved in a stranger's notebook have passed no parser of ours."""
    block = {"type": "paragraph", "spans": [{"text": "a", "link": link}]}
    cell = {**ran("goal"), "outputs": [displayed({MIMETYPE: {"blocks": [block]}})]}
    with pytest.raises(BriefError) as error:
        notebook_document(notebook(markdown("x"), cell), name="n.ipynb")
    assert str(error.value).startswith(
        "n.ipynb: cell 2: expected the blocks of a section, "
        "found a link that is not http, https or mailto (at "
    )


def test_document_says_which_cell_was_not_run() -> None:
    with pytest.raises(
        BriefError, match=r"cell 1: expected the section 'goal', found a cell that was not run"
    ):
        notebook_document(notebook(not_run("goal")), name="n.ipynb")


def test_document_refuses_an_unknown_section_and_an_empty_notebook() -> None:
    with pytest.raises(BriefError, match="expected one of the sections title, goal"):
        notebook_document(notebook(not_run("magic")), name="n.ipynb", sections=text)
    with pytest.raises(BriefError, match="no section and no text"):
        notebook_document(notebook(code("1")), name="n.ipynb")


def test_brief_document_has_every_section_and_addition(tmp_path: Path) -> None:
    file = open_brief(annotated(tmp_path / "b"))
    made = brief_document(file)
    own = shown(made.blocks)
    for name in SECTIONS:
        assert set(section(file, name).blocks) <= set(made.blocks)
    wanted = ["# My section", STEP_NOTE, "[Picture from a workbook]", NOTE, "[pasted]"]
    assert [each for each in own if each in wanted] == [*wanted, "[Picture from a workbook]"]
    assert "[beside]" in own
    assert made.title == "Returns"


def test_brief_document_names_a_picture_that_it_leaves_out(tmp_path: Path) -> None:
    path = folder(tmp_path / "b")
    save(after(workbook(), "brief-goal", markdown("![x](../secret.png)")), path / "brief.ipynb")
    left_out = [
        block for block in brief_document(open_brief(path)).blocks if isinstance(block, Callout)
    ]
    assert any("../secret.png" in text_of(item) for block in left_out for item in block.items)


def test_brief_document_of_a_folder_with_a_broken_notebook_says_so(tmp_path: Path) -> None:
    path = folder(tmp_path / "b")
    (path / WORKBOOKS["data"]).write_text("{")
    with pytest.raises(BriefError, match="5_data_requirements"):
        brief_document(open_brief(path))


def test_saved_document_of_a_step_is_made_from_its_brief(tmp_path: Path) -> None:
    """As when JupyterLab saved the form's view and nothing else."""
    path = annotated(tmp_path / "b")
    with (path / "brief.yaml").open("a") as brief:
        brief.write("illustrative: true\n")
    step = read_notebook(path / WORKBOOKS["goal"])
    made = saved_document(step, name=WORKBOOKS["goal"], folder=path)
    assert made.example
    assert made.head is None
    assert made.title == "1 Business goal"
    assert STEP_NOTE in shown(made.blocks)


def test_saved_document_without_its_brief_needs_results(tmp_path: Path) -> None:
    with pytest.raises(BriefError, match="no brief to make it from"):
        saved_document(checked(workbook(), name="n"), name="brief.ipynb", folder=tmp_path)
    ready = notebook(ran("goal", *text("shown")))
    assert shown(saved_document(ready, name="n.ipynb", folder=tmp_path).blocks) == ["shown"]
