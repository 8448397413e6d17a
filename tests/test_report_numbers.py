"""The computed sections of the worked cases, against figures worked out here by other means."""

import math
import re
from pathlib import Path

import numpy as np
import pytest
from numbers_briefs import (
    boxes,
    complete,
    computed,
    lacking,
    rows,
    strings,
    written,
)
from scipy.optimize import brentq
from scipy.stats import multivariate_normal, norm
from statsmodels.stats.proportion import samplesize_proportions_2indep_onetail

from kit.brief import open_brief
from kit.report.blocks import Figure, KeyFigures, text_of

EXAMPLES = Path(__file__).parents[1] / "examples"
NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/brief.yaml"))
MILLION = 1e6
Z90 = norm.ppf(0.95)  # a 90 % interval reaches so far on either side


@pytest.fixture(scope="module")
def cases():
    """The computed sections of every worked case."""
    return {name: computed(open_brief(EXAMPLES / name)) for name in NAMES}


def read(said):
    """The first number of a text, in ones: "4.21 million USD", "0.00188%", "−514,000 EUR"."""
    found = re.search(r"([−-]?[\d,]*\.?\d+)(%| million)?", said)
    number = float(found[1].replace(",", "").replace("−", "-"))
    return number * {"%": 0.01, " million": MILLION, None: 1.0}[found[2]]


def size(p1, p2, power=0.8, alpha=0.05):
    """Units per arm, by statsmodels."""
    return samplesize_proportions_2indep_onetail(
        p1 - p2, p2, power, alpha=alpha, alternative="two-sided"
    )


def smallest_fall(p1, units, power=0.8):
    """The other share that so many units per arm can just tell from p1."""
    return brentq(lambda p2: size(p1, p2, power) - units, p1 * 0.01, p1 * 0.99)


def lognormal(low, high):
    """Median and sigma of what lies between two ends nine times in ten."""
    return math.sqrt(low * high), math.log(high / low) / (2 * Z90)


def key_figures(blocks):
    (found,) = [block for block in blocks if isinstance(block, KeyFigures)]
    return {
        figure.label: (text_of(figure.value).replace("\u00a0", " "), text_of(figure.note))
        for figure in found.figures
    }


def alt_of(blocks, start):
    return next(one.alt for one in blocks if isinstance(one, Figure) and one.alt.startswith(start))


def test_targets_of_fraud_need_two_false_alarms_in_a_hundred_thousand(cases):
    precision, recall, prevalence = 0.98, 0.92, 0.001
    rate = prevalence * recall * (1 - precision) / (precision * (1 - prevalence))
    blocks = cases["fraud-detection"]["targets"]
    (row,) = rows(blocks, "Target")
    assert row["False-positive rate"] == "0.00188%"
    assert read(row["False-positive rate"]) == pytest.approx(rate, rel=3e-3)
    area = norm.cdf((norm.ppf(recall) - norm.ppf(rate)) / math.sqrt(2))
    assert area == pytest.approx(0.99995, abs=5e-6)
    assert read(row["Ranking (AUC)"]) == pytest.approx(area, abs=2e-6)
    flags, room = 4e6 * prevalence * recall / precision / 30.4375, 5000 / 30.4375
    said = strings(blocks)
    acted = f"{flags:.0f} flags a day, of which people act on 98%, that is {0.98 * flags:.0f},"
    assert f"{acted} stand against a capacity of {room:.0f}: they fit." in said
    assert "A model that never flags is right in 99.9% of cases" in said
    assert "a nearly perfect ranking" in boxes(cases["fraud-detection"]["numbers"], "problem")[0]


MIDDLE = math.sqrt(90 * 130)  # of the benefit, by which it is worked out where it stands alone


def fraud_net(benefit=MIDDLE, precision=0.98, recall=0.92, run=22_000 * 12, **moved):
    """The bridge of the fraud case, in plain arithmetic: money a year."""
    case = {"volume": 48e6, "prevalence": 0.001, "take": 0.98, "action": 4, "false": 35, **moved}
    caught = case["volume"] * case["prevalence"] * recall
    acted = min(caught / precision * case["take"], case.get("capacity", 60_000))
    per_flag = precision * benefit - case["action"] - (1 - precision) * case["false"]
    return acted * per_flag - run


