"""What each model path brings in money: one bridge for all, each with its own quality and costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kit.appraisal.bridge import complete, net_of
from kit.appraisal.draws import Drawing
from kit.appraisal.fault import out_of_reach
from kit.appraisal.inputs import Given, Inputs
from kit.appraisal.number import Input
from kit.appraisal.qualities import BROUGHT, quality_of
from kit.appraisal.reading import Reading
from kit.brief import Value
from kit.numbers.domain import Array

_ROUNDED = 0.95  # of a cost: two figures so near are one, rounded
_NOT_INPUTS = frozenset({"kind", "currency", "rates", "capacity"})


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """The value bridge without what a path brings itself, and the costs of the paths."""

    reading: Reading
    kind: str | None  # None without a value
    inputs: Inputs
    values: Mapping[str, Any]  # draws and numbers
    lacking: tuple[str, ...]  # keys of the value that no path can bring
    faulty: bool
    costs: Sequence[Input | None]  # of a prediction, by path
    chosen: int | None
    drawing: Drawing

    @classmethod
    def of(
        cls, reading: Reading, given: Given | None, names: Sequence[str], drawing: Drawing
    ) -> Ledger:
        """The paths by their names; what is wrong with the value itself, the bridge tells."""
        inputs = given.inputs if given else Inputs(read={}, waived={})
        missing = given.missing if given else ()
        choice = reading.at("hypothesis.chosen")
        return cls(
            reading=reading,
            kind=given.value.kind if given else None,
            inputs=inputs,
            values=drawing.of(inputs.estimates),
            lacking=tuple(key for key in missing if key.split(".")[-1] not in BROUGHT),
            faulty=bool(given and given.faults),
            costs=[
                reading.money(f"{_path(at)}.cost_per_prediction", needed=False)
                for at in range(len(names))
            ],
            chosen=names.index(choice) if choice in names else None,
            drawing=drawing,
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """Keys of the value that are missing; a running cost only where a path states none."""
        if self.kind is None:
            return ("value",)
        own = all(self._states_run_cost(at) for at in range(len(self.costs)))
        runs = "run_cost" in self.values
        return (*self.lacking, *([] if own or runs else ["value.run_cost"]))

    @property
    def on_top(self) -> bool:
        """Whether what the running cost holds of predictions is not known, so that all come on top."""
        known = self.chosen is not None and self.costs[self.chosen] is not None
        return not known or "run_cost" not in self.inputs.read

    def net(self, at: int) -> tuple[tuple[str, ...], Array | None]:
        """The keys that a path lacks, and its money per year in every draw."""
        if self.kind is None or self.lacking or "volume" not in self.values or self.faulty:
            return (), None
        # The chosen path's quality is that of the value: the same range gives the same draws.
        brought, lacks = quality_of(self.reading, self.kind, _path(at))
        if self.costs[at] is None and not self._states_run_cost(at):
            lacks = (*lacks, f"{_path(at)}.cost_per_prediction")
        running = self._running(at)
        streams = {key: key if at == self.chosen else one.key for key, one in brought.items()}
        draws = self.drawing.of({streams[key]: one.estimate for key, one in brought.items()})
        own = {key: draws[stream] for key, stream in streams.items()}
        values = {**self.values, **own, "run_cost": 0.0}
        if not lacks and not complete(self.kind, values, costs=True):
            needed = set(Value.keys_of(self.kind)) - _NOT_INPUTS - values.keys()
            lacks = tuple(f"value.{key}" for key in sorted(needed))
        if lacks or running is None:
            return lacks, None
        try:
            return (), np.atleast_1d(net_of(self.kind, values) - running)
        except ValueError as exc:
            self.reading.faults.append(out_of_reach(f"{_path(at)}.quality", exc))
            return (), None

    def _states_run_cost(self, at: int) -> bool:
        return self.reading.at(f"{_path(at)}.run_cost") is not None

    def _running(self, at: int) -> Array | None:
        """A path's own running cost; else the value's, which is the chosen path's, and the difference."""
        if self._states_run_cost(at):
            return self._own_running(at)
        if self.costs[at] is None or "run_cost" not in self.values:
            return None
        if self.on_top:
            return np.asarray(self.values["run_cost"] + self._predictions(at))
        if self.inputs.read["run_cost"].middle < _ROUNDED * self._predicted(self.chosen):
            self._refuse_less("value.run_cost", "hypothesis.chosen")
            return None
        more = self._predictions(at) - self._predictions(self.chosen)
        return np.asarray(self.values["run_cost"] + more)

    def _own_running(self, at: int) -> Array | None:
        key = f"{_path(at)}.run_cost"
        run = self.reading.money(key, per="year", needed=False)
        if run is None:  # not applicable, or told as a fault
            return None if self.reading.applies(key) else np.zeros(1)
        given = self.inputs.read.get("run_cost") if at == self.chosen else None
        if given is not None and not _near(run.middle, given.middle):
            self._refuse_two(key)
            return None
        if run.high < _ROUNDED * self._predicted(at):
            self._refuse_less(key, f"{_path(at)}.cost_per_prediction")
            return None
        return np.asarray(self.drawing.of({key: run.estimate})[key])

    def _predictions(self, at: int | None) -> Array:
        """Money per year for the predictions of a path, in every draw; 0 where their cost is not known."""
        cost = None if at is None else self.costs[at]
        if cost is None:
            return np.zeros(1)
        return np.asarray(
            self.drawing.of({cost.key: cost.estimate})[cost.key] * self.values["volume"]
        )

    def _predicted(self, at: int | None) -> float:
        """The same with cost and volume at their medians."""
        cost = None if at is None else self.costs[at]
        return cost.middle * self.inputs.read["volume"].middle if cost else 0.0

    def _refuse_less(self, key: str, predictions: str) -> None:
        self.reading.say(
            "contradiction",
            key,
            f"{key} is less than the predictions alone cost in a year, by {predictions} and value.volume.",
            "Count the predictions in, or look the cost of one up again.",
        )

    def _refuse_two(self, key: str) -> None:
        self.reading.say(
            "contradiction",
            key,
            f"{key} is another than value.run_cost, and both are the chosen path's.",
            "Write one of them, or the same.",
        )


def _near(one: float, other: float) -> bool:
    return min(one, other) >= _ROUNDED * max(one, other)


def _path(at: int) -> str:
    return f"hypothesis.paths.{at}"
