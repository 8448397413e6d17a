"""The child process that runs Typst, its limits, and the fonts it has."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import fontcoverage
import psutil
import pytest
import samples

from kit.errors import ExportError
from kit.export import glyphs
from kit.export.document import Document
from kit.export.pdf import write_pdf
from kit.export.typeset import DiedError, RefusedError, Typesetter
from kit.report.blocks import Paragraph

HELLO = {"main.typ": b'#set document(title: "Hello")\nHello'}
FOREVER = {
    "main.typ": b"#for a in range(9000) { for b in range(9000) { for c in range(9000) { } } }"
}
GREEDY = {"main.typ": b'#set document(title: "x")\n#let a = range(300000000)\n#a.len()'}


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """Temporary files of the test in a folder of its own, seen to be empty afterwards."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield tmp_path
    assert list(tmp_path.iterdir()) == []


def child_of(typesetter):
    return typesetter._child.pid


def is_gone(pid):
    return not psutil.pid_exists(pid)


def has_ended(pid):
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def wait_for(condition):
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_set_makes_a_pdf():
    with Typesetter() as made:
        assert made.set(HELLO, main="main.typ").startswith(b"%PDF-")


def test_set_makes_a_png():
    with Typesetter() as made:
        assert made.set(HELLO, main="main.typ", to="png").startswith(b"\x89PNG")


def test_set_keeps_one_child_for_many_documents():
    with Typesetter() as made:
        first = made.set(HELLO, main="main.typ")
        pid = child_of(made)
        assert all(made.set(HELLO, main="main.typ") == first for _ in range(20))
        assert child_of(made) == pid


def test_set_reads_no_file_outside_its_folder(own_folder):
    for path in ("/etc/hostname", "../../etc/hostname", str(Path(__file__))):
        files = {"main.typ": f'#set document(title: "x")\n#read("{path}")'.encode()}
        with Typesetter() as made, pytest.raises(RefusedError):
            made.set(files, main="main.typ")


def test_set_says_what_typst_refuses():
    with Typesetter() as made, pytest.raises(RefusedError, match="unknown variable"):
        made.set({"main.typ": b"#nothing"}, main="main.typ")


def test_set_goes_on_after_a_refusal():
    with Typesetter() as made:
        with pytest.raises(RefusedError):
            made.set({"main.typ": b"#nothing"}, main="main.typ")
        pid = child_of(made)
        assert made.set(HELLO, main="main.typ")
        assert child_of(made) == pid


def test_close_ends_the_child():
    with Typesetter() as made:
        made.set(HELLO, main="main.typ")
        pid = child_of(made)
        assert psutil.pid_exists(pid)
    assert is_gone(pid)


def test_set_stops_a_child_that_takes_too_long():
    with Typesetter(seconds=1) as made:
        started = time.monotonic()
        with pytest.raises(DiedError, match="longer than 1 seconds"):
            made.set(FOREVER, main="main.typ")
        assert time.monotonic() - started < 10
        assert made.set(HELLO, main="main.typ")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_set_stops_a_child_that_takes_too_much_memory():
    with Typesetter() as made:
        with pytest.raises(DiedError, match="more than 1024 MB of memory"):
            made.set(GREEDY, main="main.typ")
        assert made.set(HELLO, main="main.typ")


def test_set_replaces_a_child_that_was_killed_between_documents():
    with Typesetter() as made:
        made.set(HELLO, main="main.typ")
        pid = child_of(made)
        os.kill(pid, signal.SIGKILL)
        made._child.wait()
        assert made.set(HELLO, main="main.typ")
        assert child_of(made) != pid


def test_set_names_a_child_that_was_killed_at_work():
    with Typesetter() as made:
        made.set(HELLO, main="main.typ")
        timer = threading.Timer(0.5, os.kill, (child_of(made), signal.SIGKILL))
        timer.start()
        with pytest.raises(DiedError, match="ended with code -9"):
            made.set(FOREVER, main="main.typ")
        timer.join()


