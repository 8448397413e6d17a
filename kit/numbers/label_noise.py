"""What wrong labels leave to be reached."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from kit.numbers.domain import (
    Result,
    scalar_or_array,
    share,
)


def accuracy_under_label_noise(accuracy: ArrayLike, noise: ArrayLike) -> Result:
    """Accuracy that is measured when some labels are wrong, independently of the model.

    Parameters
    ----------
    accuracy : array_like
        True accuracy on a two-class problem. [share]
    noise : array_like
        Share of labels that are flipped, the same in both classes. [share]

    Returns
    -------
    numpy.float64 or array
        [share]

    Raises
    ------
    ValueError
        If an argument is no share.

    Notes
    -----
    ``measured = a * (1 - e) + (1 - a) * e``

    References
    ----------
    Angluin & Laird (1988), Machine Learning 2:343, random classification noise.

    Examples
    --------
    >>> round(float(accuracy_under_label_noise(0.97, 0.05)), 3)
    0.923
    """
    a, e = share("accuracy", accuracy), share("noise", noise)
    return scalar_or_array(a * (1 - e) + (1 - a) * e)


def recall_under_label_noise(prevalence: ArrayLike, noise: ArrayLike) -> Result:
    """Recall that a model without any error shows against noisy labels.

    Parameters
    ----------
    prevalence : array_like
        True share of the cases that are looked for, above 0. [share]
    noise : array_like
        Share of the labels that is wrong, alike in both classes. [share]

    Returns
    -------
    numpy.float64 or array
        Low where cases are rare: then most of those labelled as one are none. [share]

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Notes
    -----
    ``prevalence (1 - noise) / (prevalence (1 - noise) + (1 - prevalence) noise)``; its precision is
    ``1 - noise``.

    References
    ----------
    Bayes' theorem; Frenay & Verleysen (2014), IEEE Transactions on Neural Networks and Learning
    Systems 25:845, noise completely at random.

    Examples
    --------
    >>> round(float(recall_under_label_noise(0.03, 0.053)), 3)
    0.356
    """
    rate, wrong = share("prevalence", prevalence), share("noise", noise)
    if np.any(rate == 0):
        raise ValueError("prevalence: expected a share above 0, found 0")
    right, others = rate * (1 - wrong), (1 - rate) * wrong
    if np.any(right + others == 0):
        raise ValueError("noise: expected less than 1 where every case is one, found 1")
    return scalar_or_array(right / (right + others))


def noise_from_agreement(agreement: ArrayLike) -> Result:
    """Share of wrong labels that two annotators' agreement points to, in a two-class problem.

    It supposes that both are wrong equally often, and independently of each other. Annotators who
    make the same mistakes agree more, so the true share may be higher.

    Parameters
    ----------
    agreement : array_like
        Share of cases on which two annotators agree, from 0.5. [share]

    Returns
    -------
    numpy.float64 or array
        [share]

    Raises
    ------
    ValueError
        If the agreement is below 0.5, which is less than by coin tosses.

    Notes
    -----
    ``agreement = (1 - e)^2 + e^2``, so ``e = (1 - sqrt(2 * agreement - 1)) / 2``

    References
    ----------
    Two independent raters of one error rate; Dawid & Skene (1979), Applied Statistics 28:20.

    Examples
    --------
    >>> round(float(noise_from_agreement(0.905)), 6)
    0.05
    """
    agreed = share("agreement", agreement)
    if np.any(agreed < 0.5):
        raise ValueError(
            f"agreement: expected at least 0.5 between two classes, found {float(np.min(agreed)):g}"
        )
    return scalar_or_array((1 - np.sqrt(2 * agreed - 1)) / 2)
