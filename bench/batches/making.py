"""What all ways but the kit's share: workers, a folder per brief, a check of the PDF, and a line when it is done."""

from __future__ import annotations

import multiprocessing
import os
import re
import sys
import unicodedata
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path

from batches.briefs import FILE, title_of

PDF = "brief.pdf"

Make = Callable[[Path], None]  # given a folder with a brief, puts the PDF beside it
Begin = Callable[[], Make]  # called once in every worker, before its first brief

_IN_THE_MAKING = ".making"


@dataclass(frozen=True, kw_only=True)
class Work:
    """One brief, and where its folder goes."""

    brief: Path
    out: Path


def make_all(briefs: Path, out: Path, *, jobs: int, begin: Begin, verified: bool = True) -> int:
    """Make a PDF of every brief below `briefs`, each in a folder below `out`; how many failed."""
    (out / _IN_THE_MAKING).mkdir(parents=True)
    works = [Work(brief=path, out=out) for path in sorted(briefs.glob(f"*/{FILE}"))]
    one = partial(_make, begin=begin, verified=verified)
    failed = 0
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as workers:
        asked = [workers.submit(one, work) for work in works]
        for done, answer in enumerate(as_completed(asked), start=1):
            name, reason = answer.result()
            failed += bool(reason)
            if reason:
                _say(f"failed: {name}: {reason}")
            _say(f"{done} of {len(works)}: {name}")
    return failed


def check(pdf: Path, title: str) -> int:
    """Open a PDF and find the brief's title in it; its number of pages.

    Letters and figures alone are compared: one program breaks a title into lines, another sets curly quotes.
    """
    from pypdf import PdfReader

    pages = PdfReader(pdf).pages
    wanted, text = _plain(title), ""
    for page in pages:
        text += _plain(page.extract_text())
        if wanted in text:
            return len(pages)
    raise ValueError(f"{pdf}: expected the title {title!r} on its {len(pages)} pages, found none.")


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKD", text)).casefold()


def begun(module: str, name: str) -> Make:
    """What a worker makes briefs by, imported in the worker alone."""
    make: Make = getattr(import_module(module), name)()
    return make


_MAKE: list[Make] = []  # of this worker, once it has begun


def _make(work: Work, *, begin: Begin, verified: bool) -> tuple[str, str]:
    """The brief's name, and in words why there is no PDF; no words where there is one."""
    name = work.brief.parent.name
    folder = work.out / _IN_THE_MAKING / name
    folder.mkdir()
    (folder / FILE).write_bytes(work.brief.read_bytes())
    try:
        if not _MAKE:
            _MAKE.append(begin())
        _MAKE[0](folder)
        if verified:
            check(folder / PDF, title_of(work.brief))
    except Exception as exc:  # noqa: BLE001  a rival may fail at one brief; it is counted and told
        return name, _in_short(exc)
    os.replace(folder, work.out / name)  # noqa: PTH105  the kit publishes so, too
    return name, ""


def _in_short(error: Exception) -> str:
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said[:200]}{' ... ' if len(said) > 400 else ''}{said[200:][-200:]}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
