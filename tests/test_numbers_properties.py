"""What holds for every function of the numbers: vectors, shapes, and bad values refused by name."""

import inspect
from dataclasses import astuple, is_dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numbers_arguments import ELEMENTWISE, MODULES, SAMPLES, SCALAR

SETTINGS = settings(max_examples=25, deadline=None, database=None, derandomize=True)


def _public():
    return {
        function
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_")
        and function.__module__.startswith("kit.numbers")
        and function.__module__ != "kit.numbers.domain"
    }


def _parts(result):
    """The numbers of an answer, whatever it is made of."""
    if is_dataclass(result):
        return [np.asarray(one) for one in astuple(result) if not isinstance(one, tuple)]
    return [np.asarray(one) for one in (result if isinstance(result, tuple) else (result,))]


def _middle(arguments):
    return {
        name: round((one.low + one.high) / 2) if one.whole else (one.low + one.high) / 2
        for name, one in arguments.items()
    }


def _name(function):
    return function.__name__


def test_properties_no_public_function_is_left_out():
    assert {*ELEMENTWISE, *SCALAR, *SAMPLES} == _public()


def test_properties_no_argument_is_left_out():
    for function, arguments in {**ELEMENTWISE, **SCALAR}.items():
        assert set(inspect.signature(function).parameters) - {"reference", "direction"} == {
            *arguments
        }, function.__name__


@pytest.mark.parametrize("function", ELEMENTWISE, ids=_name)
@SETTINGS
@given(data=st.data())
def test_properties_vector_is_scalar(function, data):
    arguments = ELEMENTWISE[function]
    rows = {
        name: data.draw(st.lists(one.values(), min_size=3, max_size=3), label=name)
        for name, one in arguments.items()
    }
    together = _answers(function(**{name: np.array(row) for name, row in rows.items()}))
    for at in range(3):
        alone = _answers(function(**{name: row[at] for name, row in rows.items()}))
        for many, one in zip(together, alone, strict=True):
            assert one.ndim == 0
            np.testing.assert_allclose(
                np.broadcast_to(many, 3)[at], one, rtol=1e-9, atol=1e-12, equal_nan=False
            )


@pytest.mark.parametrize("function", ELEMENTWISE, ids=_name)
def test_properties_shapes_broadcast(function):
    middle = _middle(ELEMENTWISE[function])
    one = _answers(function(**middle))
    for name in middle:
        wide = {**middle, name: np.full((2, 1, 3), middle[name])}
        for many, single in zip(_answers(function(**wide)), one, strict=True):
            # A part of the answer may have nothing to do with this argument.
            assert many.shape in {(2, 1, 3), ()}
            np.testing.assert_allclose(many, single, rtol=1e-9)
    first, *rest = middle
    crossed = {**middle, first: np.full((2, 1), middle[first])}
    crossed |= {rest[0]: np.full((1, 3), middle[rest[0]])} if rest else {}
    shapes = {many.shape for many in _answers(function(**crossed))}
    assert ((2, 3) if rest else (2, 1)) in shapes


@pytest.mark.parametrize(
    ("function", "name", "bad"),
    [
        pytest.param(function, name, bad, id=f"{function.__name__}-{name}-{bad}")
        for function, arguments in {**ELEMENTWISE, **SCALAR}.items()
        for name, one in arguments.items()
        for bad in one.refused()
    ],
)
def test_properties_bad_value_is_refused_by_name(function, name, bad):
    with pytest.raises(ValueError, match=rf"\b{name}: "):
        function(**{**_middle({**ELEMENTWISE, **SCALAR}[function]), name: bad})


@pytest.mark.parametrize(
    ("function", "name", "build", "bad"),
    [
        pytest.param(function, name, build, bad, id=f"{function.__name__}-{name}-{bad}")
        for function, cases in SAMPLES.items()
        for name, build in cases
        for bad in (np.nan, np.inf, -np.inf)
    ],
)
def test_properties_bad_sample_is_refused_by_name(function, name, build, bad):
    with pytest.raises(ValueError, match=rf"\b{name}: "):
        function(*build(bad))


def _answers(result):
    if is_dataclass(result):
        return [
            np.asarray(getattr(result, one)) for one in ("handled", "gain", "action_cost", "net")
        ]
    return _parts(result)
