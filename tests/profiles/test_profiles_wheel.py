"""A release holds everything: built, installed elsewhere and used to make a town."""

from pathlib import Path

import json
import os
import pytest
import shutil
import subprocess
import sys
import tarfile
import zipfile


ROOT = Path(__file__).parents[2]
#: What tools leave behind in a checkout.
LEFT_BEHIND = shutil.ignore_patterns(
    ".git",
    ".venv",
    "var",
    "build",
    "dist",
    "*.egg-info",
    "__pycache__",
    "*.pyc",
    "*.mo",
    ".coverage",
    ".ruff_cache",
    ".import_linter_cache",
    ".hypothesis",
    "node_modules",
    "bin",
    "develop-eggs",
    "eggs",
    "parts",
    ".installed.cfg",
)


def run(*command, **options):
    """Run a command; fail the test with its output when it fails."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, **options
    )
    assert done.returncode == 0, (
        f"{command}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    )
    return done.stdout


def files(folder):
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in found}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of the checkout without what tools left in it."""
    copy = tmp_path_factory.mktemp("release") / "plonegov"
    shutil.copytree(ROOT, copy, ignore=LEFT_BEHIND)
    return copy


@pytest.fixture(scope="module")
def release(checkout):
    """The folder with the sdist and the wheel that was built from it."""
    target = checkout.parent / "dist"
    wanted = files(checkout)
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", target, checkout)
    return target, wanted


@pytest.fixture(scope="module")
def wheel(release):
    return next(release[0].glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel):
    """The bin folder of a clean environment with the wheel and its dependencies."""
    environment = wheel.parent.parent / "environment"
    constraints = ("-c", ROOT / "constraints.txt")
    python = environment / "bin" / "python"
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    if uv := shutil.which("uv", path=beside):
        run(uv, "venv", "--python", sys.executable, environment)
        run(uv, "pip", "install", "--python", python, *constraints, wheel)
    else:
        run(sys.executable, "-m", "venv", environment)
        run(python, "-m", "pip", "install", "--quiet", *constraints, wheel)
    return python.parent


@pytest.fixture(scope="module")
def plonegov(installed, tmp_path_factory):
    """Run the installed command on an instance folder of its own."""
    home = tmp_path_factory.mktemp("installed") / "instance"
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTHON", "PLONEGOV_", "VIRTUAL_ENV", "COVERAGE_"))
    }
    environment["PLONEGOV_HOME"] = str(home)

    def command(*arguments):
        program = installed / "plonegov"
        return run(program, *arguments, env=environment, cwd=home.parent)

    return command


def test_the_sdist_holds_the_whole_checkout(release):
    folder, wanted = release
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        held = {member.name.split("/", 1)[-1] for member in archive if member.isfile()}
    assert wanted - held == set()


def test_the_wheel_holds_every_source_and_static_file(wheel, checkout):
    held = set(zipfile.ZipFile(wheel).namelist())
    sources = {f"plonegov/{name}" for name in files(checkout / "src" / "plonegov")}
    assert sources - held == set()


def test_the_wheel_holds_every_municipality_profile(wheel, checkout):
    held = set(zipfile.ZipFile(wheel).namelist())
    inside = "plonegov/municipalities/profiles"
    profiles = {f"{inside}/{name}" for name in files(checkout / "profiles")}
    assert f"{inside}/seneffe/municipality.toml" in profiles
    assert profiles - held == set()


def test_the_wheel_holds_compiled_translations(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    translations = {name for name in held if name.endswith(".po")}
    assert translations
    assert {name.removesuffix(".po") + ".mo" for name in translations} - held == set()


def test_the_wheel_holds_nothing_else(wheel):
    held = zipfile.ZipFile(wheel).namelist()
    strangers = [
        name
        for name in held
        if not name.startswith(("plonegov/", "plonegov-")) or "__pycache__" in name
    ]
    assert strangers == []


def test_the_installed_suite_makes_a_municipality(plonegov):
    plonegov("instance", "create")
    towns = json.loads(plonegov("municipality", "list", "--json"))
    assert "seneffe" in json.dumps(towns)
    plonegov("municipality", "apply", "seneffe", "--demo")
    plonegov("municipality", "check", "seneffe")
    plonegov("doctor")
