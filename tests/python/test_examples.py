"""Every public name has an example, and it runs.

``make test`` runs all doctests of the package; here, those of the names that are public are looked for. What needs
a library that isn't installed is run where it is.
"""

import doctest
import importlib
import inspect

import pytest

import kayan

MODULES = ("pandas", "polars", "arrow", "duckdb", "spark", "dask", "sklearn", "spacy", "plot")


def public_names():
    """Give each public name, also the methods of the classes of `kayan` itself, with what it stands for."""
    for name in kayan.__all__:
        thing = getattr(kayan, name)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            yield f"kayan.{name}", thing
        if inspect.isclass(thing):
            for method, function in vars(thing).items():
                plain = getattr(function, "__func__", function)
                if not method.startswith("_") and inspect.isfunction(plain):
                    yield f"kayan.{name}.{method}", plain
    for module in MODULES:
        try:
            imported = importlib.import_module(f"kayan.{module}")
        except ImportError:
            continue
        for name in getattr(imported, "__all__", ()):
            yield f"kayan.{module}.{name}", getattr(imported, name)


NAMES = dict(public_names())


@pytest.mark.parametrize("name", NAMES)
def test_a_public_name_has_an_example_that_runs(name):
    thing = NAMES[name]
    text = inspect.getdoc(thing) or ""
    example = doctest.DocTestParser().get_doctest(text, {}, name, None, 0)
    assert any(not part.source.startswith("import ") for part in example.examples), "no example"
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    report = []
    runner.run(example, out=report.append)
    assert not runner.failures, "".join(report)


def test_the_test_sees_methods_and_integrations():
    assert {
        "kayan.Matcher.find",
        "kayan.Gazetteer.from_csv",
        "kayan.KayanError",
        "kayan.pandas.SeriesAccessor",
    } <= {*NAMES}
