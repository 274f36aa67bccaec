"""Read, build and check the facts of a municipality (``municipality.toml``)."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from plonegov.core.errors import PlonegovError
from plonegov.core.municipality.checks import folder_problems
from plonegov.core.municipality.checks import problems
from plonegov.core.municipality.locate import line_of
from plonegov.core.municipality.model import Address
from plonegov.core.municipality.model import BodyChoice
from plonegov.core.municipality.model import Contact
from plonegov.core.municipality.model import DocumentChoice
from plonegov.core.municipality.model import LevelChoice
from plonegov.core.municipality.model import Limits
from plonegov.core.municipality.model import Municipality
from plonegov.core.municipality.model import Service
from plonegov.core.municipality.model import Theme
from typing import Any

import re
import tomllib


FILE_NAME = "municipality.toml"

_LINE = re.compile(r"at line (\d+)")
_SYNTAX = "a file in TOML 1.0 (https://toml.io), UTF-8"


class ProfileError(PlonegovError):
    """A profile's file says something that is not allowed there."""

    code = "profile_error"

    def __init__(self, file: str, line: int, key: str, found: str, allowed: str):
        super().__init__(file=file, line=line, key=key, found=found, allowed=allowed)
        self.file = file
        self.line = line
        self.key = key
        self.found = found
        self.allowed = allowed

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}"
        key = f", key {self.key}" if self.key else ""
        return f"{where}{key}: found {self.found}; allowed is {self.allowed}"


def build(facts: Mapping[str, Any]) -> Municipality:
    """Return the frozen value of checked facts (a nested dict as TOML gives it).

    :raises KeyError: a required key is missing (``check`` says so with its line).
    """
    values = {key: facts[key] for key in _names(Municipality) if key in facts}
    for key in ("postal_codes", "localities", "interface_languages"):
        values[key] = tuple(facts[key])
    values["content_languages"] = tuple(facts["content_languages"])
    values["closing_days"] = tuple(facts.get("closing_days", ()))
    values["theme"] = Theme(**facts["theme"])
    values["contact"] = Contact(**facts.get("contact", {}))
    values["address"] = Address(**facts.get("address", {}))
    values["limits"] = Limits(**facts.get("limits", {}))
    values["services"] = tuple(_service(item) for item in facts.get("services", ()))
    values["documents"] = tuple(
        DocumentChoice(**item) for item in facts.get("documents", ())
    )
    values["bodies"] = tuple(_body(item) for item in facts.get("bodies", ()))
    return Municipality(**values)


def _names(model: type) -> list[str]:
    return [item.name for item in fields(model)]


def _service(item: Mapping[str, Any]) -> Service:
    return Service(
        id=item["id"],
        title=dict(item["title"]),
        closing_days=tuple(item.get("closing_days", ())),
        head=tuple(item.get("head", ())),
        contact=Contact(**item.get("contact", {})),
        address=Address(**item.get("address", {})),
    )


def _body(item: Mapping[str, Any]) -> BodyChoice:
    levels = tuple(LevelChoice(**level) for level in item.get("levels", ()))
    categories = tuple(item.get("categories", ()))
    return BodyChoice(**{**item, "levels": levels, "categories": categories})


def read(path: Path) -> dict[str, Any]:
    """Return the facts of a file as they stand there.

    :param path: the file, or the profile's folder.
    """
    file = path / FILE_NAME if path.is_dir() else path
    return tomllib.loads(file.read_text(encoding="utf-8"))


def check(path: Path) -> Municipality:
    """Return the municipality of a profile, checked by itself (without add-ons).

    :param path: the profile's folder.
    :raises ProfileError: the first thing that is wrong; ``errors`` returns all.
    """
    for error in errors(path):
        raise error
    return build(read(path))


def errors(path: Path) -> list[ProfileError]:
    """Return everything that is wrong with a profile's facts, by line."""
    file = path / FILE_NAME
    try:
        text = file.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError) as error:
        return [ProfileError(str(file), 1, "", str(error), _SYNTAX)]
    try:
        facts = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        stated = _LINE.search(str(error))
        line = int(stated.group(1)) if stated else len(text.splitlines())
        return [ProfileError(str(file), line, "", str(error), _SYNTAX)]
    return located(path, problems(facts) or folder_problems(facts, path))


def located(path: Path, found: Iterable[tuple[str, str, str]]) -> list[ProfileError]:
    """Turn problems ``(key, found, allowed)`` into errors with file and line."""
    file = path / FILE_NAME
    text = file.read_text(encoding="utf-8")
    raised = [
        ProfileError(str(file), line_of(text, key), key, value, allowed)
        for key, value, allowed in found
    ]
    return sorted(raised, key=lambda error: error.line)
