"""How long 100,000 draws of the value bridge take, beside bare NumPy on the same draws.

Run with `python bench/value_bridge.py`. The limit is 30 ms.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np

from kit.numbers.uncertainty import Estimate, interval, probability_below, sample
from kit.numbers.value import expected_value

DRAWS = 100_000
REPEATS = 60
LIMIT = 30.0  # ms

INPUTS: dict[str, Estimate] = {
    "volume": Estimate(low=9e5, high=1.3e6, kind="positive"),
    "prevalence": Estimate(low=0.03, high=0.07, kind="share"),
    "precision": Estimate(low=0.5, high=0.7, kind="share"),
    "recall": Estimate(low=0.4, high=0.6, kind="share"),
    "take_rate": Estimate(low=0.1, high=0.3, kind="share"),
    "benefit": Estimate(low=40, high=80, kind="positive"),
    "cost_false_positive": Estimate(low=2, high=6, kind="positive"),
    "cost_action": Estimate(low=1, high=3, kind="positive"),
}
RUN_COST = 108_000.0
CAPACITY = 36_000.0
Z95 = 1.6448536269514722


def kit_way() -> tuple[float, float, float, float]:
    """Draws, the bridge, its interval and the probability of a loss, as the kit does it."""
    rng = np.random.default_rng(1)
    draws = {name: sample(one, rng, DRAWS) for name, one in INPUTS.items()}
    net = expected_value(**draws, run_cost=RUN_COST, capacity=CAPACITY).net
    ends = interval(net)
    return ends.low, ends.median, ends.high, probability_below(net)


def bare_way() -> tuple[float, float, float, float]:
    """The same by hand: no check, no class, the same distributions and random numbers."""
    rng = np.random.default_rng(1)
    drawn = {}
    for name, one in INPUTS.items():
        z = rng.standard_normal(DRAWS)
        if one.kind == "positive":
            low, high = np.log(one.low), np.log(one.high)
            drawn[name] = np.exp((low + high) / 2 + z * ((high - low) / (2 * Z95)))
        else:
            low, high = np.log(one.low / (1 - one.low)), np.log(one.high / (1 - one.high))
            drawn[name] = 1 / (1 + np.exp(-((low + high) / 2 + z * ((high - low) / (2 * Z95)))))
    p = drawn["precision"]
    flags = drawn["volume"] * drawn["prevalence"] * drawn["recall"] / p
    handled = np.minimum(flags * drawn["take_rate"], CAPACITY)
    cost = drawn["cost_action"] + (1 - p) * drawn["cost_false_positive"]
    net = handled * (p * drawn["benefit"] - cost) - RUN_COST
    low, median, high = np.quantile(net, [0.05, 0.5, 0.95])
    return float(low), float(median), float(high), float(np.mean(net < 0))


def milliseconds(way: Callable[[], object]) -> list[float]:
    """Sorted times of one call each."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        way()
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)


def main() -> int:
    """Measure both, say what came out."""
    if not np.allclose(kit_way(), bare_way(), rtol=1e-9):
        sys.stdout.write("The two ways give different figures.\n")
        return 1
    kit, bare = milliseconds(kit_way), milliseconds(bare_way)
    middle, late = REPEATS // 2, int(REPEATS * 0.95)
    sys.stdout.write(
        f"value bridge, {DRAWS:,} draws of {len(INPUTS)} ranged inputs, {REPEATS} runs each\n"
        f"  kit         median {kit[middle]:6.1f} ms   95th percentile {kit[late]:6.1f} ms\n"
        f"  bare NumPy  median {bare[middle]:6.1f} ms   95th percentile {bare[late]:6.1f} ms\n"
        f"  ratio       {kit[middle] / bare[middle]:.2f}\n"
        f"  limit       {LIMIT:.0f} ms at the 95th percentile: "
        f"{'held' if kit[late] <= LIMIT else 'NOT held'}\n"
    )
    return 0 if kit[late] <= LIMIT else 1


if __name__ == "__main__":
    raise SystemExit(main())
