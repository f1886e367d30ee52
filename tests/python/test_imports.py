"""The files of the package import each other in one direction: there is no cycle."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import kayan

PACKAGE = Path(kayan.__file__).parent


def modules(folder):
    """Return the modules of a package by their full names, the native one with its signatures."""
    named = {}
    for path in [*folder.rglob("*.py"), *folder.rglob("*.pyi")]:
        parts = path.relative_to(folder.parent).with_suffix("").parts
        named[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return named


def imported(source, name, known, is_package=False):
    """Return the modules that a file imports, inside of functions too, but not those for type checkers alone.

    A module that is imported counts, and not the packages that it lies in: those run, but nothing is taken from
    them.
    """
    found = set()
    package = name if is_package else name.rpartition(".")[0]

    def visit(node):
        if isinstance(node, ast.If) and is_for_types(node.test):
            for other in node.orelse:
                visit(other)
            return
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *filter(None, [node.module])])
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                found.add(inner if inner in known else base)
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(ast.parse(source))
    return found & known


def is_for_types(test):
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )


def graph(folder):
    named = modules(folder)
    return {
        name: imported(path.read_text(encoding="utf-8"), name, set(named), path.name == "__init__.py")
        for name, path in named.items()
    }


def cycle(imports):
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return error.args[1][::-1]
    return []


def test_there_is_no_cycle():
    imports = graph(PACKAGE)
    assert len(imports) > 40
    assert imports["kayan._matcher"] >= {"kayan._matches", "kayan._gazetteer.compiled"}
    assert cycle(imports) == []


FILES = [
    # the file a, the modules of the package that it imports, why
    ("import p.b", {"p.b"}, "a module by its full name"),
    ("from p import b", {"p.b"}, "a module from its package"),
    ("from p import name", {"p"}, "a name from the package"),
    ("from p.b import name", {"p.b"}, "a name from a module"),
    ("from . import b", {"p.b"}, "a neighbour"),
    ("from .b import name", {"p.b"}, "a name of a neighbour"),
    ("import os, json.decoder", set(), "other libraries"),
    ("def f():\n    from p import b", {"p.b"}, "inside of a function"),
    ("class C:\n    if True:\n        import p.b", {"p.b"}, "inside of a class and a condition"),
    ("if TYPE_CHECKING:\n    import p.b", set(), "for type checkers alone"),
    ("if typing.TYPE_CHECKING:\n    import p.b\nelse:\n    import p.c", {"p.c"}, "the other branch runs"),
    ("if not TYPE_CHECKING:\n    import p.b", {"p.b"}, "what type checkers don't see runs"),
    ("try:\n    import p.b\nexcept ImportError:\n    pass", {"p.b"}, "where it may fail"),
]


@pytest.mark.parametrize(("source", "found", "why"), FILES)
def test_what_counts_as_an_import(source, found, why):
    assert imported(source, "p.a", {"p", "p.a", "p.b", "p.c"}) == found, why


def test_a_package_is_the_place_that_its_neighbours_are_named_from():
    assert imported("from .b import name", "p", {"p", "p.b"}, is_package=True) == {"p.b"}


def test_a_cycle_is_found(tmp_path):
    folder = tmp_path / "p"
    folder.joinpath("q").mkdir(parents=True)
    files = {"__init__": "from p.a import x", "a": "from p.q.c import x", "q/__init__": "", "b": "import p.a"}
    for name, source in files.items():
        folder.joinpath(f"{name}.py").write_text(source, encoding="utf-8")
    folder.joinpath("q/c.py").write_text("x = 1", encoding="utf-8")
    assert cycle(graph(folder)) == []
    folder.joinpath("q/c.py").write_text("def f():\n    from p.b import x", encoding="utf-8")
    (first, *rest) = cycle(graph(folder))
    assert {first, *rest} == {"p.a", "p.b", "p.q.c"}
