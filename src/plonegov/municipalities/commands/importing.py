"""``plonegov import``: bring what another system knew, row by row, as often as needed."""

from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import asdict
from dataclasses import dataclass
from getpass import getuser
from itertools import islice
from pathlib import Path
from plonegov.core.api import municipality as town
from plonegov.core.api import town_today
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import importing
from plonegov.deliberations.content.body import Body
from plonegov.deliberations.domain import scdl
from plonegov.deliberations.domain.model import BodyKind
from plonegov.municipalities.commands.output import answer
from plonegov.municipalities.commands.output import AsJson
from plonegov.municipalities.commands.output import refusing
from plonegov.municipalities.commands.progress import bars
from plonegov.municipalities.loader.sites import get_site
from plonegov.municipalities.refusals import BodyUnknown
from plonegov.municipalities.refusals import ImportRefused
from plonegov.municipalities.server.runtime import application
from plonegov.municipalities.server.runtime import start_zope
from plonegov.municipalities.server.runtime import writing
from typing import Annotated
from typing import Any
from typing import TextIO

import typer


app = typer.Typer(help="Data of another system.", no_args_is_help=True)

#: Rows of one transaction.
BATCH = 500
#: Refused rows that people are told; programs get all.
TOLD = 50

File = Annotated[
    Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, readable=True)
]
Municipality = Annotated[
    str, typer.Option(metavar="ID", help="Id of the municipality.", show_default=False)
]
BodyId = Annotated[
    str, typer.Option(metavar="ID", help="The body that decided (else the council).")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Only say what would be imported.")
]

Row = scdl.Decision | scdl.Refused
Rows = Iterator[Row]


@app.callback()
def imports() -> None:
    """Bring what another system knew."""


@app.command()
@refusing
def deliberations(
    file: File,
    municipality: Municipality,
    body: BodyId = "",
    dry_run: DryRun = False,
    json: AsJson = False,
) -> None:
    """Publish past decisions from an open data file (SCDL deliberations, CSV).

    A second run of the same file changes nothing. What was stopped half way goes on
    with another call. Exit code 1: some rows were refused, the others are there.
    """
    columns, total = _looked_at(file)
    start_zope()
    with application() as root, bars(json) as bar:
        portal = get_site(root, municipality)
        found = _body(body)
        importing.check_body(found)
        work = Work(root, municipality, portal.getId(), found.getId(), not dry_run)
        report = work.done(_rows(file), total, bar("Importing"))
    value = {
        "file": str(file),
        "body": work.body,
        "dry_run": dry_run,
        "read": report.read,
        "created": report.created,
        "unchanged": report.unchanged,
        "refused": [asdict(row) for row in report.refused],
        "ignored_columns": scdl.unknown_columns(columns),
    }
    answer(value, _told(value), json)
    if report.refused:
        raise typer.Exit(1)


@dataclass(frozen=True)
class Work:
    """An import into a town's site: of which body, and whether anything is written."""

    root: Any
    municipality: str
    site: str
    body: str
    write: bool

    def done(
        self, rows: Rows, total: int, shown: Callable[[int, int], None]
    ) -> importing.Report:
        """Take all rows in portions, each a transaction of its own; return the report."""
        report = importing.Report()
        while portion := list(islice(rows, BATCH)):
            if self.write:
                with writing(self.site):
                    self._take(portion, report)
                self.root._p_jar.cacheMinimize()
            else:
                self._take(portion, report)
            shown(report.read, total)
        return report

    def _take(self, portion: list[Row], report: importing.Report) -> None:
        get_site(self.root, self.municipality)
        body, who = bodies.get(self.body), f"command:{getuser()}"
        importing.take(portion, body, who, report, write=self.write)


def _body(body_id: str) -> Body:
    """Return the body that decided: the one that is named, else the town's council.

    :raises BodyUnknown: there is none.
    """
    known = {body.getId(): body for body in bodies.all_bodies()}
    councils = [body for body in known.values() if body.kind == BodyKind.COUNCIL]
    found = known.get(body_id) if body_id else next(iter(councils), None)
    if found is None:
        raise BodyUnknown(id=body_id or "council", known=", ".join(known) or "none")
    return found


def _looked_at(file: Path) -> tuple[list[str], int]:
    """Return the columns of a file and how many rows it has; all of it can be read.

    :raises ImportRefused: it can't.
    """
    try:
        with _opened(file) as lines:
            columns, _delimiter = scdl.header_of(next(lines, ""))
            lines.seek(0)
            return columns, sum(1 for _row in scdl.decisions(lines))
    except UnicodeDecodeError as error:
        reason = "it must be text in UTF-8"
        raise ImportRefused(file=file.name, reason=reason) from error
    except scdl.FileWrong as error:
        raise ImportRefused(file=file.name, reason=str(error)) from error


def _rows(file: Path) -> Rows:
    facts = town()
    siret = facts.enterprise_number if facts.country == "FR" else ""
    today = town_today()

    def rows() -> Rows:
        with _opened(file) as lines:
            yield from scdl.decisions(lines, siret, today)

    return rows()


def _opened(file: Path) -> TextIO:
    """Open a file as text in UTF-8, with a byte order mark or without."""
    return file.open(encoding="utf-8-sig", newline="")


def _told(value: dict[str, Any]) -> str:
    verb = "Would be created" if value["dry_run"] else "Created"
    lines = [
        f"Rows read: {value['read']}. {verb}: {value['created']}, unchanged: "
        f"{value['unchanged']}, refused: {len(value['refused'])}."
    ]
    if value["ignored_columns"]:
        lines.append(f"Columns passed over: {', '.join(value['ignored_columns'])}.")
    for row in value["refused"][:TOLD]:
        place = " ".join(filter(None, (row["column"], row["id"] and f"({row['id']})")))
        lines.append(
            f"  line {row['line']}{', ' if place else ''}{place}: right would be "
            f"{row['reason']}"
        )
    if len(value["refused"]) > TOLD:
        lines.append(f"  … and {len(value['refused']) - TOLD} more: see --json.")
    return "\n".join(lines)
