"""``plonegov retention``: take people out of records whose time is over, or say when."""

from collections import Counter
from datetime import date
from datetime import datetime
from plonegov.core.records.interfaces import IRetention
from plonegov.core.records.retention import Due
from plonegov.core.records.retention import erase_due
from plonegov.municipalities.commands.output import answer
from plonegov.municipalities.commands.output import AsJson
from plonegov.municipalities.commands.output import refusing
from plonegov.municipalities.commands.person import person
from plonegov.municipalities.commands.progress import bars
from plonegov.municipalities.loader.sites import get_site
from plonegov.municipalities.loader.sites import municipality_sites
from plonegov.municipalities.server.runtime import application
from plonegov.municipalities.server.runtime import start_zope
from typing import Annotated
from typing import Any
from zope.component import getUtilitiesFor

import typer


app = typer.Typer(help="Personal data whose time is over.", invoke_without_command=True)

Only = Annotated[str, typer.Option(metavar="ID", help="Only this municipality.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Only say what would be erased.")
]
On = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Say what is erased up to this day."),
]


@app.callback()
@refusing
def retention(
    context: typer.Context,
    municipality: Only = "",
    dry_run: DryRun = False,
    on: On = None,
    json: AsJson = False,
) -> None:
    """Take people out of records whose time is over; --dry-run only says which.

    What was stopped half way goes on with another call. Backups and the exports that
    were made before are not touched.
    """
    if context.invoked_subcommand is not None:
        return
    start_zope()
    with application() as root:
        if municipality:
            get_site(root, municipality)
        towns = [municipality] if municipality else sorted(municipality_sites(root))
        if dry_run or on:
            rows = [row for town in towns for row in _foreseen(root, town, on)]
        else:
            rows = [row for town in towns for row in _erased(root, town, json)]
    text = "\n".join(line for row in rows for line in _told(row))
    answer(rows, text or "Nothing is over.", json)


app.command("person")(person)


def _foreseen(root: Any, town: str, on: datetime | None) -> list[dict[str, Any]]:
    """Return what is erased up to a day (today unless told); nothing is written."""
    portal = get_site(root, town)
    day = on.date() if on else _today()
    return [
        _row(town, day, retention, portal, found, "foreseen")
        for _name, retention in _retentions()
        if (found := retention.due(portal, day))
    ]


def _erased(root: Any, town: str, quiet: bool) -> list[dict[str, Any]]:
    portal, today, rows = get_site(root, town), _today(), []
    for _name, retention in _retentions():
        found = retention.due(portal, today)
        with bars(quiet) as bar:
            count = erase_due(portal, retention, today, bar(town))
        if count:
            rows.append(_row(town, today, retention, portal, found, "erased"))
            rows[-1]["total"] = count
    return rows


def _retentions() -> list[tuple[str, IRetention]]:
    return sorted(getUtilitiesFor(IRetention), key=lambda item: item[0])


def _today() -> date:
    """Return the date that it is in the current town."""
    from plonegov.core.api import town_today

    return town_today()


def _row(
    town: str,
    day: date,
    retention: IRetention,
    portal: Any,
    found: list[Due],
    state: str,
) -> dict[str, Any]:
    titles, kinds = retention.titles(portal), Counter(due.kind for due in found)
    return {
        "municipality": town,
        "day": day.isoformat(),
        "state": state,
        "total": len(found),
        "documents": [
            {"id": kind, "title": titles.get(kind, kind), "orders": count}
            for kind, count in kinds.most_common()
        ],
        "fields": list(retention.fields),
    }


def _told(row: dict[str, Any]) -> list[str]:
    day = date.fromisoformat(row["day"])
    words = "lost" if row["state"] == "erased" else "lose"
    head = (
        f"{row['municipality']}: on {day.day} {day:%B %Y} these {row['total']} orders "
        f"{words} what they say about people:"
    )
    lines = [f"  {item['orders']:>6}  {item['title']}" for item in row["documents"]]
    return [head, *lines, f"  fields: {', '.join(row['fields'])}"]
