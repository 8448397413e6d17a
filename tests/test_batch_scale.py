"""What is measured of one brief: against sums by hand, and the same whenever it is measured."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from pathlib import Path
from statistics import NormalDist

import pytest
from afresh import afresh
from numbers_briefs import ASSIST, EXPERIMENT, complete, with_keys

from kit.appraisal import appraise
from kit.batch.scale import GRID, Scale, scale_from, scale_of
from kit.brief import Brief, open_brief
from kit.data import survey, verdicts_of

EXAMPLES = Path(__file__).parents[1] / "examples"
BY_HAND = 141_600.0  # 9,600 acted on × (0.5 × 60 − 2 − 0.5 × 4) − 108,000
BEFORE_RUNNING = 249_600.0
RANGED = {"value.run_cost": {"low": "60000", "high": "240000", "unit": "USD/year", "from": "guess"}}


def scale(keys: dict[str, object] | None = None, kind: str = "detection") -> Scale:
    """That of a complete brief with other keys."""
    found = scale_of(Brief.model_validate(with_keys(keys or {}, kind)))
    assert found is not None
    return found


def test_scale_of_no_brief_is_none() -> None:
    assert scale_of(None) is None


def test_value_without_a_range_is_the_sum_by_hand() -> None:
    found = scale()
    assert (found.low, found.middle, found.high) == pytest.approx((BY_HAND,) * 3, rel=1e-8)
    assert found.grid == pytest.approx((BY_HAND,) * GRID, rel=1e-8)
    assert not found.is_range
    assert (found.loss, found.currency, found.unknown) == (0.0, "USD", "")


def test_value_of_one_ranged_cost_has_the_quantiles_of_the_lognormal() -> None:
    found = scale(RANGED)
    middle = math.log(60_000 * 240_000) / 2
    sd = math.log(240_000 / 60_000) / 2 / NormalDist().inv_cdf(0.95)
    chances = [(at + 0.5) / GRID for at in range(GRID)]
    exact = [BEFORE_RUNNING - math.exp(NormalDist(middle, sd).inv_cdf(1 - p)) for p in chances]
    assert found.grid[5:-5] == pytest.approx(exact[5:-5], abs=2_500)
    assert (found.low, found.middle, found.high) == pytest.approx(
        (9_600, 129_600, 189_600), abs=1_500
    )
    lost = 1 - NormalDist(middle, sd).cdf(math.log(BEFORE_RUNNING))
    assert found.loss == pytest.approx(lost, abs=0.003)
    assert list(found.grid) == sorted(found.grid)


def test_value_is_the_one_in_the_brief() -> None:
    brief = open_brief(EXAMPLES / "fraud-detection").brief
    assert brief is not None
    bridge = appraise(brief).bridge
    found = scale_of(brief)
    assert found is not None
    assert bridge is not None
    assert bridge.net is not None
    ends = (bridge.net.low, bridge.net.median, bridge.net.high)
    assert (found.low, found.middle, found.high) == pytest.approx(ends, rel=1e-8)
    assert found.grid[4] < bridge.net.low < found.grid[5]
    assert found.grid[94] < bridge.net.high < found.grid[95]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"value": None}, "value is missing"),
        ({"value.volume": None}, "value.volume is missing"),
        ({"value.volume": None, "value.benefit": None}, "value.volume and value.benefit are missing"),
        ({"value": "n/a: public good"}, "value is not applicable: public good"),
    ],
)  # fmt: skip
def test_value_that_is_not_known_says_why(keys: dict[str, object], said: str) -> None:
    found = scale(keys)
    assert found.unknown == said
    assert (found.known, found.grid, found.middle, found.loss) == (False, (), None, None)
    assert found.guess_share is None


def test_value_with_an_impossible_number_says_which() -> None:
    found = scale({"value.recall": "120%"})
    assert "value.recall" in found.unknown
    assert not found.known


def test_time_is_that_of_the_largest_demand() -> None:
    brief = Brief.model_validate(complete())
    timing = appraise(brief).timing
    found = scale()
    assert timing is not None
    assert timing.most is not None
    assert timing.most.days is not None
    assert timing.most.days > timing.needs[0].days  # type: ignore[operator]
    assert found.days == pytest.approx(timing.most.days)
    assert (found.available, found.fits) == (
        456,
        timing.most.days <= 456,
    )  # 1 October to 31 December


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"experiment": None}, "experiment is missing"),
        ({"experiment": "n/a: a rule"}, "experiment is not applicable: a rule"),
        ({"experiment": {**EXPERIMENT, "design": "shadow"}}, "a shadow run compares nothing"),
        ({"experiment.eligible_per_day": None}, "experiment.eligible_per_day is missing"),
        ({"goal.by": None}, "goal.by is missing"),
    ],
)
def test_time_that_is_not_known_says_why(keys: dict[str, object], said: str) -> None:
    found = scale(keys)
    assert found.fits is None
    assert found.untimed == said


def test_experiment_without_end_is_told_apart_from_an_unknown_one() -> None:
    flow = {"unique_one_week": "1000", "unique_four_weeks": "1000"}
    keys = {f"experiment.{key}": given for key, given in flow.items()}
    found = scale({**keys, "experiment.eligible_per_day": None})
    assert (found.days, found.endless, found.fits) == (None, True, False)


def test_data_counts_sources_by_their_access() -> None:
    access = ("have", "have", "asked", "blocked", None)
    sources = [{"name": f"s{at}", "access": one} for at, one in enumerate(access)]
    found = scale({"data.sources": [{k: v for k, v in one.items() if v} for one in sources]})
    assert (found.sources, found.in_hand, found.asked, found.blocked) == (5, 2, 1, 1)
    assert (found.held, found.ready) == (0, pytest.approx(0.4))


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"data": None}, "no source is named"),
        ({"data.sources": "n/a: nothing is learnt"}, "not applicable: nothing is learnt"),
        ({"data": "n/a: nothing is learnt"}, "not applicable: nothing is learnt"),
    ],
)
def test_data_without_sources_says_why(keys: dict[str, object], said: str) -> None:
    found = scale(keys)
    assert (found.no_data, found.sources, found.ready) == (said, 0, None)


def test_data_counts_what_attached_files_meet() -> None:
    folder = EXAMPLES / "doctor-visits"
    brief = open_brief(folder).brief
    assert brief is not None
    files = survey(brief, folder)
    found = scale_of(brief, files)
    assert found is not None
    words = [one.word for one in verdicts_of(brief, files)]
    assert (found.met, found.missed) == (words.count("met"), words.count("missed"))
    assert found.met > 4
    assert found.ready == pytest.approx((found.in_hand + found.met) / (found.sources + found.held))


def test_choices_are_kept_and_gaps_stay_gaps() -> None:
    keys = {
        "hypothesis": {"errors": {"tolerance": "intolerant"}, "difficulty": "n/a: bought", "impact": "high"}
    }  # fmt: skip
    found = scale(keys)
    assert (found.tolerance, found.difficulty, found.impact) == (
        "intolerant",
        "not applicable",
        "high",
    )
    assert (scale().tolerance, scale().difficulty, scale().impact) == ("", "", "")


def test_guesses_are_counted_among_the_numbers_that_hold_the_brief_up() -> None:
    """Ten of the value, two of the experiment and the goal's worth; one of them measured."""
    measured = {"value.benefit": {"value": "60", "unit": "USD", "from": "measured"}}
    found = scale(measured)
    assert (found.guessed, found.numbers) == (12, 13)
    target = {"metrics.model.0.target": {"value": "50%", "from": "target"}}
    assert (scale(target).guessed, scale(target).numbers) == (13, 14)


def test_guess_share_is_none_of_a_measured_value_and_all_of_a_guessed_one() -> None:
    assert scale().guess_share == pytest.approx(1.0)
    measured = {
        f"value.{key}": {"value": given.split()[0].rstrip("%"), "unit": unit_of(given), "from": "measured"}
        for key, given in ASSIST.items()
        if key not in ("kind", "currency")
    }  # fmt: skip
    assert scale(measured, "assist").guess_share == pytest.approx(0.0)


def unit_of(given: str) -> str:
    return "%" if given.endswith("%") else " ".join(given.split()[1:])


def measured_twice() -> bytes:
    return json.dumps(asdict(scale(RANGED))).encode()


def test_scale_is_the_same_bytes_from_other_processes() -> None:
    made = {afresh("measured_twice()", module="test_batch_scale", seed=seed) for seed in (1, 2)}
    assert made == {measured_twice()}


@pytest.mark.parametrize("keys", [RANGED, {"value": None}, {"experiment": None}, {}])
def test_scale_that_was_kept_as_json_is_the_same(keys: dict[str, object]) -> None:
    found = scale(keys)
    assert scale_from(json.loads(json.dumps(asdict(found), allow_nan=False))) == found
