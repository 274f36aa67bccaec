"""Everything about the distribution; pyproject.toml holds tools only."""

from pathlib import Path
from pythongettext.msgfmt import Msgfmt
from setuptools import find_namespace_packages
from setuptools import setup
from setuptools.command.build_py import build_py

import shutil


HERE = Path(__file__).parent


class BuildWithData(build_py):
    """Add to the wheel what the sources don't hold.

    The municipality profiles are copied beside their loader, translations compiled.
    """

    def run(self):
        super().run()
        if self.editable_mode:
            return
        suite = Path(self.build_lib, "plonegov")
        target = suite / "municipalities" / "profiles"
        shutil.copytree(HERE / "profiles", target, dirs_exist_ok=True)
        for translations in suite.rglob("*.po"):
            with translations.open("rb") as lines:
                compiled = Msgfmt(lines, translations.stem).get()
            translations.with_suffix(".mo").write_bytes(compiled)


setup(
    name="plonegov",
    version="1.0.0a1.dev0",
    description="Plone add-ons that run a municipality's public services",
    long_description=(HERE / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    classifiers=[
        "Development Status :: 3 - Alpha",
        "Environment :: Web Environment",
        "Framework :: Plone",
        "Framework :: Plone :: 6.2",
        "Framework :: Plone :: Addon",
        "Operating System :: POSIX :: Linux",
        "Programming Language :: Python :: 3.11",
        "Programming Language :: Python :: 3.12",
        "Programming Language :: Python :: 3.13",
    ],
    license="GPL-2.0-only",
    license_files=["LICENSE"],
    python_requires=">=3.11",
    package_dir={"": "src"},
    packages=find_namespace_packages("src", include=["plonegov*"]),
    include_package_data=True,
    cmdclass={"build_py": BuildWithData},
    install_requires=[
        "Plone>=6.2,<6.3",
        "aiohttp",
        "asn1crypto",
        "Authlib>=1.9",
        "babel",
        "collective.easyform>=5.0.2",
        "cryptography",
        "holidays",
        "icalendar",
        "opening-hours-py",
        "openpyxl",
        "phonenumbers",
        "pillow",
        "pillow-heif",
        "plone.app.multilingual",
        "prometheus-client",
        "psycopg2-binary",
        "pyHanko",
        "pypdf",
        "python-pkcs11",
        "python-stdnum",
        "RelStorage",
        "requests",
        "segno",
        "tomlkit",
        "typer",
        "WeasyPrint",
    ],
    extras_require={
        "test": [
            "axe-playwright-python",
            "build",
            "feedparser",
            "frictionless",
            "hypothesis",
            "i18ndude",
            "import-linter",
            "oidc-provider-mock",
            "playwright",
            "polib",
            "Pillow",
            "pytest",
            "pytest-cov",
            "pytest-plone",
            "ruff",
            "time-machine",
            "towncrier",
            "zc.buildout",
            "zc.recipe.egg",
            "zpretty",
            "zxing-cpp",
        ],
    },
    entry_points={
        "plone.autoinclude.plugin": [
            "target = plone",
            "module = plonegov.municipalities",
        ],
        "console_scripts": ["plonegov = plonegov.municipalities.cli:main"],
        "paste.filter_factory": ["lock = plonegov.core.ops.writelock:filter_factory"],
    },
)
