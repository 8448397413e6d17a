"""What a test module computes, computed again by a new process whose sets and dicts hash otherwise."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent


def afresh(expression: str, *, module: str, seed: int) -> bytes:
    """The bytes that an expression in a test module gives in a process with this seed for its hashes."""
    program = f"import sys, {module}; sys.stdout.buffer.write({module}.{expression})"
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=TESTS,
        env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(TESTS)},
        capture_output=True,
        check=True,
    )
    return run.stdout
