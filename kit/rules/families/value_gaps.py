"""What the second half of step 4 is expected to hold: what a year is worth, and how it will be known."""

from __future__ import annotations

from kit.rules.rule import gap


@gap("VE101", "warning", "value.volume", requires=("ME001",))
def value_volume_missing() -> tuple[str, str]:
    """Asks how many cases the model will meet, and in which time.

    Why it matters: every sum of the value bridge is a sum per case, times the cases. Without their number
    nobody can say what a year is worth, nor how many flags land on the desks.

    Bad:
        value: {volume: }

    Good:
        value: {volume: 4000000 payments/month}

    Source: AI-PM guide, step 4.
    """
    message = "The value bridge has no volume."
    return message, "Say how many cases there are, for example 100000/month."


@gap("VE102", "advice", "value.take_rate", requires=("ME001",))
def take_rate_missing() -> tuple[str, str]:
    """Asks for the share of the model's results that people act on.

    Why it matters: a result that is passed over brings nothing, however right it is. Between a good model
    and a good outcome stands adoption, and it is seldom 100%.

    Bad:
        value: {take_rate: }

    Good:
        value: {take_rate: 40% to 70%}

    Source: AI-PM guide, on accuracy, adoption and return.
    """
    return "The share of results that people act on is missing.", "Give a range."


@gap("VE103", "warning", "value.run_cost", requires=("ME001",))
def run_cost_missing() -> tuple[str, str]:
    """Asks what it costs to run the model.

    Why it matters: the gain comes with each case, the cost every month. A model that is right and seldom
    needed can lose money all year.

    Bad:
        value: {run_cost: }

    Good:
        value: {run_cost: {value: 22000, unit: USD/month, from: guess}}

    Source: AI-PM guide, on return.
    """
    return "The cost of running the model is missing.", "Give it per month."


@gap("VE104", "warning", "experiment.eligible_per_day", requires=("ME001",))
def experiment_inflow_missing() -> tuple[str, str]:
    """Asks how many units can enter the experiment on a day.

    Why it matters: how many are needed follows from the effect. How many days that takes follows from how
    many come, and many a plan ends there.

    Bad:
        experiment: {eligible_per_day: }

    Good:
        experiment: {eligible_per_day: {value: 12000, from: measured}}

    Source: Bringing an AI product to market, on experiments.
    """
    return "The experiment does not say how many can enter per day.", "Look up the daily number."


@gap("VE105", "warning", "experiment.effect", requires=("ME001",))
def experiment_effect_missing() -> tuple[str, str]:
    """Asks which change the experiment has to be able to see.

    Why it matters: half the effect takes four times the units. A test without a stated effect can end with
    "nothing found" where it had no chance to find anything.

    Bad:
        experiment: {effect: }

    Good:
        experiment: {effect: {value: -25% relative, from: target}}

    Source: Bringing an AI product to market, on experiments.
    """
    message = "The experiment does not say which effect it is to see."
    return message, "Give it, for example -10% relative."


@gap("VE106", "warning", "experiment.power", requires=("ME001",))
def experiment_power_missing() -> tuple[str, str]:
    """Asks how likely the experiment is to see the effect if it is there.

    Why it matters: at a power of 0.5 a coin would do as well for a model that works. The power is chosen
    before the size, since afterwards there is nothing left to choose.

    Bad:
        experiment: {power: }

    Good:
        experiment: {power: 0.9}

    Source: the definitions of significance and power of a test.
    """
    return "The experiment's power is missing.", "0.8 is usual."


@gap("VE107", "advice", "experiment.alpha", requires=("ME001", "VE105"))
def experiment_alpha_missing() -> tuple[str, str]:
    """Asks how often the experiment may see an effect that is not there.

    Why it matters: whoever picks the threshold after the result can pick the one that the result passes.

    Bad:
        experiment: {alpha: }

    Good:
        experiment: {alpha: 0.05}

    Source: the definitions of significance and power of a test.
    """
    message = "The experiment does not say how many false alarms it allows."
    return message, "Give alpha; 0.05 is usual."


@gap("VE108", "advice", "experiment.looks", requires=("ME001", "VE105"))
def looks_not_counted() -> tuple[str, str]:
    """Asks how often the result of the experiment will be tested.

    Why it matters: each look is one more chance of a false alarm. Five looks at 0.05 that nobody counts give
    one in about 14% of the tests of something that does nothing.

    Bad:
        experiment: {looks: }

    Good:
        experiment: {looks: 2}

    Source: Pocock (1977), Biometrika.
    """
    message = "The experiment does not say how often its result will be looked at."
    return message, "Count the looks that may end it, the last one included; 1 if only at the end."


@gap("VE109", "advice", "experiment.wait", requires=("ME001", "VE105"))
def experiment_wait_missing() -> tuple[str, str]:
    """Asks how long it takes until the outcome of a unit in the experiment is known.

    Why it matters: the last one to enter has to be waited for as well. For churn within 30 days the test
    ends 30 days after the last one came.

    Bad:
        experiment: {wait: }

    Good:
        experiment: {wait: 45 days}

    Source: AI-PM guide, step 3, on the wait for the true outcome.
    """
    message = "The experiment does not say how long it takes until an outcome is known."
    return message, "Give the time from entering to the outcome, for example 30 days."


VALUE_GAPS = (
    value_volume_missing,
    take_rate_missing,
    run_cost_missing,
    experiment_inflow_missing,
    experiment_effect_missing,
    experiment_power_missing,
    experiment_alpha_missing,
    looks_not_counted,
    experiment_wait_missing,
)
