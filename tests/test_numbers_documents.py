"""What the numbers say about themselves: examples that run, and every section the house asks for."""

import doctest
import importlib
import inspect
import pkgutil
import re

import pytest

import kit.numbers

MODULES = tuple(
    importlib.import_module(f"kit.numbers.{module.name}")
    for module in pkgutil.iter_modules(kit.numbers.__path__)
)
FUNCTIONS = {
    f"{module.__name__}.{name}": function
    for module in MODULES
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__
    and not name.startswith("_")
    and module.__name__ != "kit.numbers.domain"  # checks of arguments, no numbers of their own
}
SECTIONS = ("Parameters", "Returns", "Raises", "Notes", "References", "Examples")


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_documents_examples_are_true(module):
    found = doctest.testmod(module)
    assert found.failed == 0
    assert found.attempted or module.__name__ == "kit.numbers.domain"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_documents_have_every_section_in_order(name):
    text = inspect.getdoc(FUNCTIONS[name])
    found = re.findall(r"^(\w+)\n-{3,}$", text, flags=re.MULTILINE)
    assert tuple(found) == SECTIONS


@pytest.mark.parametrize("name", FUNCTIONS)
def test_documents_name_every_parameter(name):
    text = inspect.getdoc(FUNCTIONS[name]).split("Returns\n---")[0]
    for parameter in inspect.signature(FUNCTIONS[name]).parameters:
        assert re.search(rf"\b{parameter}\b", text.split("Parameters\n---")[1]), parameter


@pytest.mark.parametrize("name", FUNCTIONS)
def test_documents_show_an_example_of_the_function(name):
    assert f"{FUNCTIONS[name].__name__}(" in inspect.getdoc(FUNCTIONS[name]).split("Examples\n")[1]
