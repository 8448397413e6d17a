"""The normal distribution without SciPy, against SciPy."""

import subprocess
import sys

import numpy as np
import pytest
from scipy import special

from kit.numbers.normal import ndtr, ndtri


def test_probability_agrees_with_scipy_into_the_far_tail():
    x = np.linspace(-37, 9, 4_000)
    np.testing.assert_allclose(ndtr(x), special.ndtr(x), rtol=1e-12)


def test_quantile_agrees_with_scipy_into_the_far_tail():
    p = np.concatenate(
        [10.0 ** -np.arange(1, 300), 1 - 10.0 ** -np.arange(1, 16), np.linspace(0.001, 0.999)]
    )
    np.testing.assert_allclose(ndtri(p), special.ndtri(p), rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("many", [4_999, 5_001])
def test_many_are_as_few(many):
    x, p = np.linspace(-3, 3, many), np.linspace(0, 1, many)
    np.testing.assert_allclose(ndtr(x), special.ndtr(x), rtol=1e-13)
    np.testing.assert_allclose(ndtri(p), special.ndtri(p), rtol=1e-13, atol=1e-15)


def test_ends_are_infinite():
    assert list(ndtri([0, 1])) == [-np.inf, np.inf]
    assert list(ndtr([-np.inf, np.inf])) == [0, 1]


def test_scipy_is_not_loaded_for_what_a_brief_asks():
    """It would be half as much again as all that a check takes."""
    code = (
        "import sys; from pathlib import Path; from kit.brief import open_brief; from kit.rules import check; "
        "[check(open_brief(one)) for one in sorted(Path('examples').glob('*/brief.yaml'))]; "
        "sys.exit('scipy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
