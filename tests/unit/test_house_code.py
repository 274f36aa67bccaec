"""The sizes and habits that keep the code readable."""

from pathlib import Path

import ast
import pytest
import re


ROOT = Path(__file__).parents[2]
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
SUFFIXES = {".py", ".zcml", ".xml", ".pt", ".css", ".js", ".toml", ".md", ".rst", ".sh"}
#: Written by `make docs` from the code.
GENERATED = {"docs/reference/commands.md"}
FOLDERS = ("src", "tests", "profiles", "docs", "news", ".ci")
#: Words that only a checker or an unfinished thought needs.
FORBIDDEN = re.compile(
    r"#\s*(noqa|type:\s*ignore|pragma:)|\b(TODO|FIXME|XXX)\b|pytest\.mark\.(skip|xfail)"
)


def sources(*folders, suffixes=SUFFIXES):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in suffixes and "__pycache__" not in path.parts:
                yield path


def name(path):
    return path.relative_to(ROOT).as_posix()


def test_no_file_is_longer_than_one_can_read():
    lengths = {
        name(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in sources(*FOLDERS, suffixes=SUFFIXES - {".xml"})
    }
    long = {path for path, lines in lengths.items() if lines > LONGEST_FILE}
    assert long <= GENERATED


def test_no_function_is_longer_than_a_screen():
    lengths = {}
    for path in sources("src", suffixes={".py"}):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = node.end_lineno - node.lineno + 1
                lengths[f"{name(path)}:{node.name}"] = lines
    assert {key: n for key, n in lengths.items() if n > LONGEST_FUNCTION} == {}


def test_nothing_is_silenced_or_left_for_later():
    found = [
        f"{name(path)}:{number}: {line.strip()}"
        for path in sources(*FOLDERS)
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if FORBIDDEN.search(line)
    ]
    assert found == []


def test_each_test_file_has_a_name_of_its_own():
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "src/plonegov").glob("*/__init__.py")),
    ids=lambda path: path.parent.name,
)
def test_an_addon_begins_with_its_names_only(path):
    tree = ast.parse(path.read_text())
    assigned = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
    }
    assert assigned == {"PACKAGE_NAME", "_", "logger"}
    assert not any(
        isinstance(node, ast.FunctionDef | ast.ClassDef) for node in tree.body
    )


def test_the_namespace_belongs_to_nobody():
    assert not (ROOT / "src/plonegov/__init__.py").exists()
