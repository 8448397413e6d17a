"""The check against strange words, names, terminals and folders: what it prints stays whole and readable."""

import contextlib
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import jsonschema
import pytest
from coaching import ROOT

COMMAND = str(Path(sys.executable).with_name("framing"))
SCHEMA = json.loads((ROOT / "tests/schemas/sarif-2.1.0-rtm.5.json").read_text("utf-8"))
FORMATS = ("text", "json", "github", "sarif")
# What would tell the command how to write.
ABOUT_OUTPUT = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "PYTHONIOENCODING", "PYTHONUTF8",
                "GITHUB_ACTIONS", "PY_COLORS", "TERM")  # fmt: skip
START = "format: 1\ntitle: Any\ngoal: {statement: Reduce churn by 10%, metric: churn}\n"
STRANGE_NAME = r"""
data:
  sources:
    - {name: "ev\e[31mil\nGO999 made-up\u202E source", access: have}
"""
STRANGE_REASON = r"""
waive:
  GO102: "later\nGO999 made-up: red"
"""
NOT_LATIN = """
data:
  sources:
    - {name: 顧客の解約…, access: have}
"""
# A terminal turns the line round from here on, or begins another one.
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


def environment(**more):
    plain = {key: value for key, value in os.environ.items() if key not in ABOUT_OUTPUT}
    return {**plain, **more}


def framing(*words, cwd, before=(), **more):
    return subprocess.run(
        [*before, COMMAND, *words], cwd=cwd, env=environment(**more), capture_output=True, check=False
    )  # fmt: skip


def checked(text, format_, folder, **more):
    (folder / "brief.yaml").write_text(START + text, "utf-8")
    return framing("check", "brief.yaml", "--format", format_, cwd=folder, **more)


def strange_in(text):
    """What a terminal would obey."""
    controls = [one for one in text if unicodedata.category(one) == "Cc" and one != "\n"]
    return controls + TURNING.findall(text)


@pytest.mark.parametrize("format_", ["text", "github"])
@pytest.mark.parametrize("text", [STRANGE_NAME, STRANGE_REASON], ids=["name", "reason"])
def test_check_shows_control_characters_in_lines_and_does_not_send_them(text, format_, tmp_path):
    made = checked(text, format_, tmp_path)
    said = made.stdout.decode("utf-8")
    assert not strange_in(said)
    # What follows the line end in a text is no line of its own.
    assert not [line for line in said.splitlines() if line.startswith("GO999")]
    begin = "::"
    if format_ == "text":
        begin = r"brief\.yaml:|skipped until |\d+ (?:error|warning)| *\d+ \| "
    assert all(re.match(begin, line) for line in said.splitlines()), said
    assert made.returncode in (0, 1)


@pytest.mark.parametrize("text", [STRANGE_NAME, STRANGE_REASON], ids=["name", "reason"])
def test_check_sends_programs_no_control_characters_of_a_brief(text, tmp_path):
    found = json.loads(checked(text, "json", tmp_path).stdout)
    log = json.loads(checked(text, "sarif", tmp_path).stdout)
    said = [str(value) for one in found for value in one.values()]
    for one in log["runs"][0]["results"]:
        said += [one["message"]["text"]]
        said += [why["justification"] for why in one.get("suppressions", ())]
    assert any("GO999" in one for one in said)
    assert not [one for one in said if strange_in(one) or "\n" in one]


@pytest.mark.parametrize("format_", FORMATS)
def test_check_writes_whatever_the_brief_holds_where_output_is_in_latin_1(format_, tmp_path):
    made = checked(NOT_LATIN, format_, tmp_path, PYTHONIOENCODING="latin-1")
    wanted = checked(NOT_LATIN, format_, tmp_path, PYTHONIOENCODING="utf-8")
    assert made.returncode == wanted.returncode == 0, made.stderr
    assert not made.stderr
    if format_ in ("json", "sarif"):
        assert json.loads(made.stdout) == json.loads(wanted.stdout)
    assert len(made.stdout.splitlines()) == len(wanted.stdout.splitlines())


@pytest.mark.parametrize("format_", FORMATS)
def test_check_names_a_file_whose_name_is_not_in_utf_8(format_, tmp_path):
    name = b"bad\xff.yaml"
    try:
        (tmp_path / os.fsdecode(name)).write_text(START, "utf-8")
    except OSError:
        pytest.skip("names are in UTF-8 here")
    made = framing("check", name, "--format", format_, cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert not made.stderr
    said = made.stdout.decode("utf-8")
    assert "bad" in said
    match format_:
        case "json":
            (file,) = {one["file"] for one in json.loads(said)}
            assert re.fullmatch(r"bad.+\.yaml", file)
        case "sarif":
            jsonschema.Draft4Validator(SCHEMA).validate(json.loads(said))


def test_check_of_a_folder_that_cannot_be_read_is_no_silence(tmp_path):
    for name in ("open", "shut"):
        (tmp_path / "briefs" / name).mkdir(parents=True)
        (tmp_path / "briefs" / name / "brief.yaml").write_text(START)
    shut = tmp_path / "briefs" / "shut"
    shut.chmod(0)
    try:
        before = bound_by_permissions(shut)
        made = framing("check", "briefs", "--format", "json", cwd=tmp_path, before=before)
        text = framing("check", "briefs", cwd=tmp_path, before=before)
    finally:
        shut.chmod(0o700)
    assert made.returncode == text.returncode == 2, made.stderr
    found = json.loads(made.stdout)
    lost = [(one["code"], one["file"]) for one in found if "shut" in one["file"]]
    assert lost == [("BR003", "briefs/shut")]
    assert b"briefs/shut: BR003 file-not-read: " in text.stdout


def bound_by_permissions(shut):
    """What stands before a command so that it cannot look into a folder that is shut, root's least of all."""
    before = []
    if os.geteuid() == 0:
        rights = "-dac_override,-dac_read_search"
        before = ["setpriv", f"--bounding-set={rights}", "--inh-caps=-all", "--"]
    listed = [*before, "ls", str(shut)]
    if not shutil.which(listed[0]):
        pytest.skip("permissions do not bind root")
    if b"Permission denied" not in subprocess.run(
        listed, capture_output=True, check=False, env={**os.environ, "LC_ALL": "C"}
    ).stderr:  # fmt: skip
        pytest.skip("permissions do not bind root, and its rights cannot be taken away")
    return before


def on_a_terminal(*words, cwd, **more):
    """What a command writes to a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [COMMAND, *words], cwd=cwd, env=environment(TERM="xterm-256color", **more),
        stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
    ):  # fmt: skip
        os.close(theirs)
        said = b""
        with contextlib.suppress(OSError):  # how Linux says that nobody writes any more
            while piece := os.read(ours, 65536):
                said += piece
    os.close(ours)
    return said.decode("utf-8")


def test_check_on_a_terminal_is_coloured_unless_no_color_is_set(tmp_path):
    (tmp_path / "brief.yaml").write_text(START)
    coloured = on_a_terminal("check", "brief.yaml", cwd=tmp_path)
    plain = on_a_terminal("check", "brief.yaml", cwd=tmp_path, NO_COLOR="1")
    assert "\x1b[" in coloured
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain
