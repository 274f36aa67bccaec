"""``plonegov municipality diff|export``: the site beside its profile, and back."""

from pathlib import Path
from plonegov.core.municipality.differences import Difference
from plonegov.core.municipality.differences import NOTHING
from plonegov.municipalities.commands.output import answer
from plonegov.municipalities.commands.output import AsJson
from plonegov.municipalities.commands.output import refusing
from plonegov.municipalities.loader.checking import get_profile
from plonegov.municipalities.loader.differing import unwritten
from plonegov.municipalities.loader.exporting import export_files
from plonegov.municipalities.loader.exporting import write_files
from plonegov.municipalities.loader.sites import compare_profile
from plonegov.municipalities.loader.sites import get_site
from plonegov.municipalities.server.runtime import application
from plonegov.municipalities.server.runtime import start_zope
from typing import Annotated
from typing import Any

import typer


Id = Annotated[str, typer.Argument(metavar="ID", help="Id of the municipality.")]

#: What an apply does with a key, in words.
STATES = {
    "changed": "will be set",
    "new": "new, will be set",
    "gone": "gone from the profile, will be taken away",
    "kept": "kept, people changed it",
}


@refusing
def diff(municipality: Id, json: AsJson = False) -> None:
    """Show what differs between the profile and the site, and what an apply does."""
    get_profile(municipality)
    start_zope()
    with application() as root:
        found = compare_profile(root, municipality).differences
    rows = [item.plain() for item in found]
    text = "\n".join(_told(item) for item in found)
    answer(rows, text or "Nothing differs.", json)


@refusing
def export(
    municipality: Id,
    to: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Where to write it; else ./ID."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite other files there.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Write the profile's folder as the site is now, with what people changed."""
    folder = (to or Path(municipality)).absolute()
    start_zope()
    with application() as root:
        portal = get_site(root, municipality)
        files, left = export_files(portal), unwritten(portal)
    write_files(files, folder, force)
    value = {"folder": str(folder), "files": list(files), "left": left}
    lines = [f"Written to {folder}: {', '.join(files)}"]
    lines += [f"stays in the site, a profile can't say it: {key}" for key in left]
    answer(value, "\n".join(lines), json)


def _told(item: Difference) -> str:
    lines = [f"{item.key}: {STATES[item.state]}"]
    lines += [
        f"    {name}: {_shown(value)}"
        for name, value in (
            ("profile", item.profile),
            ("site", item.site),
            ("applied last", item.applied),
        )
    ]
    return "\n".join(lines)


def _shown(value: Any) -> str:
    if value is NOTHING:
        return "-"
    text = str(value)
    return text if len(text) <= 100 else f"{text[:99]}…"
