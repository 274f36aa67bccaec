"""What may be imported without Zope; the arrows between add-ons are import-linter's."""

from pathlib import Path

import json
import pytest
import subprocess
import sys
import tomllib


ROOT = Path(__file__).parents[2]
SUITE = ROOT / "src" / "plonegov"
FRAMEWORK = (
    "AccessControl",
    "Acquisition",
    "OFS",
    "Products",
    "ZODB",
    "ZPublisher",
    "Zope2",
    "persistent",
    "plone",
    "transaction",
    "z3c",
    "zope",
)
IMPORT_NAMES = """
import importlib, json, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(json.dumps(sorted(sys.modules)))
"""


def modules_after(*names):
    """Return the framework's modules that are loaded after importing the named ones."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_NAMES, *names],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return {
        name
        for name in json.loads(done.stdout.splitlines()[-1])
        if name.split(".")[0] in FRAMEWORK
    }


def module_name(path):
    dotted = ".".join(path.relative_to(SUITE.parent).with_suffix("").parts)
    return dotted.removesuffix(".__init__")


@pytest.mark.parametrize(
    "folder",
    [*sorted(SUITE.glob("*/domain")), SUITE / "core" / "law"],
    ids=lambda path: path.parent.name,
)
def test_the_domain_and_the_law_need_nothing_of_zope(folder):
    addon = folder.parent.name
    domain = sorted(folder.rglob("*.py"))
    package = modules_after(f"plonegov.{addon}")
    loaded = modules_after(*map(module_name, domain))
    assert loaded - package == set()


def test_the_import_rules_know_every_addon():
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text())
    addons = {f"plonegov.{path.parent.name}" for path in SUITE.glob("*/__init__.py")}
    assert set(pyproject["tool"]["importlinter"]["root_packages"]) == addons


def test_unit_tests_start_no_zope(pytestconfig):
    started = {"Zope2", "ZODB", "OFS", "ZPublisher", "Products.CMFPlone"}
    by_plugin = pytestconfig.pluginmanager.has_plugin("plone")
    assert by_plugin or started & set(sys.modules) == set()
