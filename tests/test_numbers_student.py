"""Student's distribution without SciPy, against SciPy and against sums to forty digits."""

import math

import numpy as np
import pytest
from scipy import special

from kit.numbers.experiment import power_means, sample_size_means
from kit.numbers.student import beyond, edge_of

# Edge, degrees of freedom, shift, and the mean of ndtr(shift - edge * s) by mpmath's quadrature with 40 digits.
SUMMED = (
    (2.0, 2, 0, 0.091751709536137),
    (4.303, 2, 5, 0.719128466403596),
    (9.925, 2, 10, 0.633962396302604),
    (3.182, 3, 4, 0.755076852388617),
    (2.306, 8, 3, 0.748016733565254),
    (2.001, 57.3, 2.8, 0.786418220048044),
    (1.96, 1000, 2.8, 0.799457258705768),
    (12.0, 4.5, 0.7, 0.000287317073293058),
)
FREE = (2, 2.3, 3, 7.9, 20, 57.3, 1e3, 1e5, 1e8, 1e14, 1e20, 1e36)


@pytest.mark.parametrize(("edge", "free", "shift", "summed"), SUMMED)
def test_probability_agrees_with_sums_to_forty_digits(edge, free, shift, summed):
    assert beyond(edge, free, shift) == pytest.approx(summed, abs=1e-12)


def test_probability_with_two_degrees_of_freedom_is_known():
    """``1/2 - t / (2 sqrt(2 + t^2))``: Johnson, Kotz & Balakrishnan (1995), chapter 28."""
    for edge in (0.0, 0.7, 3.0, 40.0):
        assert beyond(edge, 2) == pytest.approx(
            0.5 - edge / (2 * math.sqrt(2 + edge**2)), abs=1e-13
        )


@pytest.mark.parametrize("free", FREE)
@pytest.mark.parametrize("tail", [0.5, 0.4, 0.05, 0.025, 0.005, 1e-4, 1e-6, 1e-9])
def test_edge_agrees_with_scipy(free, tail):
    assert edge_of(tail, free) == pytest.approx(-special.stdtrit(free, tail), rel=1e-9, abs=1e-12)
    assert beyond(edge_of(tail, free), free) == pytest.approx(tail, rel=1e-9)


@pytest.mark.parametrize("free", [8, 20, 57.3, 1e3, 1e5])
@pytest.mark.parametrize("shift", [0.0, 0.5, 2.0, 5.0])
def test_noncentral_probability_agrees_with_scipy(free, shift):
    for edge in (0.1, 1.5, 2.0, 4.0):
        theirs = 1 - special.nctdtr(free, shift, edge)
        assert beyond(edge, free, shift) == pytest.approx(theirs, abs=1e-9)


def test_one_test_of_means_is_as_many():
    """One number takes the kit's own way, many take SciPy's."""
    sizes, differences = np.array([2.5, 9, 64, 4e4]), np.array([3, 1, 0.5, 0.02])
    many = power_means(sizes, differences)
    each = [power_means(n, d) for n, d in zip(sizes, differences, strict=True)]
    np.testing.assert_allclose(each, many, atol=1e-8)
    each = [sample_size_means(d) for d in differences]
    np.testing.assert_allclose(each, sample_size_means(differences), rtol=1e-6)


@pytest.mark.parametrize("free", [1.9, -1.0, math.nan])
def test_degrees_of_freedom_below_two_are_refused(free):
    with pytest.raises(ValueError, match="free: expected 2 or more"):
        beyond(1.0, free)


@pytest.mark.parametrize("tail", [0.0, 0.6, math.nan])
def test_tail_that_is_none_is_refused(tail):
    with pytest.raises(ValueError, match=r"tail: expected a share above 0 and up to 0\.5"):
        edge_of(tail, 10.0)
