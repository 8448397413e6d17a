"""What step 4 is expected to hold: metrics in three layers, and the least that is worth shipping."""

from __future__ import annotations

from collections.abc import Iterator

from kit.rules.case import Case
from kit.rules.rule import Said, gap, rule


@rule("ME001", "warning")
def metrics_not_started(case: Case) -> Iterator[Said]:
    """Asks for step 4.

    Why it matters: what counts as success is agreed on before there is a model. Afterwards, everybody finds a
    measure by which it succeeded.

    Bad:
        metrics:

    Good:
        metrics: {model: [{name: precision}], business: [{name: fraud blocked per quarter}]}

    Source: AI-PM guide, step 4.
    """
    if not any(case.tree.get(key) for key in ("metrics", "value", "experiment")):
        message = "Nothing is written yet for the step 'Dual metrics'."
        yield Said(path="metrics", message=message, remedy="Open its workbook.")


@gap("ME101", "warning", "metrics.model", requires=("ME001",))
def model_metric_missing() -> tuple[str, str]:
    """Asks for a measure of the model on data, before anybody uses it.

    Why it matters: without one a model is judged by taste, or only once it is in front of users, when a
    mistake is dear.

    Bad:
        metrics: {model: }

    Good:
        metrics: {model: [{name: precision, baseline: 62%, target: 98%, ship_at: 94%, better: higher}]}

    Source: AI-PM guide, step 4.
    """
    return "No model metric is named.", "Name one that can be measured before launch."


@gap("ME102", "warning", "metrics.model.*.baseline", requires=("ME001", "ME101"))
def metric_without_baseline() -> tuple[str, str]:
    """Asks where a model metric stands today, with today's way or the simplest rule.

    Why it matters: a target says nothing until one knows what is reached without the model. Often a rule is
    nearly as good, and nobody had looked.

    Bad:
        metrics: {model: [{baseline: }]}

    Good:
        metrics: {model: [{baseline: {value: 62%, from: guess, source: rules of today}}]}

    Source: OKR template; AI-PM guide, step 4.
    """
    return "It has no baseline.", "Say what today's way, or the simplest rule, reaches."


@gap("ME103", "warning", "metrics.model.*.target", requires=("ME001", "ME101"))
def metric_without_target() -> tuple[str, str]:
    """Asks what a model metric is to reach.

    Why it matters: without a number the work on the model has no end, and what it takes in flags, rows and
    money cannot be worked out.

    Bad:
        metrics: {model: [{target: }]}

    Good:
        metrics: {model: [{target: {value: 98%, from: benchmark, source: AI-PM guide}}]}

    Source: AI-PM guide, step 4.
    """
    return "It has no target.", "Set the number to be reached."


@gap("ME104", "advice", "metrics.model.*.ship_at", requires=("ME001", "ME101"))
def metric_without_ship_at() -> tuple[str, str]:
    """Asks for the least value of a model metric that is worth shipping.

    Why it matters: the target is where one wants to end. If nothing below it may ship, users are reached
    late, and what they would have taught the model comes later still.

    Bad:
        metrics: {model: [{ship_at: }]}

    Good:
        metrics: {model: [{ship_at: {value: 94%, from: benchmark, source: OKR template}}]}

    Source: Who owns the roadmap, on the minimum viable model.
    """
    return "It has no ship-at.", "Say what is the least worth shipping."


@gap("ME105", "warning", "metrics.adoption", requires=("ME001",))
def adoption_layer_missing() -> tuple[str, str]:
    """Asks for a measure of whether people use what the model gives them.

    Why it matters: between a good model and a better business stand people who may overrule it or not look at
    it. A fall in the model's quality shows here first, weeks before it shows in money.

    Bad:
        metrics: {adoption: }

    Good:
        metrics: {adoption: [{name: flags overridden by agents, baseline: 38%, target: 2%, better: lower}]}

    Source: AI-PM guide, on accuracy, adoption and return.
    """
    return "No adoption metric is named.", "Name one that shows people use the result."


@gap("ME106", "warning", "metrics.business", requires=("ME001",))
def business_layer_missing() -> tuple[str, str]:
    """Asks for the goal's metric among the metrics.

    Why it matters: a dashboard without it celebrates scores. Whether the model was worth building shows in
    this layer alone.

    Bad:
        metrics: {business: }

    Good:
        metrics: {business: [{name: fraud blocked per quarter}]}

    Source: AI-PM guide, on accuracy, adoption and return.
    """
    return "No business metric is named.", "Refer to the goal's metric by name."


