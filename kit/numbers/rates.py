"""Precision, recall and prevalence, and what they imply for flags, errors and rankings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kit.numbers.domain import (
    Array,
    Result,
    inner_share,
    not_negative,
    positive,
    scalar_or_array,
    share,
    single,
    whole,
)
from kit.numbers.label_noise import (
    accuracy_under_label_noise,
    noise_from_agreement,
    recall_under_label_noise,
)
from kit.numbers.normal import ndtr, ndtri

__all__ = [
    "Confusion",
    "accuracy_under_label_noise",
    "alerts",
    "confusion",
    "f_score",
    "implied_false_positive_rate",
    "never_flagging_accuracy",
    "noise_from_agreement",
    "precision_at",
    "recall_under_label_noise",
    "recall_within_capacity",
    "required_auc",
    "wilson_interval",
]


def implied_false_positive_rate(
    precision: ArrayLike, recall: ArrayLike, prevalence: ArrayLike
) -> Result:
    """Share of the negative cases that is flagged, given precision, recall and prevalence.

    Parameters
    ----------
    precision : array_like
        Share of flags that are right. [share]
    recall : array_like
        Share of the true cases that is flagged. [share]
    prevalence : array_like
        Share of true cases among all cases. [share]

    Returns
    -------
    numpy.float64 or array
        0 where nothing is flagged, at a recall or prevalence of 0, and where there is no negative
        case. [share]

    Raises
    ------
    ValueError
        If an argument is no share, or the precision is so low that there are not as many negative
        cases as wrong flags. A precision of at least the prevalence, which is what flagging
        everything gives, can always be.

    Notes
    -----
    ``fpr = prevalence * recall * (1 - precision) / (precision * (1 - prevalence))``

    References
    ----------
    Bayes' theorem for a binary test; Fawcett (2006), Pattern Recognition Letters 27:861.

    Examples
    --------
    >>> round(float(implied_false_positive_rate(0.98, 0.92, 0.001)), 9)
    1.8794e-05
    """
    p, r = share("precision", precision), share("recall", recall)
    prior = share("prevalence", prevalence)
    wrong, negatives = _flags(p, r, prior) * (1 - p), 1 - prior
    rate = np.where(negatives > 0, wrong / np.where(negatives > 0, negatives, 1.0), 0.0)
    return scalar_or_array(np.minimum(rate, 1.0))


def alerts(
    volume: ArrayLike, prevalence: ArrayLike, precision: ArrayLike, recall: ArrayLike
) -> Result:
    """Number of flags, in the time that the volume is given for.

    Parameters
    ----------
    volume : array_like
        Cases per time. [cases/time]
    prevalence, precision, recall : array_like
        As in `implied_false_positive_rate`. [share]

    Returns
    -------
    numpy.float64 or array
        0 where there is nothing to find or nothing is found. [flags/time]

    Raises
    ------
    ValueError
        If an argument is out of its range, or as `implied_false_positive_rate`: there are never more
        flags than cases.

    Notes
    -----
    ``flags = volume * prevalence * recall / precision``

    References
    ----------
    Definition of precision and recall: van Rijsbergen (1979), Information Retrieval.

    Examples
    --------
    >>> round(float(alerts(1_000_000, 0.001, 0.98, 0.92)), 2)
    938.78
    """
    cases = not_negative("volume", volume)
    flags = _flags(
        share("precision", precision), share("recall", recall), share("prevalence", prevalence)
    )
    return scalar_or_array(cases * flags)


def required_auc(precision: ArrayLike, recall: ArrayLike, prevalence: ArrayLike) -> Result:
    """Roughly how good a ranking has to be, as area under the ROC curve.

    A heuristic: it supposes that the scores of both classes are normal with one variance.

    Parameters
    ----------
    precision, recall, prevalence : array_like
        As in `implied_false_positive_rate`. [share]

    Returns
    -------
    numpy.float64 or array
        1 where no wrong flag is allowed, which is also the limit of a prevalence of 0, and where
        nothing may be missed. [share]

    Raises
    ------
    ValueError
        As `implied_false_positive_rate`; also for a recall of 0, and where everything is flagged:
        neither asks for a ranking.

    Notes
    -----
    ``auc = Phi((z(recall) - z(fpr)) / sqrt(2))``

    References
    ----------
    Hanley (1988), Medical Decision Making 8:197, the equal-variance binormal model.

    Examples
    --------
    >>> round(float(required_auc(0.98, 0.92, 0.001)), 5)
    0.99995
    """
    r = share("recall", recall)
    if np.any(r == 0):
        raise ValueError("recall: expected a share above 0, found 0")
    fpr = np.asarray(implied_false_positive_rate(precision, r, prevalence))
    if np.any((r == 1) & (fpr == 1)):
        raise ValueError(
            "precision: expected more than what flagging everything gives, the prevalence"
        )
    return scalar_or_array(ndtr((ndtri(r) - ndtri(fpr)) / np.sqrt(2)))


def never_flagging_accuracy(prevalence: ArrayLike) -> Result:
    """Accuracy of a model that never flags.

    Parameters
    ----------
    prevalence : array_like
        Share of true cases. [share]

    Returns
    -------
    numpy.float64 or array
        [share]

    Raises
    ------
    ValueError
        If the prevalence is no share.

    Notes
    -----
    ``accuracy = 1 - prevalence``

    References
    ----------
    Definition of accuracy; the null or no-information rate.

    Examples
    --------
    >>> float(never_flagging_accuracy(0.001))
    0.999
    """
    return scalar_or_array(1 - share("prevalence", prevalence))


def precision_at(sensitivity: ArrayLike, specificity: ArrayLike, prevalence: ArrayLike) -> Result:
    """Precision (positive predictive value) of a test at a prevalence.

    Parameters
    ----------
    sensitivity : array_like
        Share of the true cases that is flagged. [share]
    specificity : array_like
        Share of the negative cases that is not flagged. [share]
    prevalence : array_like
        Share of true cases. [share]

    Returns
    -------
    numpy.float64 or array
        [share]

    Raises
    ------
    ValueError
        If an argument is no share, or nothing at all is flagged.

    Notes
    -----
    ``ppv = s * p / (s * p + (1 - c) * (1 - p))``

    References
    ----------
    Bayes' theorem; Altman & Bland (1994), BMJ 309:102.

    Examples
    --------
    >>> round(float(precision_at(0.90, 0.99, 0.001)), 5)
    0.08264
    """
    s, c = share("sensitivity", sensitivity), share("specificity", specificity)
    prior = share("prevalence", prevalence)
    right, wrong = s * prior, (1 - c) * (1 - prior)
    if np.any(right + wrong == 0):
        raise ValueError("sensitivity: expected that something is flagged, found nothing at all")
    return scalar_or_array(right / (right + wrong))


def f_score(precision: ArrayLike, recall: ArrayLike, beta: ArrayLike = 1.0) -> Result:
    """Weighted harmonic mean of precision and recall.

    Parameters
    ----------
    precision, recall : array_like
        [share]
    beta : array_like
        How many times as much recall counts. [-]

    Returns
    -------
    numpy.float64 or array
        0 where precision and recall are both 0. [share]

    Raises
    ------
    ValueError
        If a share is none, or beta is not above 0.

    Notes
    -----
    ``F = (1 + beta^2) * p * r / (beta^2 * p + r)``

    References
    ----------
    van Rijsbergen (1979), Information Retrieval, chapter 7.

    Examples
    --------
    >>> round(float(f_score(0.5, 1.0)), 4)
    0.6667
    """
    p, r = share("precision", precision), share("recall", recall)
    weight = 1 / (1 + np.minimum(positive("beta", beta), 1e100) ** 2)  # of the precision
    below = weight * r + (1 - weight) * p
    return scalar_or_array(np.where(below > 0, p * r / np.where(below > 0, below, 1.0), 0.0))


def recall_within_capacity(
    capacity: ArrayLike, volume: ArrayLike, prevalence: ArrayLike, precision: ArrayLike
) -> Result:
    """The highest recall at which the flags still fit the people who handle them.

    Parameters
    ----------
    capacity : array_like
        Flags that can be handled in the time of the volume. [flags/time]
    volume : array_like
        Cases per time. [cases/time]
    prevalence, precision : array_like
        [share]

    Returns
    -------
    numpy.float64 or array
        At most 1; 1 where there is nothing to find; 0 at a precision of 0. [share]

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Notes
    -----
    ``recall = min(1, capacity * precision / (volume * prevalence))``

    References
    ----------
    `alerts`, solved for recall.

    Examples
    --------
    >>> float(recall_within_capacity(800, 100_000, 0.05, 0.5))
    0.08
    """
    room = not_negative("capacity", capacity, infinite=True)
    there = not_negative("volume", volume) * share("prevalence", prevalence)
    p = share("precision", precision)
    found = np.minimum(room, np.finfo(np.float64).max) * p  # so that no precision finds nothing
    with np.errstate(over="ignore"):  # the limit is 1
        part = found / np.where(there > 0, there, 1.0)
    return scalar_or_array(np.where(there > 0, np.minimum(1.0, part), 1.0))


def wilson_interval(
    successes: ArrayLike, n: ArrayLike, confidence: ArrayLike = 0.95
) -> tuple[Result, Result]:
    """Interval for a share that was counted, by Wilson's score method.

    Parameters
    ----------
    successes : array_like
        Counted successes, at most `n`. [count]
    n : array_like
        Size of the sample, above 0. [count]
    confidence : array_like
        [share]

    Returns
    -------
    tuple
        Lower and upper end. [share]

    Raises
    ------
    ValueError
        If there are more successes than trials, or an argument is out of its range.

    Notes
    -----
    ``(p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)``

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association 22:209.

    Examples
    --------
    >>> [round(float(end), 4) for end in wilson_interval(85, 100)]
    [0.7672, 0.9069]
    """
    size, found = positive("n", n), not_negative("successes", successes)
    if np.any(found > size):
        raise ValueError("successes: expected at most n, found more")
    z = -ndtri((1 - inner_share("confidence", confidence)) / 2)
    middle, below = found + z**2 / 2, size + z**2
    reach = z * np.sqrt(found / size * (size - found) + z**2 / 4)
    low = np.where(found == 0, 0.0, np.maximum((middle - reach) / below, 0.0))
    high = np.where(found == size, 1.0, np.minimum((middle + reach) / below, 1.0))
    return scalar_or_array(low), scalar_or_array(high)


@dataclass(frozen=True, kw_only=True)
class Confusion:
    """What becomes of a number of cases."""

    true_positives: int  # rightly flagged
    false_negatives: int  # missed
    false_positives: int  # wrongly flagged
    true_negatives: int  # rightly left alone


def confusion(precision: float, recall: float, prevalence: float, cases: int = 1000) -> Confusion:
    """A number of cases, sorted into the four outcomes.

    Parameters
    ----------
    precision, recall, prevalence : float
        [share]
    cases : int
        [count]

    Returns
    -------
    Confusion
        Whole numbers that add up to `cases`, rounded by the method of largest remainders. [count]

    Raises
    ------
    ValueError
        As `implied_false_positive_rate`, or if `cases` is no whole number of 1 or more.

    Notes
    -----
    ``tp = prevalence * recall``, ``fn = prevalence - tp``, ``fp = fpr * (1 - prevalence)``

    References
    ----------
    Gigerenzer & Hoffrage (1995), Psychological Review 102:684, natural frequencies.

    Examples
    --------
    >>> confusion(0.5, 0.5, 0.05)
    Confusion(true_positives=25, false_negatives=25, false_positives=25, true_negatives=925)
    """
    total = int(single("cases", whole("cases", cases, least=1)))
    given = {"precision": precision, "recall": recall, "prevalence": prevalence}
    for name, value in given.items():
        single(name, value)
    fpr = float(implied_false_positive_rate(precision, recall, prevalence))
    found, missed = prevalence * recall, prevalence * (1 - recall)
    wrong = fpr * (1 - prevalence)
    exact = np.array([found, missed, wrong, 1 - prevalence - wrong]) * total
    counts = np.floor(exact + 1e-9).astype(int)
    left = total - int(counts.sum())
    counts[np.argsort(counts - exact, kind="stable")[:left]] += 1
    return Confusion(
        true_positives=int(counts[0]),
        false_negatives=int(counts[1]),
        false_positives=int(counts[2]),
        true_negatives=int(counts[3]),
    )


def _flags(precision: Array, recall: Array, prevalence: Array) -> Array:
    """Flags per case, at most one."""
    found = prevalence * recall
    if np.any((precision == 0) & (found > 0)):
        raise ValueError("precision: expected a share above 0 where something is found, found 0")
    with np.errstate(over="ignore"):  # infinitely many flags are too many, and refused
        flags = np.where(found > 0, found / np.where(precision > 0, precision, 1.0), 0.0)
        excess = flags * (1 - precision) > (1 - prevalence) * (1 + 1e-12)
    if np.any(excess):
        lowest = float(np.min(np.broadcast_to(precision, excess.shape)[excess]))
        raise ValueError(
            "precision: expected at least what flagging everything gives, the prevalence, "
            f"found {lowest:g}"
        )
    return flags
