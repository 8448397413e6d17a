"""The command line as a person uses it: what it says, what it writes, and its exit codes."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from pypdf import PdfReader

from kit import __version__
from kit.batch import Progress
from kit.brief import STARTER_STATEMENT, load
from kit.cli.batching import _Pace

EXAMPLES = Path(__file__).parent.parent / "examples"
GOOD = "format: 1\ntitle: Feed\ngoal: {statement: Fewer people leave}\n"


@pytest.fixture
def framing(tmp_path):
    """Runs the command in a folder of its own."""

    def run(*words):
        command = [sys.executable, "-m", "kit", *map(str, words)]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    return run


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_new_then_check_then_export_needs_nothing_else(framing, tmp_path):
    assert framing("new", "demo").returncode == 0
    checked = framing("check", "demo")
    assert checked.returncode == 0
    assert "GO100 goal-not-written" in checked.stdout
    assert framing("export", "demo").returncode == 0
    pdf = PdfReader(tmp_path / "demo" / "brief.pdf")
    assert pdf.metadata.title == "Demo"
    assert STARTER_STATEMENT not in "".join(page.extract_text() for page in pdf.pages)


def test_new_fills_the_folder_and_says_what_is_next(framing, tmp_path):
    made = framing("new", "briefs/less-churn")
    assert "Next: framing open briefs/less-churn" in made.stdout
    folder = tmp_path / "briefs" / "less-churn"
    assert sorted(path.name for path in folder.iterdir()) == [
        "1_business_goal.ipynb",
        "2_user_problem.ipynb",
        "3_ml_hypothesis.ipynb",
        "4_dual_metrics.ipynb",
        "5_data_requirements.ipynb",
        "brief.ipynb",
        "brief.yaml",
    ]
    assert load(folder).title == "Less churn"


def test_new_title_that_looks_like_a_number_stays_text(framing, tmp_path):
    assert framing("new", "2027").returncode == 0
    assert 'title: "2027"' in (tmp_path / "2027" / "brief.yaml").read_text("utf-8")
    assert load(tmp_path / "2027").title == "2027"


def test_new_from_example_brings_its_data(framing, tmp_path):
    assert framing("new", "mine", "--from", "tumour-triage").returncode == 0
    assert (tmp_path / "mine" / "data" / "tumours.csv").is_file()
    assert load(tmp_path / "mine") == load(EXAMPLES / "tumour-triage")


def test_new_name_that_cannot_be_a_title_makes_nothing(framing, tmp_path):
    made = framing("new", "a\u202eb")
    assert made.returncode == 2
    assert "U+202E" in made.stderr
    assert not list(tmp_path.iterdir())


def test_new_name_that_is_too_long_is_wrong_usage(framing):
    made = framing("new", "x" * 300)
    assert made.returncode in (2, 73)
    assert "File name too long" in made.stderr
    assert "Traceback" not in made.stderr


def test_new_into_a_folder_with_something_in_it_changes_nothing(framing, tmp_path):
    kept = write(tmp_path / "demo" / "notes.txt", "mine")
    made = framing("new", "demo")
    assert made.returncode == 2
    assert "demo: expected a name that is free, found that it exists" in made.stderr
    assert kept.read_text("utf-8") == "mine"
    assert list(kept.parent.iterdir()) == [kept]


def test_new_from_unknown_example_names_the_nearest(framing, tmp_path):
    made = framing("new", "demo", "--from", "churn-fed")
    assert made.returncode == 2
    assert "Did you mean `churn-feed`?" in made.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["", ".", "..", "-- "])
def test_new_without_a_name_is_wrong_usage(framing, name):
    assert framing("new", "--", name).returncode == 2


def test_new_below_a_file_cannot_be_written(framing, tmp_path):
    write(tmp_path / "taken", "")
    made = framing("new", "taken/demo")
    assert made.returncode == 73
    assert "taken" in made.stderr
    assert "Traceback" not in made.stderr


def test_check_names_file_line_code_and_remedy(framing, tmp_path):
    write(tmp_path / "b.yaml", GOOD.replace("}", ", target: a lot}"))
    checked = framing("check", "b.yaml")
    assert checked.returncode == 1
    first = checked.stdout.splitlines()[0]
    assert first.startswith(
        "b.yaml:3: BR001 value-not-read: goal.target: expected a number such as 5,"
    )
    assert "found 'a lot'. Write digits" in first
    assert checked.stdout.splitlines()[-1].startswith("1 error, ")


def test_check_json_keeps_its_contract(framing, tmp_path):
    write(tmp_path / "b.yaml", GOOD)
    findings = json.loads(framing("check", "b.yaml", "--format", "json").stdout)
    keys = [
        "code",
        "name",
        "severity",
        "path",
        "file",
        "line",
        "message",
        "remedy",
        "status",
        "reason",
    ]
    assert findings
    assert all(list(one) == keys for one in findings)
    assert {one["status"] for one in findings} == {"finding", "skipped"}


def test_check_folder_of_briefs_finds_only_the_faults_left_in_the_examples(framing):
    checked = framing("check", EXAMPLES)
    assert checked.returncode == 1
    heads = re.findall(rf"^{EXAMPLES}.*:\d+: [A-Z]{{2}}\d{{3}} .*$", checked.stdout, re.MULTILINE)
    told = [line for line in heads if ": waived: " not in line]
    places = [(line.split("/")[-2], line.split(": ")[1].split()[0]) for line in told]
    assert places == [
        ("churn-feed", "ME202"),
        ("churn-feed", "VE401"),
        ("fraud-detection", "ME209"),
        ("fraud-detection", "ME306"),
    ]
    assert checked.stdout.splitlines()[-1] == "8 briefs: 1 error, 3 warnings, 2 waived"


def test_check_table_names_the_row(framing, tmp_path):
    write(tmp_path / "t.csv", "title,goal.statement,goal.by\nA,x,2027-01-31\nB,y,2027-02-30\n")
    checked = framing("check", "t.csv")
    assert checked.returncode == 1
    assert "t.csv row 3: BR001" in checked.stdout
    assert "goal.by: expected a date that exists, found '2027-02-30'" in checked.stdout


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("no.yaml", None, "no.yaml: BR003 file-not-read: expected a brief, found no such file"),
        ("b.yaml", "title: [", "b.yaml:1: BR003 file-not-read: title: expected YAML"),
        ("b.yaml", "title: A\ntitle: B\n", "b.yaml:2: BR003 file-not-read: title: expected every"),
        ("b.yaml", "- a\n", "b.yaml:1: BR003 file-not-read: expected keys such as `title:`"),
        ("t.csv", "", "t.csv: BR003 file-not-read: expected a header row and at least one brief"),
        ("t.csv", "titel\nx\n", "t.csv row 1: BR003 file-not-read: titel: expected a key"),
    ],
)
def test_check_unreadable_input_is_named_and_ends_with_two(framing, tmp_path, name, text, said):
    if text is not None:
        write(tmp_path / name, text)
    write(tmp_path / "good.yaml", GOOD)
    checked = framing("check", name, "good.yaml")
    assert checked.returncode == 2
    assert said in checked.stdout
    assert "good.yaml:3: GO001" in checked.stdout, "the others are checked all the same"
    assert "Traceback" not in checked.stderr


def test_check_folder_without_brief_says_what_to_do(framing, tmp_path):
    (tmp_path / "empty").mkdir()
    checked = framing("check", "empty")
    assert checked.returncode == 2
    assert "Make one: framing new NAME." in checked.stdout


def test_check_table_says_what_is_missing_in_each_row(framing, tmp_path):
    write(tmp_path / "t.csv", "title,goal.statement,goal.metric\nA,x,churn\nB,y,\n")
    checked = framing("check", "t.csv")
    assert checked.returncode == 0
    assert "t.csv row 2: GO103 goal-without-baseline" in checked.stdout
    assert "t.csv row 3: GO001 goal-not-started" in checked.stdout
    found = json.loads(framing("check", "t.csv", "--format", "json").stdout)
    assert {(one["file"], one["line"]) for one in found} == {("t.csv", 2), ("t.csv", 3)}


def test_check_error_cannot_be_waived(framing, tmp_path):
    write(tmp_path / "b.yaml", GOOD.replace("}", ", target: many}") + "waive: {BR001: because}\n")
    checked = framing("check", "b.yaml")
    assert checked.returncode == 1
    assert "1 error" in checked.stdout


def test_check_waiver_of_unknown_code_is_named(framing, tmp_path):
    write(tmp_path / "b.yaml", GOOD + "waive:\n  GO999: because\n")
    assert "b.yaml:5: BR002 waiver-of-unknown-code" in framing("check", "b.yaml").stdout


def test_export_writes_each_format_beside_the_brief(framing, tmp_path):
    write(tmp_path / "a" / "brief.yaml", GOOD)
    made = framing("export", "a", "--to", "pdf,html,md,docx")
    assert made.returncode == 0, made.stderr
    assert re.fullmatch(
        r"a/brief\.pdf \(\d pages?\)\na/brief\.html\na/brief\.md\na/brief\.docx\n", made.stdout
    )
    assert "Fewer people leave" in (tmp_path / "a" / "brief.html").read_text("utf-8")
    assert "Fewer people leave" in (tmp_path / "a" / "brief.md").read_text("utf-8")


def test_export_twice_gives_the_same_bytes(framing, tmp_path):
    write(tmp_path / "b.yaml", GOOD)
    made = []
    for _ in range(2):
        assert framing("export", "b.yaml", "--to", "pdf,html,md,docx").returncode == 0
        made.append([(tmp_path / f"b.{to}").read_bytes() for to in ("pdf", "html", "md", "docx")])
    assert made[0] == made[1]


def test_export_to_a_folder_names_documents_after_their_briefs(framing, tmp_path):
    write(tmp_path / "a" / "brief.yaml", GOOD)
    write(tmp_path / "c.yaml", GOOD)
    assert framing("export", "a", "c.yaml", "--to", "md", "--out", "made").returncode == 0
    assert sorted(path.name for path in (tmp_path / "made").iterdir()) == ["a.md", "c.md"]


def test_export_two_briefs_of_one_name_writes_neither(framing, tmp_path):
    write(tmp_path / "x" / "a" / "brief.yaml", GOOD)
    write(tmp_path / "y" / "a" / "brief.yaml", GOOD)
    made = framing("export", "x", "y", "--to", "md", "--out", "made")
    assert made.returncode == 2
    assert "made/a: expected documents with different names" in made.stderr
    assert not list((tmp_path / "made").iterdir())


def test_export_of_one_bad_brief_among_good_ones_names_it(framing, tmp_path):
    write(tmp_path / "a.yaml", GOOD)
    write(tmp_path / "b.yaml", GOOD.replace("goal:", "gaol:"))
    made = framing("export", "a.yaml", "b.yaml", "--to", "md")
    assert made.returncode == 1
    assert "b.yaml:3: gaol: expected a known key, found `gaol`. Did you mean `goal`?" in made.stderr
    assert "1 of 2 briefs written." in made.stderr
    assert (tmp_path / "a.md").is_file()
    assert not (tmp_path / "b.md").exists()


def test_export_of_a_table_says_what_makes_its_documents(framing, tmp_path):
    (tmp_path / "ideas.csv").write_text("title,goal.statement\nOne,x\n")
    refused = framing("export", "ideas.csv")
    assert refused.returncode == 2
    assert (
        "found a table of them. Make their documents with: framing batch ideas.csv"
        in refused.stderr
    )


def test_batch_names_a_row_by_its_title_and_tells_how_many_errors_the_coach_found(
    framing, tmp_path
):
    rows = (
        "title,goal.statement,value.kind,value.prevalence",
        "One,x,detection,150%",
        "Two,y,time,",
    )
    (tmp_path / "ideas.csv").write_text("\n".join((*rows, "")))
    made = framing("batch", "ideas.csv", "--out", "out", "--to", "md")
    assert made.returncode == 1
    assert "failed: Two: ideas.csv row 3: value.kind: expected one of" in made.stderr
    assert "  Two: ideas.csv row 3: value.kind" in made.stdout
    assert "The coach found 1 error in 1 brief; `framing check` shows them." in made.stdout


def test_export_of_one_brief_named_twice_writes_it_once(framing, tmp_path):
    write(tmp_path / "a" / "brief.yaml", GOOD)
    made = framing("export", "a", "a/brief.yaml", "--to", "md")
    assert made.returncode == 0
    assert made.stdout == "a/brief.md\n"


def test_export_of_briefs_that_would_share_a_document_writes_neither(framing, tmp_path):
    write(tmp_path / "a.yaml", GOOD)
    write(tmp_path / "a.yml", GOOD)
    made = framing("export", "a.yaml", "a.yml", "--to", "md")
    assert made.returncode == 2
    assert not (tmp_path / "a.md").exists()


def test_export_never_writes_over_the_brief_itself(framing, tmp_path):
    brief = write(tmp_path / "idea.md", GOOD)
    made = framing("export", "idea.md", "--to", "md")
    assert made.returncode == 2
    assert "found the brief itself" in made.stderr
    assert brief.read_text("utf-8") == GOOD


def test_export_does_not_write_through_a_link(framing, tmp_path):
    write(tmp_path / "a" / "brief.yaml", GOOD)
    victim = write(tmp_path / "victim", "kept")
    (tmp_path / "a" / "brief.md").symlink_to(victim)
    made = framing("export", "a", "--to", "md")
    assert made.returncode == 73
    assert "expected a file or nothing, found a link" in made.stderr
    assert victim.read_text("utf-8") == "kept"


def test_export_only_bad_briefs_is_unreadable_input(framing, tmp_path):
    write(tmp_path / "b.yaml", GOOD.replace("goal:", "gaol:"))
    assert framing("export", "b.yaml").returncode == 2


def test_export_unknown_format_lists_the_known_ones(framing, tmp_path):
    write(tmp_path / "b.yaml", GOOD)
    made = framing("export", "b.yaml", "--to", "pdf,odt")
    assert made.returncode == 2
    assert "expected formats out of pdf, html, md, docx, found odt" in made.stderr


def test_export_into_a_file_cannot_be_written(framing, tmp_path):
    write(tmp_path / "b.yaml", GOOD)
    write(tmp_path / "out", "")
    made = framing("export", "b.yaml", "--out", "out")
    assert made.returncode == 73
    assert "Traceback" not in made.stderr


def test_batch_makes_the_good_rows_and_names_the_bad_one(framing, tmp_path):
    write(tmp_path / "t.csv", "title,goal.statement,goal.by\nA,x,2027-01-31\nB,y,2027-02-30\n")
    made = framing("batch", "t.csv", "--out", "out", "--to", "md")
    assert made.returncode == 1
    assert "1 of 2 briefs made and verified as MD" in made.stdout
    assert "t.csv row 3: goal.by: expected a date that exists, found '2027-02-30'" in made.stdout
    assert "1 failed:" in made.stdout
    assert (tmp_path / "out" / "a" / "brief.md").is_file()
    assert (tmp_path / "out" / "index.html").is_file()


def test_batch_of_good_briefs_ends_with_nought(framing, tmp_path):
    write(tmp_path / "a" / "brief.yaml", GOOD)
    made = framing("batch", "a", "--out", "out", "--to", "pdf")
    assert made.returncode == 0, made.stdout
    assert "1 of 1 briefs made and verified as PDF (2 pages)" in made.stdout
    assert "1 of 1: feed" in made.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["missing.csv", "--out", "out"], 2, "missing.csv"),
        (["t.csv", "--out", "taken"], 73, "taken"),
        (["t.csv", "--out", "out", "--jobs", "0"], 2, "--jobs: expected at least 1, found 0"),
        (["t.csv", "--out", "out", "--to", "odt"], 2, "found odt"),
        (["t.csv", "--out", "x" * 300], 2, "File name too long"),
    ],
)
def test_batch_that_cannot_begin_says_why(framing, tmp_path, words, code, said):
    write(tmp_path / "t.csv", "title,goal.statement\nA,x\n")
    write(tmp_path / "taken", "")
    made = framing("batch", *words)
    assert made.returncode == code
    assert said in made.stderr
    assert "Traceback" not in made.stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_batch_interrupted_ends_with_the_code_of_the_signal(tmp_path, number, code):
    rows = "".join(f"Idea {at},x\n" for at in range(40))
    write(tmp_path / "t.csv", f"title,goal.statement\n{rows}")
    ran = subprocess.Popen(
        [sys.executable, "-m", "kit", "batch", "t.csv", "--out", "out", "--to", "md"],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert ran.stderr.readline().startswith("1 of 40")
        ran.send_signal(number)
        assert ran.wait(timeout=20) == code
    finally:
        if ran.poll() is None:
            os.killpg(ran.pid, signal.SIGKILL)
        ran.stderr.close()


def test_schema_is_json(framing):
    assert json.loads(framing("schema").stdout)["title"] == "Framing Kit brief, format 1"


def test_version_is_shown(framing):
    assert framing("--version").stdout == f"framing-kit {__version__}\n"


@pytest.mark.parametrize(
    "words", [["frame"], ["check"], ["export", "--too", "pdf"], ["check", "-z"]]
)
def test_wrong_usage_ends_with_two(framing, words):
    assert framing(*words).returncode == 2


def test_open_without_workbooks_says_how_to_get_them(framing, tmp_path):
    write(tmp_path / "a" / "brief.yaml", GOOD)
    opened = framing("open", "a")
    assert opened.returncode == 2
    assert "framing new NAME" in opened.stderr


def test_open_runs_no_code_of_the_folder(framing, tmp_path):
    framing("new", "demo")
    write(tmp_path / "demo" / "jupyterlab.py", "open('canary', 'w')")
    command = [sys.executable, "-m", "kit", "open", "--no-browser"]
    with subprocess.Popen(
        command,
        cwd=tmp_path / "demo",
        stderr=subprocess.PIPE,
        env=os.environ | {"JUPYTER_CONFIG_DIR": str(tmp_path)},
    ) as ran:
        said = ran.stderr.readline()
        ran.terminate()
        ran.wait(timeout=20)
    assert b"ServerApp" in said
    assert not (tmp_path / "demo" / "canary").exists()


def test_open_serves_lab_at_step_one_and_ends_when_terminated(framing, tmp_path):
    framing("new", "demo")
    allowed = {"ServerApp": {"allow_root": True}}  # tests may run as root, which Jupyter refuses
    write(tmp_path / "jupyter_server_config.json", json.dumps(allowed))
    ran = subprocess.Popen(
        [sys.executable, "-m", "kit", "open", "demo", "--no-browser"],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ
        | {"JUPYTER_CONFIG_DIR": str(tmp_path), "JUPYTER_RUNTIME_DIR": str(tmp_path)},
        start_new_session=True,
    )
    try:
        url = _url(ran)
        shown = _eventually(lambda: _page(url))
        assert "1_business_goal.ipynb" in shown
        ran.send_signal(signal.SIGTERM)
        assert ran.wait(timeout=20) == 143
        assert _eventually(lambda: _page(url) is None)
    finally:
        if ran.poll() is None:
            os.killpg(ran.pid, signal.SIGKILL)
        ran.stderr.close()


def _url(ran):
    for line in ran.stderr:
        if found := re.search(r"http://127\.0\.0\.1:\d+/\S+", line):
            return found.group()
    raise AssertionError("the server named no address")


def _page(url):
    """The address that a page leads to, None where nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=20) as page:  # noqa: S310  our own server
            return page.url
    except OSError:
        return None


