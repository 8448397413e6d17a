"""The README shows what the kit really says."""

import doctest
import re
import subprocess
import sys
from pathlib import Path

from kit.rules import RULES

README = Path(__file__).parent.parent / "README.md"


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README.read_text("utf-8"), re.DOTALL)


def test_readme_flawed_brief_gives_the_printed_findings(tmp_path):
    (tmp_path / "churn.yaml").write_text(blocks("yaml")[0], "utf-8")
    command = re.search(r"`(framing check churn.yaml [^`]*)`", README.read_text("utf-8"))[1]
    ran = subprocess.run(
        [sys.executable, "-m", "kit", *command.split()[1:], "--today", "2026-11-20"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stdout == blocks("text")[0]


def test_readme_figures_are_what_the_functions_give():
    (code,) = (block for block in blocks("python") if ">>>" in block)
    example = doctest.DocTestParser().get_doctest(code, {}, "README", "README.md", 0)
    said = []
    ran = doctest.DocTestRunner().run(example, out=said.append)
    assert ran.attempted == 5
    assert "".join(said) == ""


def test_readme_batch_from_python_runs_as_a_script(tmp_path):
    (code,) = (block for block in blocks("python") if "kit.batch" in block)
    (tmp_path / "ideas.csv").write_text("title,goal.statement\nGood,x\nBad,\n", "utf-8")
    script = tmp_path / "batch.py"
    script.write_text(code, "utf-8")
    ran = subprocess.run(
        [sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("ideas.csv row 3: goal.statement: expected some")
    assert sorted(path.name for path in (tmp_path / "out" / "good").glob("brief.[hp]*")) == [
        "brief.html",
        "brief.pdf",
    ]


def test_readme_table_of_rules_is_built_from_their_texts():
    """`make rules` writes it."""
    made = subprocess.run(
        [sys.executable, "-m", "kit", "explain", "--markdown"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    shown = re.search(
        r"<!-- rules:.*?-->\n(.*?)<!-- end of rules", README.read_text("utf-8"), re.DOTALL
    )
    assert shown[1] == made
    told = re.search(r"About (\d+) rules read", README.read_text("utf-8"))[1]
    assert abs(len(RULES) - int(told)) <= 5


def test_readme_lists_every_command():
    ran = subprocess.run(
        [sys.executable, "-m", "kit", "--help"], capture_output=True, text=True, check=True
    )
    for command in ("new", "open", "check", "explain", "export", "batch", "schema"):
        assert f"framing {command}" in README.read_text("utf-8")
        assert command in ran.stdout
