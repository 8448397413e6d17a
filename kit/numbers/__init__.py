"""Pure quantitative models: numbers in, numbers out. Knows no brief.

Words and units used throughout:

- *case*: what one prediction is about; *true case*: one that has the outcome looked for
- *flag*: a prediction that says "true"; *precision*: share of flags that are right;
  *recall*: share of the true cases that are flagged; *prevalence*: share of true cases
- *take-rate*: share of flags, or results, that people act on
- *alpha*: chance of a false alarm; *power*: chance to see an effect that is there
- *arm*: one side of an experiment, the control included
- shares are from 0 to 1, times in days, money in one currency, rates per one time
"""

from kit.numbers import (
    data_size,
    drift,
    enrolment,
    estimates,
    experiment,
    fairness,
    label_noise,
    looks,
    means,
    paths,
    rates,
    thresholds,
    uncertainty,
    value,
)

__all__ = [
    "data_size",
    "drift",
    "enrolment",
    "estimates",
    "experiment",
    "fairness",
    "label_noise",
    "looks",
    "means",
    "paths",
    "rates",
    "thresholds",
    "uncertainty",
    "value",
]
