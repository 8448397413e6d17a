"""One way, as a command: `python -m batches WAY BRIEFS OUT JOBS`, with a line for each brief that is done."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from batches.making import begun, make_all

# Where each begins.
BEGINNINGS = {
    "limit": ("batches.cells", "begin"),
    "webpdf": ("batches.notebooks", "begin_webpdf"),
    "latex": ("batches.notebooks", "begin_latex"),
    "quarto-typst": ("batches.quarto", "begin_typst"),
    "quarto-pdf": ("batches.quarto", "begin_latex"),
}


def main(name: str, briefs: str, out: str, jobs: str) -> int:
    """Make them all; leave with 1 if one failed."""
    # The limit is what is left when nothing is checked.
    failed = make_all(
        Path(briefs).absolute(),
        Path(out).absolute(),
        jobs=int(jobs),
        begin=partial(begun, *BEGINNINGS[name]),
        verified=name != "limit",
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
