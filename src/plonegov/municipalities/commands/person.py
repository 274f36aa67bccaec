"""``plonegov retention person``: all that is held on one person, for who asks for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from getpass import getuser
from pathlib import Path
from plonegov.core.api import municipality as town
from plonegov.core.errors import PlonegovError
from plonegov.core.identity.errors import InvalidNumber
from plonegov.core.identity.numbers import check_national_number
from plonegov.core.ops.files import private_opener
from plonegov.core.ops.files import sync_folder
from plonegov.core.ops.readlog import log_read
from plonegov.core.ops.readlog import reads_of
from plonegov.core.records.archive import write_zip
from plonegov.core.records.person import find
from plonegov.core.records.person import Found
from plonegov.core.records.person import mails_about
from plonegov.core.records.person import Wanted
from plonegov.municipalities.commands.output import answer
from plonegov.municipalities.commands.output import AsJson
from plonegov.municipalities.commands.output import refusing
from plonegov.municipalities.commands.progress import bars
from plonegov.municipalities.loader.sites import get_site
from plonegov.municipalities.refusals import FileThere
from plonegov.municipalities.refusals import NumberWrong
from plonegov.municipalities.server.runtime import application
from plonegov.municipalities.server.runtime import start_zope
from typing import Annotated
from typing import Any
from typing import BinaryIO
from uuid import uuid4

import typer


#: Why the orders are read, as a citizen reads it who asks who opened them.
ASKED = "asked"

Municipality = Annotated[
    str, typer.Option(metavar="ID", help="Id of the municipality.", show_default=False)
]
First = Annotated[str, typer.Option(help="First name or names.", show_default=False)]
Last = Annotated[str, typer.Option(help="Family name.", show_default=False)]
Born = Annotated[
    datetime,
    typer.Option(formats=["%Y-%m-%d"], help="Date of birth.", show_default=False),
]
Reason = Annotated[
    str,
    typer.Option(help="Why, for the log: the request's number.", show_default=False),
]
Target = Annotated[
    Path,
    typer.Option(
        help="The ZIP file to write; only you may read it.", resolve_path=True
    ),
]
AskNumber = Annotated[
    bool,
    typer.Option("--ask-number", help="Ask for the national number, too (not shown)."),
]
Also = Annotated[
    list[str] | None,
    typer.Option(
        metavar="REFERENCE", help="An order that you looked at: it is theirs."
    ),
]


@refusing
def person(
    municipality: Municipality,
    first_name: First,
    last_name: Last,
    birth_date: Born,
    reason: Reason,
    to: Target,
    ask_number: AskNumber = False,
    also: Also = None,
    json: AsJson = False,
) -> None:
    """Write all that is held on one person into a ZIP file (GDPR art. 15 and 20).

    Orders, unfinished orders, mails that wait and who read the orders. That it was
    done, by whom and why is logged first.
    """
    if to.exists() or not to.parent.is_dir():
        raise FileThere(file=str(to))
    number = typer.prompt("National number", hide_input=True) if ask_number else ""
    born = birth_date.date().isoformat()
    start_zope()
    with application() as root, bars(json) as bar:
        portal = get_site(root, municipality)
        wanted = Wanted(first_name, last_name, born, _checked(number))
        value = _export(portal, wanted, also or [], reason, to, bar("Reading"))
    answer(value, _told(value), json)


def _checked(number: str) -> str:
    try:
        return check_national_number(number, town().country) if number else ""
    except InvalidNumber as error:
        raise NumberWrong() from error


def _export(
    portal: Any, wanted: Wanted, also: list[str], reason: str, to: Path, told: Any
) -> dict[str, Any]:
    who = f"command:{getuser()}"
    export_id = f"export-{uuid4().hex}"
    log_read("export_person", export_id, who, "", reason)
    found = find(portal, wanted, also, told)
    for one in found.held:
        log_read(f"export_{one.kind}", one.id, who, "", ASKED)
    reads, mails = _write(portal, found, wanted, reason, to)
    kinds = [one.kind for one in found.held]
    return {
        "file": str(to),
        "export": export_id,
        "orders": kinds.count("order"),
        "drafts": kinds.count("draft"),
        "mails": mails,
        "reads": reads,
        "doubtful": found.doubtful,
    }


def _write(
    portal: Any, found: Found, wanted: Wanted, reason: str, to: Path
) -> tuple[int, int]:
    reads = [
        {"order": one.id, "when": read.time, "what": read.action}
        for one in found.held
        if one.since
        for read in reads_of(one.id, one.since)
    ]
    mails = mails_about(portal, [one.uid for one in found.held if one.uid])
    data = {
        "town": town().id,
        "asked_for": f"{wanted.first_name} {wanted.last_name}, {wanted.birth_date}",
        "reason": reason,
        "orders": [one.data for one in found.held if one.kind == "order"],
        "unfinished_orders": [one.data for one in found.held if one.kind == "draft"],
        "mails": mails,
        "opened_by_the_town": reads,
    }
    files = [pair for one in found.held for pair in one.files]
    with _private(to) as target:
        write_zip(target, data, files)
    return len(reads), len(mails)


@contextmanager
def _private(path: Path) -> Iterator[BinaryIO]:
    """Open a new file with mode 0600; when it fails, nothing is left of it."""
    try:
        with open(path, "xb", opener=private_opener) as file:
            yield file
    except (OSError, PlonegovError):
        path.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _told(value: dict[str, Any]) -> str:
    lines = [
        "Orders: {orders}, unfinished orders: {drafts}, mails: {mails}, reads: {reads}.",
        "Written to {file}; logged as {export}.",
    ]
    if value["doubtful"]:
        listed = ", ".join(value["doubtful"])
        lines.append(
            f"Of the same name, without a date of birth: {listed}. Look at them; those "
            "that are this person's go with --also REFERENCE."
        )
    return "\n".join(lines).format(**value)