def test_worth_of_fraud_follows_its_only_range(cases):
    """Only the benefit is a range, and the value rises with it: its percentiles are the answer's."""
    figures = key_figures(cases["fraud-detection"]["worth"])
    middle, ends = figures["A year, all costs off (P50)"]
    assert read(middle) == pytest.approx(fraud_net(), rel=3e-3)
    low, high = (float(one) * MILLION for one in re.findall(r"\d\.\d+", ends))
    assert low == pytest.approx(fraud_net(90), rel=3e-3)
    assert high == pytest.approx(fraud_net(130), rel=3e-3)
    even, note = figures["Break-even precision"]
    assert even == "27%"
    assert read(even) == pytest.approx((35 + 4) / (MIDDLE + 35), abs=0.005)
    covering = brentq(lambda precision: fraud_net(precision=precision), 0.1, 0.9)
    assert note == f"running cost paid, too: from {covering:.0%}"


def test_worth_of_fraud_against_today_is_the_difference_of_two_sums(cases):
    more = [fraud_net(one) - fraud_net(one, 0.62, 0.55, run=4_800) for one in (90, 130)]
    said = re.search(
        r"of the path “rules”\): (.*) million USD a year more",
        strings(cases["fraud-detection"]["worth"]),
    )
    shown = [float(one) * MILLION for one in said[1].split(" to ")]
    assert shown == pytest.approx(more, rel=5e-3)


def test_worth_of_fraud_rests_on_guesses(cases):
    """Every input a tenth smaller, one at a time; precision and recall and take-rate are a source's."""
    base = fraud_net()
    guessed = [
        fraud_net(volume=0.9 * 48e6), fraud_net(prevalence=0.0009), fraud_net(0.9 * MIDDLE),
        fraud_net(false=31.5), fraud_net(action=3.6), fraud_net(run=0.9 * 264_000),
        fraud_net(capacity=54_000),
    ]  # fmt: skip
    borrowed = [fraud_net(precision=0.882), fraud_net(recall=0.828), fraud_net(take=0.882)]
    moved = [[abs(one - base) for one in some] for some in (guessed, borrowed)]
    share = sum(moved[0]) / (sum(moved[0]) + sum(moved[1]))
    assert (
        f"{share:.0%} of the answer, by how far each input moves it, rests on guesses"
        in strings(cases["fraud-detection"]["worth"])
    )


def test_tornado_of_fraud_moves_one_input_and_leaves_the_others_as_stated(cases):
    said = alt_of(cases["fraud-detection"]["worth"], "Tornado")
    for name, ends in {
        "benefit from 90 to 130": (fraud_net(90), fraud_net(130)),
        "volume from a tenth less to a tenth more": (
            fraud_net(volume=0.9 * 48e6), fraud_net(volume=1.1 * 48e6),
        ),
    }.items():  # fmt: skip
        found = re.search(rf"{name}: ([\d.]+) million to ([\d.]+) million", said)
        assert [float(one) * MILLION for one in found.groups()] == pytest.approx(ends, rel=3e-3)


def test_ceilings_of_fraud_hold_a_perfect_model_against_the_goal(cases):
    """48,000 frauds a year, 98 % of them acted on; both sides are lognormal, so is their ratio."""
    (row,) = rows(cases["fraud-detection"]["ceilings"], "Gain of a perfect model")
    assert row["Within reach"] == f"{47_040 * 90e-6:.2f} to {47_040 * 130e-6:.2f} million USD"
    gain, worth = lognormal(90, 130), lognormal(1.6e6, 2.3e6)
    sure = norm.cdf(math.log(47_040 * gain[0] / worth[0]) / math.hypot(gain[1], worth[1]))
    assert sure > 0.995
    assert row["Because"].endswith(": over 99%")
    (labels,) = rows(cases["fraud-detection"]["ceilings"], "Precision, as measured")
    wrong = (1 - math.sqrt(2 * 0.91 - 1)) / 2
    assert (1 - wrong) ** 2 + wrong**2 == pytest.approx(0.91)
    assert read(labels["Within reach"]) == pytest.approx(1 - wrong, abs=5e-4)


