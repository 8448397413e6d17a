"""The five steps: the parts of a brief that belong to each, and the letters of its rules."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Step:
    """One of the five steps."""

    name: str
    title: str
    keys: tuple[str, ...]  # the parts of the brief that belong to it
    code: str  # of the rule that finds it not started
    families: tuple[str, ...]  # the letters that its codes start with


STEPS = (
    Step(
        name="goal",
        title="Business goal",
        keys=("goal", "decision"),
        code="GO001",
        families=("GO",),
    ),
    Step(name="problem", title="User problem", keys=("problem",), code="PR001", families=("PR",)),
    Step(
        name="hypothesis",
        title="ML hypothesis",
        keys=("hypothesis",),
        code="HY001",
        families=("HY",),
    ),
    Step(
        name="metrics",
        title="Dual metrics",
        keys=("metrics", "value", "experiment"),
        code="ME001",
        families=("ME", "VE"),
    ),
    Step(name="data", title="Data requirements", keys=("data",), code="DA001", families=("DA",)),
)


def step_of(code: str) -> Step | None:
    """The step that a code belongs to; None for what concerns the file, or several steps."""
    return next((step for step in STEPS if code[:2] in step.families), None)
