"""What the coach finds of faults that are seeded into good briefs, and what it says of the good ones.

Every kind of fault is put into each worked case that it applies to, one at a time. It counts as found where one
of the rules that are named for it says something that it does not say of the clean copy. Kinds that are beyond
every rule count as well: as not found. The rules were written with these kinds in view, so the share says whether
something was lost, and not how much would be found of faults that nobody has thought of.

    python bench/coach_recall.py [--missed]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))  # its faults are the tests', too

from coaching import NAMES, corrected, found
from seeded import KINDS, Kind, finds

LEAST = 0.9  # of all seeded faults


def main() -> int:
    """Seed, check, print the tables, and say by the exit code whether enough is found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--missed", action="store_true", help="name the cases, too")
    with_cases = parser.parse_args().missed
    start = time.perf_counter()
    by_kind = {kind: finds(kind) for kind in KINDS}
    _say(_table("how", by_kind, lambda kind: kind.how))
    _say(_table("part", by_kind, lambda kind: kind.part))
    _say(_beyond(by_kind, with_cases=with_cases))
    false = {name: len(found(corrected(name))) for name in NAMES}
    _say(["| clean brief | false findings |", "|---|---|"])
    _say([f"| {name} | {number} |" for name, number in false.items()])
    share = _share(by_kind.values())
    _say([f"\n{share:.1%} found, at least {LEAST:.0%} wanted; {time.perf_counter() - start:.0f} s"])
    return 0 if share >= LEAST and not any(false.values()) else 1


def _table(
    head: str, by_kind: dict[Kind, dict[str, bool]], group: Callable[[Kind], str]
) -> Iterator[str]:
    """Kinds, briefs and recall per group, and of all."""
    yield f"| {head} | kinds | held | briefs | found | recall |"
    yield "|---|---|---|---|---|---|"
    for name in dict.fromkeys(map(group, by_kind)):
        yield _row(name, {kind: each for kind, each in by_kind.items() if group(kind) == name})
    yield f"{_row('all', by_kind)}\n"


def _row(name: str, by_kind: dict[Kind, dict[str, bool]]) -> str:
    briefs = sum(map(len, by_kind.values()))
    hits = sum(sum(each.values()) for each in by_kind.values())
    held = sum(kind.held for kind in by_kind)
    return f"| {name} | {len(by_kind)} | {held} | {briefs} | {hits} | {hits / briefs:.0%} |"


def _beyond(by_kind: dict[Kind, dict[str, bool]], *, with_cases: bool) -> Iterator[str]:
    """The kinds that are not found, or not everywhere, with the reasons."""
    yield "| beyond the rules | found | why |"
    yield "|---|---|---|"
    for kind, each in by_kind.items():
        if not kind.held:
            missed = ", ".join(name for name, is_found in each.items() if not is_found)
            why = f"{kind.beyond} ({missed})" if with_cases else kind.beyond
            yield f"| {kind.name} | {sum(each.values())} of {len(each)} | {why} |"
    yield ""


def _share(finds: Iterable[dict[str, bool]]) -> float:
    all_of_them = [is_found for each in finds for is_found in each.values()]
    return sum(all_of_them) / len(all_of_them)


def _say(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