def _eventually(what):
    """What comes of it within ten seconds."""
    for _ in range(100):
        if found := what():
            return found
        time.sleep(0.1)
    return what()


def test_batch_of_a_script_without_a_guard_is_begun_once(tmp_path):
    """Processes are not started from the script, which would begin the batch again in each of them."""
    write(tmp_path / "t.csv", "title,goal.statement\nA,x\n")
    script = write(
        tmp_path / "mine.py",
        "from pathlib import Path\n"
        "from kit.batch import run\n"
        "print('begun')\n"
        "report = run([Path('t.csv')], Path('out'), formats='md')\n"
        "print(len(report.made))\n",
    )
    done = subprocess.run(
        [sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "begun\n1\n"), done.stderr


def batch_in_a_shell(folder, streams):
    """Runs a batch of one brief with its streams as a shell is told to have them."""
    write(folder / "t.csv", "title,goal.statement\nA,x\n")
    words = [sys.executable, "-m", "kit", "batch", "t.csv", "--out", "out", "--to", "md"]
    command = ["sh", "-c", f"{shlex.join(words)} {streams}"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_pace_is_said_of_more_than_a_second(monkeypatch):
    now, pace = [0.0], _Pace()
    monkeypatch.setattr("kit.cli.batching.time.monotonic", lambda: now[0])
    said = []
    for now[0], done in ((0.0, 0), (3.0, 1), (3.1, 2), (5.0, 3), (7.0, 4)):
        pace.update(Progress(done=done, total=10, entry=object() if done else None))
        said.append(pace.said)
    assert said == ["", "", "", "1.0 a second, 7 s left", "1 s each, 8 s left"]


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_batch_with_closed_streams_is_made(tmp_path, closed):
    done = batch_in_a_shell(tmp_path, closed)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "a" / "brief.md").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("full", [">/dev/full", "2>/dev/full"])
def test_batch_whose_words_nobody_can_take_says_so_by_its_code(tmp_path, full):
    done = batch_in_a_shell(tmp_path, full)
    assert done.returncode == 74
    assert "Traceback" not in done.stderr