def test_fairness_of_fraud_takes_thousands_of_frauds_in_each_group(cases):
    row, hidden, *sizes = rows(cases["fraud-detection"]["fairness"])
    assert row["To show"].startswith("A gap of 2 points in recall, 92% against 90%")
    assert row["Needed"] == "3,213" == f"{math.ceil(size(0.92, 0.90)):,}"
    there = 26 * 4e6 * 0.001 * 0.02
    assert read(row["There"]) == pytest.approx(there, rel=5e-3)
    seen = 0.92 - smallest_fall(0.92, there)
    assert read(row["Smallest gap to be seen"]) / 100 == pytest.approx(seen, rel=1e-2)
    chance = 2 / math.sqrt(math.pi) * math.sqrt(0.92 * 0.08 / there)
    assert read(row["Gap by chance"]) / 100 == pytest.approx(chance, rel=2e-2)
    assert hidden["Enough"] == "cannot tell"
    assert sizes[0]["Needed"] == str(math.ceil(norm.ppf(0.975) ** 2 * 0.92 * 0.08 / 0.17**2))
    null, true = (math.sqrt(one * (1 - one)) for one in (0.94, 0.98))
    floor = ((norm.ppf(0.95) * null + norm.ppf(0.8) * true) / 0.04) ** 2
    assert sizes[1]["Needed"] == str(math.ceil(floor))
    assert lacking(cases["fraud-detection"]["fairness"]) == [
        f"metrics.fairness.1.groups.{at}.share" for at in range(2)
    ]


def test_timing_of_fraud_counts_looks_and_guardrails(cases):
    """Pocock's level of two looks from the bivariate normal; Blackwelder's size of a guardrail."""
    together = multivariate_normal(cov=[[1, math.sqrt(0.5)], [math.sqrt(0.5), 1]])
    edge = brentq(lambda c: together.cdf([c, c], lower_limit=[-c, -c]) - 0.95, 1.5, 3)
    level, power = 2 * norm.sf(edge), 1 - 0.1 / 4
    needed = {row["What is counted"]: row for row in rows(cases["fraud-detection"]["timing"])}
    plain, looks, counted, guarded = (
        needed[name] for name in (
            "The effect alone", "With 2 looks (Pocock)", "With 3 guardrails shown to hold as well",
            "Guardrail: online payments approved",
        )
    )  # fmt: skip
    assert read(plain["Per arm"]) == math.ceil(size(0.004, 0.003, 0.9))
    assert read(looks["Alpha"]) == pytest.approx(level, rel=3e-3)
    assert read(looks["Per arm"]) == pytest.approx(size(0.004, 0.003, 0.9, level), rel=1e-3)
    assert read(counted["Per arm"]) == pytest.approx(size(0.004, 0.003, power, level), rel=1e-3)
    z = norm.ppf(0.95) + norm.ppf(power)
    assert read(guarded["Per arm"]) == math.ceil(z**2 * 2 * 0.978 * 0.022 / 0.003**2)


def test_timing_of_churn_cannot_end_by_the_date(cases):
    needed = math.ceil(size(0.05, 0.045))
    days = math.ceil(2 * needed / 500) + 30
    assert (needed, days) == (28_408, 144)
    (said,) = boxes(cases["churn-feed"]["timing"], "problem")
    assert "The experiment cannot end by the date" in said
    assert f"takes {needed:,} per arm" in said
    assert f"{days} days with 2 arms" in said
    assert "106 days are there, from 15 December 2026 to 31 March 2027" in said
    units = (106 - 30) * 500 / 2
    seen = [1 - smallest_fall(0.05, units, power) / 0.05 for power in (0.8, 1 - 0.2 / 4)]
    assert [f"{one:.1%}" for one in seen] == ["12.2%", "15.5%"]
    assert "a change of 12.2% relative, or of 15.5% relative with all that is counted below" in said
    headline = boxes(cases["churn-feed"]["numbers"], "problem")[0]
    assert "it takes 144 days, and 106 are there" in headline