def test_set_from_several_threads():
    with Typesetter() as made:
        expected = made.set(HELLO, main="main.typ")
        found = []
        threads = [
            threading.Thread(target=lambda: found.append(made.set(HELLO, main="main.typ")))
            for _ in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [expected] * 6


def test_child_ends_when_its_parent_is_killed():
    script = (
        "from kit.export.typeset import Typesetter\n"
        "made = Typesetter()\n"
        "made.set({'main.typ': b'#set document(title: \"x\")\\nHello'}, main='main.typ')\n"
        "print(made._child.pid, flush=True)\n"
        "input()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    with parent:
        pid = int(parent.stdout.readline())
        assert psutil.pid_exists(pid)
        parent.kill()
    wait_for(lambda: has_ended(pid))


def test_child_cleans_up_when_its_parent_is_killed_at_work(tmp_path):
    """The parent dies while the child is at work; neither process nor folder stays."""
    busy = "#for a in range(9000) { for b in range(1500) { } }"
    script = (
        "import threading\n"
        "from kit.export.typeset import Typesetter\n"
        "made = Typesetter()\n"
        "made.set({'main.typ': b'#set document(title: \"x\")\\nHello'}, main='main.typ')\n"
        "print(made._child.pid, flush=True)\n"
        f"made.set({{'main.typ': b'#set document(title: \"x\")\\n{busy}'}}, main='main.typ')\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    with parent:
        pid = int(parent.stdout.readline())
        wait_for(lambda: any(tmp_path.glob("framing-*/main.typ")))
        time.sleep(0.2)  # the request follows the files
        parent.kill()
    wait_for(lambda: has_ended(pid))
    assert list(tmp_path.iterdir()) == []


def test_write_pdf_names_the_document_that_took_too_long():
    lines = tuple(Paragraph(spans=samples.text(f"word {n} " * 400)) for n in range(3000))
    with (
        Typesetter(seconds=0.8) as made,
        pytest.raises(ExportError, match="'Endless': expected a PDF, found that it took longer"),
    ):
        write_pdf(Document(title="Endless", blocks=lines), typesetter=made)


def test_write_pdf_hundred_documents_in_one_child():
    """A batch pays for Typst's start once; the limit is far above what it takes."""
    with Typesetter() as made:
        write_pdf(samples.short(), typesetter=made)
        started = time.monotonic()
        for _ in range(100):
            write_pdf(samples.short(), typesetter=made)
    assert time.monotonic() - started < 20


def test_coverage_is_what_the_fonts_hold():
    assert fontcoverage.as_json(fontcoverage.read()) == fontcoverage.COVERAGE.read_text()


def test_widths_are_those_of_the_fonts():
    made = fontcoverage.widths_as_json(fontcoverage.read_widths())
    assert made == fontcoverage.WIDTHS.read_text()


def test_fonts_come_with_their_licence():
    assert "SIL OPEN FONT LICENSE" in (glyphs.FONTS / "OFL.txt").read_text().upper()


@pytest.mark.parametrize(
    ("text", "clusters"),
    [
        ("abc", ["a", "b", "c"]),
        ("e\u0301x", ["e\u0301", "x"]),
        ("\U0001f469\u200d\U0001f4bb!", ["\U0001f469\u200d\U0001f4bb", "!"]),
        (
            "\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7",
            ["\U0001f1e9\U0001f1ea", "\U0001f1eb\U0001f1f7"],
        ),
        ("\U0001f44d\U0001f3fd", ["\U0001f44d\U0001f3fd"]),
        ("\u26a0\ufe0f", ["\u26a0\ufe0f"]),
        ("", []),
    ],
)
def test_clusters_keep_together_what_people_see_as_one(text, clusters):
    assert list(glyphs.clusters(text)) == clusters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("żółć Ωμέγα Привет ≥ → ⚠️", "żółć Ωμέγα Привет ≥ → ⚠️"),
        ("😀", "[U+1F600 GRINNING FACE]"),
        ("a😀b", "a[U+1F600 GRINNING FACE]b"),
        ("漢字", "[U+6F22 CJK UNIFIED IDEOGRAPH-6F22][U+5B57 CJK UNIFIED IDEOGRAPH-5B57]"),
        ("漢" * 20, f"[20 characters without a glyph: {' '.join(['U+6F22'] * 12)} …]"),
        ("\ue000", "[U+E000 PRIVATE USE]"),
        ("\U000e0fff", "[U+E0FFF UNASSIGNED]"),
    ],
)
def test_shown_names_what_is_missing(text, expected):
    assert glyphs.shown(text).text == expected


def test_shown_names_what_typst_refused():
    assert glyphs.shown("a✖b", refused=frozenset("✖")).missing == ("U+2716 HEAVY MULTIPLICATION X",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\tb", "a    b"),
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("\x00", "[U+0000 CONTROL CHARACTER]"),
        ("\ud83d", "[U+D83D LONE SURROGATE]"),
        ("\u202e", "[U+202E RIGHT-TO-LEFT OVERRIDE]"),
        ("\uffff", "[U+FFFF UNASSIGNED]"),
    ],
)
def test_printable_names_what_cannot_be_seen(text, expected):
    assert glyphs.printable(text) == expected
