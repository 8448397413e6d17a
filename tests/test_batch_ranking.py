"""Which briefs are told apart from which, and the scale that they are drawn on."""

from __future__ import annotations

from itertools import pairwise
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from comparing import many, normal
from hypothesis import given
from hypothesis import strategies as st

from kit.batch.ranking import SURE, groups_of, probability_of_more
from kit.batch.ruler import Ruler, ruler_of
from kit.batch.scale import GRID, Scale
from kit.batch.standing import standing_of

UNIT = NormalDist()
CHANCES = [(at + 0.5) / GRID for at in range(GRID)]


# One against another


@pytest.mark.parametrize("apart", [0.0, 0.3, 1.0, 2.5, 6.0])
@pytest.mark.parametrize("wider", [0.1, 1.0, 4.0])
def test_probability_of_two_normals_is_the_closed_form(apart: float, wider: float) -> None:
    """Phi((m1 - m2) / sqrt(s1² + s2²))."""
    one, other = normal(apart, wider), normal(0.0, 1.0)
    exact = UNIT.cdf(apart / (1 + wider**2) ** 0.5)
    found = probability_of_more([one.grid, other.grid])
    assert found[0, 1] == pytest.approx(exact, abs=0.002)
    assert found[1, 0] == pytest.approx(1 - exact, abs=0.002)


def test_probability_is_that_of_brute_force_draws() -> None:
    rng = np.random.default_rng(7)
    draws = [rng.lognormal(0.0, 0.4, 400_000), rng.lognormal(0.3, 1.1, 400_000) - 0.5]
    grids = [np.quantile(one, CHANCES) for one in draws]
    brute = float((draws[0] > draws[1]).mean())
    assert probability_of_more(grids)[0, 1] == pytest.approx(brute, abs=0.003)


def test_probability_of_the_worked_example_counts_equal_draws_half() -> None:
    found = probability_of_more([[1.0, 3.0], [2.0, 3.0]])
    assert found.tolist() == [[0.5, 0.375], [0.625, 0.5]]


@given(st.lists(st.lists(st.integers(-3, 3), min_size=4, max_size=4), min_size=1, max_size=5))
def test_probability_of_many_is_that_of_every_pair_counted_out(rows: list[list[int]]) -> None:
    found = probability_of_more(rows)
    for one, mine in enumerate(rows):
        for other, theirs in enumerate(rows):
            won = sum((a > b) + (a == b) / 2 for a in mine for b in theirs) / 16
            assert found[one, other] == pytest.approx(won)


@pytest.mark.parametrize("grids", [[], [[]], [[1.0, float("nan")]], [1.0, 2.0]])
def test_probability_refuses_what_is_no_distribution(grids: Any) -> None:
    with pytest.raises(ValueError, match="grids: expected rows of finite numbers"):
        probability_of_more(grids)


# Places


def places(*scales: Scale | None) -> list[tuple[int, int, int] | None]:
    found = {at: place for group in groups_of(scales) for at, place in group.places.items()}
    return [
        (found[at].first, found[at].last, found[at].of) if at in found else None
        for at in range(len(scales))
    ]


def test_place_is_a_range_where_briefs_cannot_be_told_apart() -> None:
    found = places(normal(0, 1), normal(10, 1), normal(0.5, 1), Scale(), None)
    assert found == [(2, 3, 3), (1, 1, 3), (2, 3, 3), None, None]


def test_place_is_shared_along_a_chain_whose_ends_are_told_apart() -> None:
    """Each next to its neighbour, the first far from the last: nobody is surely first but the first two."""
    found = places(normal(4, 1), normal(2, 1), normal(0, 1))
    assert found == [(1, 2, 3), (1, 3, 3), (2, 3, 3)]


@pytest.mark.parametrize(("just", "is_apart"), [(-0.01, False), (0.01, True)])
def test_pair_is_told_apart_from_the_stated_probability_on(just: float, is_apart: bool) -> None:
    apart = UNIT.inv_cdf(SURE + just) * 2**0.5
    (group,) = groups_of((normal(apart, 1), normal(0, 1)))
    (pair,) = group.pairs()
    assert pair.apart is is_apart
    assert pair.more == pytest.approx(SURE + just, abs=0.002)
    assert group.level == (not is_apart)