def test_worth_of_churn_agrees_with_draws_of_another_generator(cases):
    rng = np.random.default_rng(7)
    median, sigma = lognormal(0.4, 0.9)
    gain = median * np.exp(sigma * rng.standard_normal(400_000))
    low, high = (math.log(p / (1 - p)) for p in (0.12, 0.25))
    logit = (low + high) / 2 + (high - low) / (2 * Z90) * rng.standard_normal(400_000)
    net = 800_000 * 12 / (1 + np.exp(-logit)) * (gain - 0.05 * 0.05) - 9000 * 12
    middle, ends = key_figures(cases["churn-feed"]["worth"])["A year, all costs off (P50)"]
    first, last = ends.replace("\u00a0", " ").removeprefix("P5 to P95: ").split(" to ")
    shown = [read(one) for one in (first, middle, last)]
    assert shown == pytest.approx(np.quantile(net, [0.05, 0.5, 0.95]), rel=0.01)


def test_paths_of_fraud_pay_the_difference_in_predictions(cases):
    """Quality and cost are each path's own; the running cost holds the predictions of the chosen one.

    The rules state a running cost of their own, that of their predictions: they run today.
    """
    paths = {row["Model path"]: row for row in rows(cases["fraud-detection"]["worth"])}
    for name, precision, recall, cost in (
        ("rules", 0.62, 0.55, 0.0001),
        ("logistic regression on burst counts", 0.94, 0.71, 0.0004),
        ("gradient boosted trees (chosen)", 0.98, 0.92, 0.0009),
    ):
        saved = (0.0009 - cost) * 48e6 if name != "rules" else 12 * 22_000 - 4_800
        ends = [fraud_net(one, precision, recall) + saved for one in (90, 130)]
        shown = re.findall(r"\d\.\d+", paths[name]["Net, a year (P5 to P95)"])
        assert [float(one) * MILLION for one in shown] == pytest.approx(ends, rel=5e-3)
        assert read(paths[name]["Predictions, a year"]) == pytest.approx(cost * 48e6)


def test_paths_of_contracts_cost_what_the_case_says_and_two_are_tied(cases):
    blocks = cases["contract-deadlines"]["worth"]
    million = {row["Model path"]: row["A million predictions"] for row in rows(blocks)}
    each = {"fine-tuned model": 0.06, "rules": 0.002, "hybrid (chosen)": 0.015}
    for name, cost in each.items():
        assert read(million[name]) == cost * MILLION
    assert million["fine-tuned model"] == "60,000 USD (too dear)"
    assert "these cannot be told apart: fine-tuned model, hybrid." in strings(blocks)
    (f1,) = rows(cases["contract-deadlines"]["ceilings"], "F1")
    assert read(f1["Within reach"]) == pytest.approx((1 + math.sqrt(2 * 0.93 - 1)) / 2, abs=5e-4)


def test_worth_of_moderation_breaks_even_above_what_can_be_reached(cases):
    benefit, harm = lognormal(1.5, 3.5)[0], lognormal(6, 15)[0]
    even = (harm + 0.05) / (benefit + harm)
    assert f"{even:.0%}" == "81%"
    shown, _ = key_figures(cases["content-moderation"]["worth"])["Break-even precision"]
    assert shown == "81%"
    (said,) = boxes(cases["content-moderation"]["numbers"], "problem")
    assert "it pays from a precision of 81% on, and 70% is assumed" in said


@pytest.mark.parametrize(
    ("kind", "by_hand"),
    [
        ("detection", 12 * (800 * (0.5 * 60 - 2 - 0.5 * 4) - 9000)),
        ("regression", 12 * (50_000 * (12 - 9) * (1 + 3) / 2 - 9000)),
        ("assist", 12 * (50_000 * (0.4 * (1 + 6 * 40 / 60 - 0.05 * 3) - 40 / 60) - 9000)),
    ],
)
def test_worth_of_exact_inputs_is_the_sum_worked_by_hand(tmp_path, kind, by_hand):
    figures = key_figures(computed(written(tmp_path, complete(kind)))["worth"])
    middle, ends = figures["A year, all costs off (P50)"]
    assert read(middle) == pytest.approx(by_hand, rel=5e-3)
    assert ends.replace("\u00a0", " ") == f"P5 to P95: {middle}"
