"""What may be imported without Zope; the arrows between add-ons are import-linter's."""

from pathlib import Path

import json
import pytest
import subprocess
import sys


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
IMPORT_FILES = """
import importlib.util, json, sys
sys.path.insert(0, "tests")
for number, path in enumerate(sys.argv[1:]):
    spec = importlib.util.spec_from_file_location(f"checked_{number}", path)
    sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[spec.name])
print(json.dumps(sorted(sys.modules)))
"""
IMPORT_NAMES = """
import importlib, json, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(json.dumps(sorted(sys.modules)))
"""


def modules_after(script, *arguments):
    """Return the framework's modules that are loaded after the script ran."""
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
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
    "folder", sorted(SUITE.glob("*/domain")), ids=lambda path: path.parent.name
)
def test_the_domain_needs_nothing_of_zope(folder):
    addon = folder.parent.name
    domain = sorted(folder.rglob("*.py"))
    package = modules_after(IMPORT_NAMES, f"plonegov.{addon}")
    loaded = modules_after(IMPORT_NAMES, *map(module_name, domain))
    assert loaded - package == set()


def test_unit_tests_start_no_zope():
    tests = sorted((ROOT / "tests" / "unit").rglob("test_*.py"))
    loaded = modules_after(IMPORT_FILES, *tests)
    assert {"Zope2", "ZODB", "OFS", "ZPublisher", "Products.CMFPlone"} & loaded == set()