def test_equal_briefs_share_a_place_and_name_each_other() -> None:
    (group,) = groups_of((normal(1, 1), normal(1, 1)))
    assert [group.places[at].level for at in (0, 1)] == [(1,), (0,)]
    assert places(normal(5, 0), normal(5, 0), normal(0, 0)) == [(1, 2, 3), (1, 2, 3), (3, 3, 3)]


def test_values_without_a_range_are_not_told_apart_by_a_decimal() -> None:
    assert places(normal(1_050_000, 0), normal(1_000_000, 0)) == [(1, 2, 2), (1, 2, 2)]
    assert places(normal(1_200_000, 0), normal(1_000_000, 0)) == [(1, 1, 2), (2, 2, 2)]
    assert places(normal(-1_050_000, 0), normal(-1_000_000, 0)) == [(1, 2, 2), (1, 2, 2)]
    assert places(normal(1_000_000, 0), normal(-1_000_000, 0)) == [(1, 1, 2), (2, 2, 2)]


def test_currencies_are_not_held_against_each_other() -> None:
    scales = (
        normal(1, 1, currency="EUR"),
        normal(9, 1, currency="USD"),
        normal(5, 1, currency="usd"),
        normal(1, 1, currency=""),
    )
    found = {group.currency: group.members for group in groups_of(scales)}
    assert found == {"USD": (1, 2), "EUR": (0,), "": (3,)}
    assert places(*scales) == [(1, 1, 1), (1, 1, 2), (2, 2, 2), (1, 1, 1)]


def test_pairs_are_as_many_as_are_said() -> None:
    (group,) = groups_of(tuple(normal(at, 1) for at in range(12)))
    pairs = list(group.pairs())
    assert len(pairs) == group.count == 66
    assert sum(not pair.apart for pair in pairs) == group.level == 11 + 10
    assert all(pair.more >= 0.5 for pair in pairs)
    assert sum(len(place.level) for place in group.places.values()) == 2 * group.level


def test_many_briefs_have_places_that_agree_with_their_order() -> None:
    standing = standing_of(many(200))
    known = [standing.places[at] for at in standing.order if at in standing.places]
    assert all(one.first <= two.first and one.last <= two.last for one, two in pairwise(known))
    assert all(place.first <= at <= place.last for at, place in enumerate(known, start=1))


# The scale that values are drawn on


def test_ruler_is_even_where_values_are_of_one_size() -> None:
    ruler = ruler_of([normal(1e6, 2e5), normal(4e6, 1e6)])
    assert ruler.is_even
    assert (ruler.low, ruler.at(0.0), ruler.at(ruler.high)) == (0.0, 0.0, 1.0)
    assert ruler.ticks == (0.0, 1e6, 2e6, 3e6, 4e6, 5e6)


def test_ruler_bends_where_a_few_are_far_larger() -> None:
    ruler = ruler_of([*(normal(10.0**at, 0.1 * 10**at) for at in range(3, 9)), normal(-1e4, 1e3)])
    assert not ruler.is_even
    assert ruler.ticks[0] < 0 < ruler.ticks[-1] == 1e8
    assert all(b - a > 0.08 for a, b in pairwise(map(ruler.at, ruler.ticks)))
    step = ruler.at(1e7) - ruler.at(1e6)
    assert ruler.at(1e8) - ruler.at(1e7) == pytest.approx(step, rel=0.01)


def test_ruler_of_nothing_but_noughts_has_room_on_both_sides() -> None:
    assert ruler_of([normal(0, 0)]).at(0.0) == 0.5


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=9), st.floats(0.1, 1e8))
def test_ruler_keeps_order_and_place(means: list[float], sd: float) -> None:
    scales = [normal(mean, sd) for mean in means]
    ruler = ruler_of(scales)
    ends = sorted(end for one in scales for end in (one.low, one.middle, one.high) if end)
    at = [ruler.at(end) for end in ends]
    assert at == sorted(at)
    assert all(-1e-9 <= one <= 1 + 1e-9 for one in at)
    assert isinstance(ruler, Ruler)
