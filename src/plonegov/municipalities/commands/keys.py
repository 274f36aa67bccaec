"""``plonegov keys list|rotate|reencrypt|retire``."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from datetime import UTC
from plonegov.core.identity import rotation
from plonegov.core.identity.keys import TownKeys
from plonegov.municipalities.commands.output import answer
from plonegov.municipalities.commands.output import AsJson
from plonegov.municipalities.commands.output import refusing
from plonegov.municipalities.loader.sites import get_site
from plonegov.municipalities.server.runtime import application
from plonegov.municipalities.server.runtime import start_zope
from typing import Annotated
from typing import Any

import sys
import typer


app = typer.Typer(
    help="The keys that encrypt a municipality's values.", no_args_is_help=True
)

Municipality = Annotated[
    str, typer.Option(metavar="ID", help="Id of the municipality.", show_default=False)
]


@app.command("list")
@refusing
def list_(municipality: Municipality, json: AsJson = False) -> None:
    """List the keys, their age and how many records need each."""
    with _site(municipality) as portal:
        used = rotation.key_uses(portal)
    now = datetime.now(UTC)
    rows = [
        {
            "id": key.id,
            "current": key.current,
            "made": key.made.isoformat(timespec="seconds"),
            "age_days": key.age_days(now),
            "records": used[key.id],
        }
        for key in TownKeys(municipality).files()
    ]
    lines = [
        f"{row['id']}  {'current' if row['current'] else 'old':<7}  "
        f"{row['age_days']} days  records: {row['records']}"
        for row in rows
    ]
    answer(rows, "\n".join(lines), json)


@app.command()
@refusing
def rotate(
    municipality: Municipality,
    reencrypt: Annotated[
        bool, typer.Option("--reencrypt", help="Encrypt all values with the new key.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Make a new current key; values and links made with the old ones stay good."""
    with _site(municipality) as portal:
        key_id = rotation.rotate(portal, municipality)
        value: dict[str, Any] = {"current": key_id}
        text = f"New current key: {key_id}. Save it now, apart from the database."
        if reencrypt:
            typer.echo(text, err=True)
            outcome = _reencrypt(portal, municipality, json)
            value |= asdict(outcome)
            text = _told(outcome)
    answer(value, text, json)
    if value.get("unreadable"):
        raise typer.Exit(1)


@app.command("reencrypt")
@refusing
def reencrypt_(municipality: Municipality, json: AsJson = False) -> None:
    """Encrypt with the current key what is not; goes on where it was stopped."""
    with _site(municipality) as portal:
        outcome = _reencrypt(portal, municipality, json)
    value = {"current": TownKeys(municipality).current_id, **asdict(outcome)}
    answer(value, _told(outcome), json)
    if outcome.unreadable:
        raise typer.Exit(1)


@app.command()
@refusing
def retire(
    key: Annotated[str, typer.Argument(metavar="KEYID", help="Id of an old key.")],
    municipality: Municipality,
    json: AsJson = False,
) -> None:
    """Take an old key out of use; refused while a record needs it."""
    keys = TownKeys(municipality)
    with _site(municipality) as portal:
        rotation.retire(portal, keys, key)
    file = keys.folder / f"{key}.retired"
    text = f"Retired. Keep {file} as long as a backup of the database needs it."
    answer({"retired": key, "file": str(file)}, text, json)


@contextmanager
def _site(municipality: str) -> Iterator[Any]:
    start_zope()
    with application() as root:
        yield get_site(root, municipality)


def _reencrypt(portal: Any, municipality: str, quiet: bool) -> rotation.Outcome:
    keys = TownKeys(municipality)
    if quiet:
        return rotation.reencrypt(portal, keys)
    with typer.progressbar(length=1000, label="Encrypting", file=sys.stderr) as bar:
        return rotation.reencrypt(
            portal,
            keys,
            lambda done, all_: bar.update(done * 1000 // all_ - bar.pos),
        )


def _told(outcome: rotation.Outcome) -> str:
    text = f"Records whose values were encrypted anew: {outcome.changed}."
    if outcome.unreadable:
        text += (
            f"\nRecords whose values can't be read, left as they are: "
            f"{outcome.unreadable}. Restore the keys that they were made with, then "
            "run: plonegov keys reencrypt"
        )
    return text
