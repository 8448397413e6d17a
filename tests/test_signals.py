"""Whoever asks a process to end is heard, wherever it is just then."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

from kit.batch.spawning import settle, spawned
from kit.errors import Terminated

SECONDS = 60.0

HEED = """
import signal, time, weakref
from kit.errors import Terminated
from kit.signals import at_once, heed
class Thing: pass
def asked(*_): signal.raise_signal(signal.SIGTERM)
"""


def ran(text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", HEED + text],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def test_signal_that_python_drops_is_heard_again():
    """Also by one that waits for something else: it would sleep longer than this test lets it."""
    done = ran("""
heed(signal.SIGTERM, lambda: Terminated(7))
thing = Thing()
kept = weakref.ref(thing, asked)
del thing  # what its callback raises is dropped
time.sleep(1000)
""")
    assert (done.returncode, done.stderr) == (7, "")


def test_signal_that_python_drops_ends_what_is_to_end_at_once():
    done = ran("""
heed(signal.SIGTERM, lambda: Terminated(7))
thing = Thing()
kept = weakref.ref(thing, asked)
del thing
with at_once(signal.SIGTERM):
    time.sleep(1000)
""")
    assert (done.returncode, done.stderr) == (-signal.SIGTERM, "")


def test_what_else_python_drops_is_told_as_ever():
    done = ran("""
heed(signal.SIGTERM, lambda: Terminated(7))
thing = Thing()
kept = weakref.ref(thing, lambda _: 1 / 0)
del thing
""")
    assert done.returncode == 0
    assert "ZeroDivisionError" in done.stderr


@pytest.mark.parametrize(
    "asking", ["heed(signal.SIGTERM, SystemExit)", "at_once(signal.SIGTERM).__enter__()"]
)
def test_signal_that_may_be_ignored_is_ignored(asking):
    done = ran(f"""
signal.signal(signal.SIGTERM, signal.SIG_IGN)
{asking}
asked()
print("on")
""")
    assert (done.returncode, done.stdout) == (0, "on\n")


def test_at_once_ends_silently_and_only_inside():
    inside = ran("with at_once(signal.SIGTERM):\n    asked()\n")
    assert (inside.returncode, inside.stdout, inside.stderr) == (-signal.SIGTERM, "", "")
    after = ran("""
heed(signal.SIGTERM, lambda: Terminated(7))
with at_once(signal.SIGTERM):
    pass
asked()
""")
    assert after.returncode == 7


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_signal_in_the_making_of_a_class_is_no_fault_of_the_command_line(name, code):
    done = ran(f"""
import sys
import kit.cli.schema
from kit.cli import main

class Asking:
    def __set_name__(self, owner, name):
        signal.raise_signal(signal.{name})

def broken():
    class Owner:
        here = Asking()  # what this raises, Python 3.11 makes a RuntimeError of

kit.cli.schema.schema = broken
sys.argv = ["framing", "schema"]
main()
""")
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


def test_ctrl_c_before_a_command_begins_ends_it_with_its_code():
    done = ran("""
import kit.cli.app
kit.cli.app.app = lambda: signal.raise_signal(signal.SIGINT)
kit.cli.app.main()
""")
    assert (done.returncode, done.stderr) == (130, "")


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_signal_while_a_process_starts_is_heard_when_that_knows_what_to_do(name):
    """Else it says that its input ended."""
    done = ran(f"""
from kit.batch.spawning import _SPAWN, spawned

def start(process):
    before(process)
    signal.raise_signal(signal.{name})
    print("started")

before, _SPAWN.Process.start = _SPAWN.Process.start, start
heed(signal.{name}, lambda: Terminated(7))
spawned(time.sleep, None)
print("not reached")
""")
    assert (done.returncode, done.stdout, done.stderr) == (7, "started\n", "")


def stubborn(channel, _):
    settle()
    channel.send("ready")
    while True:
        try:
            time.sleep(SECONDS)
        except Terminated:
            raise
        except SystemExit:
            continue  # as the coach does, whose rules may call exit()


def test_worker_that_is_asked_to_end_is_not_taken_for_a_rule_that_exits():
    channel, process = spawned(stubborn, None)
    assert channel.recv() == "ready"
    process.terminate()
    process.join(SECONDS)
    assert process.exitcode == 1