@gap("ME111", "warning", "metrics.minimum_viable", requires=("ME001",))
def minimum_viable_missing() -> tuple[str, str]:
    """Asks for the least that a model must do to be shipped: quality, latency and cost.

    Why it matters: agreed on late, the bar is set where the model happens to be. Agreed on early, it says
    which paths need not be tried at all.

    Bad:
        metrics: {minimum_viable: }

    Good:
        metrics: {minimum_viable: {quality: precision >= 0.94, latency: 100 ms, cost_per_prediction: 0.001 USD}}

    Source: Who owns the roadmap, on the minimum viable model.
    """
    return "The least a model must do to ship is missing.", "Set quality, latency and cost."


@gap("ME113", "warning", "metrics.minimum_viable.latency", requires=("ME001", "ME111"))
def minimum_viable_without_latency() -> tuple[str, str]:
    """Asks for the longest time that one prediction may take.

    Why it matters: the best model is often the slowest. What comes after the moment at which it is needed is
    as good as no prediction.

    Bad:
        metrics: {minimum_viable: {latency: }}

    Good:
        metrics: {minimum_viable: {latency: 100 ms}}

    Source: Who owns the roadmap, on model paths and the minimum viable model.
    """
    message = "The minimum viable model has no limit for its latency."
    return message, "Say how long one prediction may take at most."


@gap("ME114", "warning", "metrics.minimum_viable.cost_per_prediction", requires=("ME001", "ME111"))
def minimum_viable_without_cost() -> tuple[str, str]:
    """Asks for the highest cost of one prediction.

    Why it matters: a few cents are nothing in a demonstration. Over four million payments a month they are
    more than the model brings.

    Bad:
        metrics: {minimum_viable: {cost_per_prediction: }}

    Good:
        metrics: {minimum_viable: {cost_per_prediction: 0.001 USD}}

    Source: Who owns the roadmap, on model paths and the minimum viable model.
    """
    message = "The minimum viable model has no limit for its cost."
    return message, "Say what one prediction may cost at most."


@gap("ME122", "warning", "metrics.adoption.*.target", requires=("ME001", "ME105"))
def adoption_metric_without_target() -> tuple[str, str]:
    """Asks what an adoption metric is to reach.

    Why it matters: without a number any use at all counts as enough. A model that few people follow then looks
    like one that works, and nobody asks why.

    Bad:
        metrics: {adoption: [{target: }]}

    Good:
        metrics: {adoption: [{target: {value: 2%, from: benchmark, source: AI-PM guide}}]}

    Source: AI-PM guide, on accuracy, adoption and return.
    """
    return "It has no target.", "Set the number to be reached."


@gap("ME123", "advice", "metrics.minimum_viable.time_to_detect_drift", requires=("ME001", "ME111"))
def drift_unwatched() -> tuple[str, str]:
    """Asks within which time drift must be noticed.

    Why it matters: the world moves and the model does not. Until somebody notices, it goes on being wrong, and
    the time that this may take decides what has to be watched, and how often.

    Bad:
        metrics: {minimum_viable: {time_to_detect_drift: }}

    Good:
        metrics: {minimum_viable: {time_to_detect_drift: 1 day}}

    Source: Who owns the roadmap, on deployment metrics; OKR template, on deployment and monitoring.
    """
    message = "Nothing says how soon drift must be noticed."
    return message, "Give the longest time that it may go unnoticed."


@gap("ME124", "advice", "metrics.minimum_viable.time_to_retrain", requires=("ME001", "ME111"))
def retraining_time_missing() -> tuple[str, str]:
    """Asks how long it may take to retrain the model.

    Why it matters: from the alarm to a better model, users have the bad one. Where that is to take a day and
    not a month, the pipeline has to be built for it.

    Bad:
        metrics: {minimum_viable: {time_to_retrain: }}

    Good:
        metrics: {minimum_viable: {time_to_retrain: 12 h}}

    Source: Who owns the roadmap, on deployment metrics; OKR template, on deployment and monitoring.
    """
    message = "Nothing says how long retraining may take."
    return message, "Give the longest time from the alarm to a new model."


METRICS_GAPS = (
    metrics_not_started,
    model_metric_missing,
    metric_without_baseline,
    metric_without_target,
    metric_without_ship_at,
    adoption_layer_missing,
    business_layer_missing,
    minimum_viable_missing,
    minimum_viable_without_latency,
    minimum_viable_without_cost,
    adoption_metric_without_target,
    drift_unwatched,
    retraining_time_missing,
)
