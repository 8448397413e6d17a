"""What a brief is expected to hold, step by step; each gap has its code and its remedy."""

from __future__ import annotations

from dataclasses import dataclass

from kit.rules.finding import Severity


@dataclass(frozen=True, kw_only=True)
class Expected:
    """A key that a brief needs before it can be decided on."""

    code: str
    name: str
    path: str  # dotted key; `*` stands for every entry of a list
    message: str
    remedy: str
    severity: Severity = "warning"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One of the five steps, and what it is expected to hold."""

    name: str
    title: str
    keys: tuple[str, ...]  # the parts of the brief that belong to it
    code: str  # of the finding that nothing of the step is written yet
    families: tuple[str, ...]  # the letters that its codes start with
    expected: tuple[Expected, ...]


def _warn(code: str, name: str, path: str, message: str, remedy: str) -> Expected:
    return Expected(code=code, name=name, path=path, message=message, remedy=remedy)


def _advise(code: str, name: str, path: str, message: str, remedy: str) -> Expected:
    return Expected(
        code=code, name=name, path=path, message=message, remedy=remedy, severity="advice"
    )


GOAL = (
    _warn("GO101", "goal-without-metric", "goal.metric",
          "The goal names no business metric.", "Name it once; later steps refer to it."),
    _warn("GO102", "goal-without-unit", "goal.unit",
          "The goal's metric has no unit.", "Say what it is counted in, for example % or USD/month."),
    _warn("GO103", "goal-without-baseline", "goal.baseline",
          "The goal does not say where the metric stands today.", "Look it up, with source and date."),
    _warn("GO104", "goal-without-target", "goal.target",
          "The goal does not say how far the metric is to move.", "Set the number to be reached."),
    _warn("GO105", "goal-without-date", "goal.by",
          "The goal has no date.", "Say by which day the target is to be reached."),
    _warn("GO106", "goal-without-owner", "goal.owner",
          "Nobody owns the goal.", "Name the role that answers for the metric."),
    _advise("GO107", "goal-without-worth", "goal.worth",
            "The brief does not say what reaching the target is worth.", "Give a range per year."),
    _advise("GO108", "goal-without-levers", "goal.levers",
            "No levers are named.", "List what is thought to move the metric."),
    _warn("GO109", "decision-not-asked", "decision.asked",
          "The brief asks for no decision.", "Say what exactly is to be decided."),
    _warn("GO110", "decision-without-decider", "decision.decider",
          "Nobody is named to decide.", "Name the role that decides."),
    _warn("GO111", "decision-without-date", "decision.by",
          "The decision has no date.", "Say by which day it is needed."),
)  # fmt: skip

PROBLEM = (
    _warn("PR101", "problem-without-segment", "problem.who",
          "The brief does not say who has the problem.", "Name the segment."),
    _warn("PR102", "problem-not-stated", "problem.statement",
          "The problem is not stated.", "Write it in the user's own words, without a solution."),
    _warn("PR103", "problem-without-evidence", "problem.evidence",
          "Nothing shows that the problem is real.", "Add a finding with its source and sample size."),
    _advise("PR104", "evidence-without-source", "problem.evidence.*.source",
            "A finding has no source.", "Say where it can be looked up."),
    _advise("PR105", "problem-without-workaround", "problem.today",
            "The brief does not say how people cope today.", "Describe what they do now."),
    _warn("PR106", "problem-without-reach", "problem.reach",
          "The brief does not say how many are affected.", "Give a number, with its unit and source."),
)  # fmt: skip

HYPOTHESIS = (
    _warn("HY101", "capability-missing", "hypothesis.capability",
          "The hypothesis names no capability.", "Say what the model can do for the user."),
    _warn("HY102", "task-missing", "hypothesis.task",
          "The kind of prediction is not chosen.", "Choose one, for example ranking."),
    _warn("HY103", "entity-missing", "hypothesis.entity",
          "The brief does not say what one prediction is about.", "Name the entity."),
    _warn("HY104", "outcome-missing", "hypothesis.outcome",
          "The brief does not say what is predicted.", "Describe the outcome so that two people agree on it."),
    _warn("HY105", "wait-missing", "hypothesis.wait",
          "The brief does not say when the true outcome is known.", "Give the wait, for example 30 days."),
    _warn("HY106", "action-missing", "hypothesis.action",
          "The brief does not say what happens with a prediction.", "Name the action that follows."),
    _warn("HY107", "control-missing", "hypothesis.control",
          "The brief does not say who is in control.", "Choose: decides, approves, can override, none."),
    _warn("HY108", "user-metric-missing", "hypothesis.expected.metric",
          "No change in what users do is paired with the model.", "Name the user metric that is to change."),
    _warn("HY109", "user-change-missing", "hypothesis.expected.change",
          "The size of the change in what users do is missing.", "Give it, for example +15%."),
    _warn("HY110", "falsifier-missing", "hypothesis.wrong_if",
          "Nothing could prove the hypothesis wrong.", "Name the observation that would."),
    _warn("HY111", "error-tolerance-missing", "hypothesis.errors.tolerance",
          "The brief does not say what a wrong prediction does.", "Choose tolerant or intolerant."),
    _warn("HY112", "alternative-missing", "hypothesis.alternatives",
          "No simpler way is named.", "Name a rule or a process, and how far it gets."),
    _advise("HY113", "paths-missing", "hypothesis.paths",
            "No model paths are compared.", "Compare the rule, the simple and the complex model."),
    _advise("HY114", "trade-off-missing", "hypothesis.trade_off",
            "The brief does not say which of speed, quality and features gives way.", "Choose one."),
    _warn("HY115", "ethics-missing", "hypothesis.ethics",
          "No ethical question is answered.", "Start with: who is left out or harmed?"),
)  # fmt: skip

METRICS = (
    _warn("ME101", "model-metric-missing", "metrics.model",
          "No model metric is named.", "Name one that can be measured before launch."),
    _warn("ME102", "metric-without-baseline", "metrics.model.*.baseline",
          "A model metric has no baseline.", "Say what today's way, or the simplest rule, reaches."),
    _warn("ME103", "metric-without-target", "metrics.model.*.target",
          "A model metric has no target.", "Set the number to be reached."),
    _advise("ME104", "metric-without-ship-at", "metrics.model.*.ship_at",
            "A model metric has no ship-at value.", "Say what is the least worth shipping."),
    _warn("ME105", "adoption-layer-missing", "metrics.adoption",
          "No adoption metric is named.", "Name one that shows people use the result."),
    _warn("ME106", "business-layer-missing", "metrics.business",
          "No business metric is named.", "Refer to the goal's metric by name."),
    _warn("ME107", "guardrail-missing", "metrics.guardrails",
          "Nothing guards against harm.", "Name what must not get worse, with a limit."),
    _warn("ME108", "guardrail-without-limit", "metrics.guardrails.*.limit",
          "A guardrail has no limit.", "Set the limit that must not be crossed."),
    _warn("ME109", "gaming-missing", "metrics.gaming",
          "Nobody asked how a target could be gamed.", "Name a way for each target, and its guardrail."),
    _warn("ME110", "fairness-missing", "metrics.fairness",
          "No fairness gap is set.", "Name the measure, the groups and the largest gap allowed."),
    _warn("ME111", "minimum-viable-missing", "metrics.minimum_viable",
          "The least a model must do to ship is missing.", "Set quality, latency and cost."),
    _warn("ME112", "decision-table-missing", "metrics.decision_table",
          "What a result leads to was not agreed.", "Fill the decision table before the test."),
    _warn("VE101", "value-volume-missing", "value.volume",
          "The value bridge has no volume.", "Say how many cases there are, for example 100000/month."),
    _advise("VE102", "take-rate-missing", "value.take_rate",
            "The share of results that people act on is missing.", "Give a range."),
    _warn("VE103", "run-cost-missing", "value.run_cost",
          "The cost of running the model is missing.", "Give it per month."),
    _warn("VE104", "experiment-inflow-missing", "experiment.eligible_per_day",
          "The experiment does not say how many can enter per day.", "Look up the daily number."),
    _warn("VE105", "experiment-effect-missing", "experiment.effect",
          "The experiment does not say which effect it is to see.", "Give it, for example -10% relative."),
    _warn("VE106", "experiment-power-missing", "experiment.power",
          "The experiment's power is missing.", "0.8 is usual."),
)  # fmt: skip

DATA = (
    _warn("DA101", "source-missing", "data.sources",
          "No data source is named.", "List every source that the model needs."),
    _warn("DA102", "source-without-owner", "data.sources.*.owner",
          "A source has no owner.", "Name the team that answers for it."),
    _warn("DA103", "source-without-access", "data.sources.*.access",
          "It is not said whether a source can be had.", "Choose: have, asked or blocked."),
    _warn("DA104", "source-without-refresh", "data.sources.*.refresh",
          "It is not said how often a source is updated.", "Say it, for example daily."),
    _warn("DA105", "source-without-history", "data.sources.*.history",
          "It is not said how far back a source goes.", "Say it, for example 18 months."),
    _warn("DA106", "prediction-time-unchecked", "data.sources.*.known_at_prediction",
          "It is not said whether a source is known at the moment of prediction.", "Check, and say true or false."),
    _advise("DA107", "bias-unanswered", "data.sources.*.bias",
            "The bias of a source is not discussed.", "Say who or what is over- or under-represented."),
    _warn("DA108", "label-undefined", "data.label.definition",
          "The label is not defined.", "Say precisely what counts as the outcome."),
    _warn("DA109", "label-without-source", "data.label.source",
          "The label has no source.", "Say where it comes from."),
    _warn("DA110", "label-without-delay", "data.label.delay",
          "It is not said when the label is known.", "Give the delay, for example 1 day."),
    _advise("DA111", "feedback-missing", "data.feedback",
            "No signal from use comes back.", "Name what people do or say that could be learned from."),
    _advise("DA112", "moat-missing", "data.moat",
            "Nothing is said about what is hard to copy.", "Say what is proprietary, or why nothing is."),
)  # fmt: skip

STEPS = (
    Step(
        name="goal",
        title="Business goal",
        keys=("goal", "decision"),
        code="GO001",
        families=("GO",),
        expected=GOAL,
    ),
    Step(
        name="problem",
        title="User problem",
        keys=("problem",),
        code="PR001",
        families=("PR",),
        expected=PROBLEM,
    ),
    Step(
        name="hypothesis",
        title="ML hypothesis",
        keys=("hypothesis",),
        code="HY001",
        families=("HY",),
        expected=HYPOTHESIS,
    ),
    Step(
        name="metrics",
        title="Dual metrics",
        keys=("metrics", "value", "experiment"),
        code="ME001",
        families=("ME", "VE"),
        expected=METRICS,
    ),
    Step(
        name="data",
        title="Data requirements",
        keys=("data",),
        code="DA001",
        families=("DA",),
        expected=DATA,
    ),
)


def step_of(code: str) -> Step | None:
    """The step that a code belongs to; None for what concerns the file as a whole."""
    return next((step for step in STEPS if code[:2] in step.families), None)
