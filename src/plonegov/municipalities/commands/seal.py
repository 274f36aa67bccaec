"""``plonegov seal``: chain the day's entries of the registers, or verify them all."""

from collections.abc import Iterator
from plonegov.core.registers import chain
from plonegov.core.registers.errors import RegistersChanged
from plonegov.municipalities.commands.output import answer
from plonegov.municipalities.commands.output import AsJson
from plonegov.municipalities.commands.output import refusing
from plonegov.municipalities.loader.sites import get_site
from plonegov.municipalities.loader.sites import municipality_sites
from plonegov.municipalities.server.runtime import application
from plonegov.municipalities.server.runtime import start_zope
from typing import Annotated
from typing import Any

import typer


Only = Annotated[str, typer.Option(metavar="ID", help="Only this municipality.")]
Verify = Annotated[
    bool, typer.Option("--verify", help="Only say whether anything was changed.")
]


@refusing
def seal(municipality: Only = "", verify: Verify = False, json: AsJson = False) -> None:
    """Chain what was registered since the last time; --verify tells what was changed.

    Exit code 1 when a register is not what was sealed. Keep the hash that is printed
    somewhere else: it proves all that was registered before.
    """
    start_zope()
    with application() as root:
        if municipality:
            get_site(root, municipality)
        towns = [municipality] if municipality else sorted(municipality_sites(root))
        rows = [_row(root, town, verify) for town in towns]
    lines = [line for row in rows for line in _told(row)]
    answer(rows, "\n".join(lines) or "No municipality.", json)
    if any(row["problems"] for row in rows):
        raise typer.Exit(1)


def _row(root: Any, town: str, verify: bool) -> dict[str, Any]:
    portal = get_site(root, town)
    row = {"municipality": town, "entries": 0, "link": 0, "hash": "", "problems": []}
    if verify:
        return row | {"problems": chain.verify(town)}
    try:
        link = chain.seal_town(portal)
    except RegistersChanged as error:
        return row | {"problems": list(error.context["problems"])}
    if link is None:
        return row
    return row | {
        "entries": len(link.entries),
        "link": link.number,
        "hash": link.hash,
    }


def _told(row: dict[str, Any]) -> Iterator[str]:
    town = row["municipality"]
    if row["entries"]:
        yield f"{town}: {row['entries']} entries in link {row['link']}, {row['hash']}"
    elif not row["problems"]:
        yield f"{town}: the registers are as they were sealed."
    for problem in row["problems"]:
        yield f"{town}: {problem}"
