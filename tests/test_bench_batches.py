"""What the benchmark of batches says of its figures."""

from __future__ import annotations

import pytest
from batches.measuring import Run
from batches.results import Line, Results, lines
from batches.ways import ways

WAYS = ways()


def run(name: str, *, each: float, first: float = 2.0, briefs: int = 40) -> Run:
    """A run whose first brief is done after `first` seconds, and every further one after `each`."""
    return Run(
        way=WAYS[name],
        briefs=briefs,
        first=first,
        done=tuple(first + at * each for at in range(briefs)),
        whole=first + briefs * each,
        processor=briefs * each,
        failures=(),
    )


def told(**each: list[float]) -> dict[str, Line]:
    """What is said of seconds per brief, by what is asked."""
    rates = {name: [run(name, each=one) for one in figures] for name, figures in each.items()}
    return dict(
        zip(
            ("webpdf", "latex", "limit", "first"),
            lines(Results(ways=WAYS, rates=rates)),
            strict=True,
        )
    )


def test_seconds_for_a_further_brief_leave_out_the_first_tenth() -> None:
    slow_start = (9.0, 10.0, 11.0, 12.0, *(12.0 + 0.5 * at for at in range(1, 37)))
    made = run("forked", each=1.0)
    assert made.each == pytest.approx(1.0)
    later = Run(**{**vars(made), "done": slow_start})
    assert later.each == pytest.approx(0.5)


def test_limit_is_held_by_the_median_of_pairs_measured_side_by_side() -> None:
    line = told(forked=[0.30, 0.13, 0.28], limit=[0.10, 0.10, 0.20])["limit"]
    assert line.held
    assert line.found == "1.40 times, the median of 3 pairs (3.00, 1.30, 1.40)"
    assert told(forked=[0.16, 0.16], limit=[0.1, 0.1])["limit"].held is False


@pytest.mark.parametrize(
    ("rival", "each", "held"),
    [
        ("webpdf", 1.51, True),
        ("webpdf", 1.49, False),
        ("latex", 2.01, True),
        ("latex", 1.99, False),
    ],
)
def test_rival_is_held_against_the_mean_of_all_runs(rival: str, each: float, *, held: bool) -> None:
    line = told(forked=[0.05, 0.15], limit=[0.1, 0.1], **{rival: [each]})[rival]
    assert line.held is held


def test_what_was_not_measured_is_neither_held_nor_missed() -> None:
    found = told(forked=[0.1])
    assert [found[name].held for name in ("webpdf", "latex", "limit")] == [None] * 3
    assert found["first"].held


def test_slowest_first_pdf_counts() -> None:
    rates = {"forked": [run("forked", each=0.1, first=one) for one in (2.0, 3.1, 2.5)]}
    line = lines(Results(ways=WAYS, rates=rates))[-1]
    assert line.held is False
    assert line.found.startswith("3.1 s with 40 briefs; the median of 3 runs is 2.5 s")
