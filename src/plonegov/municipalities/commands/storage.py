"""``plonegov storage show``, ``copy`` and ``use``."""

from dataclasses import asdict
from plonegov.core.ops.home import home
from plonegov.municipalities.commands.output import answer
from plonegov.municipalities.commands.output import AsJson
from plonegov.municipalities.commands.output import asking_password
from plonegov.municipalities.commands.output import refusing
from plonegov.municipalities.commands.progress import bars
from plonegov.municipalities.refusals import SiteServes
from plonegov.municipalities.refusals import StorageEmpty
from typing import Annotated

import typer


app = typer.Typer(
    help="Where the data is kept: SQLite or PostgreSQL.", no_args_is_help=True
)

Place = Annotated[
    str,
    typer.Argument(
        help="sqlite (in the instance folder), sqlite:FOLDER, or "
        "postgresql://user[:password]@host/database."
    ),
]
OFFLINE = "stop it first, or say --online: the copy then holds the moment it began."
STOP = "stop it first."


@app.command()
@refusing
def show(json: AsJson = False) -> None:
    """Say where the instance keeps its data."""
    from plonegov.municipalities.server.runtime import zope_conf
    from plonegov.municipalities.storage.places import instance_storage

    zope_conf()
    storage = instance_storage()
    value = {
        "storage": storage.kind,
        "place": storage.place,
        "blobs": str(storage.blobs),
    }
    answer(value, f"{storage.place}; blobs in {storage.blobs}", json)


@app.command()
@refusing
def copy(
    source: Place,
    target: Place,
    online: Annotated[
        bool, typer.Option("--online", help="Copy while the instance is served.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Copy all data into an empty storage, then compare both, object by object."""
    from plonegov.municipalities.storage.copying import copy_storage
    from plonegov.municipalities.storage.places import parse_storage

    if not online:
        _refuse_served(OFFLINE)
    places = parse_storage(source), parse_storage(target)
    with bars(json) as bar:
        copied = asking_password(copy_storage)(
            *places, bar("Copying"), bar("Comparing")
        )
    text = (
        f"{copied.objects} objects and {copied.blobs} blobs are the same in both.\n"
        f"The copy holds the moment it began: transaction {copied.last_tid}.\n"
        "To serve from it: stop the server, copy once more into an empty storage if it "
        "was served meanwhile,\nthen: plonegov storage use TARGET"
    )
    answer(asdict(copied), text, json)


@app.command()
@refusing
def use(storage: Place, json: AsJson = False) -> None:
    """Let the instance keep its data in another storage, which holds a copy of it."""
    from plonegov.municipalities.server.runtime import zope_conf
    from plonegov.municipalities.storage.copying import holds_data
    from plonegov.municipalities.storage.places import parse_storage
    from plonegov.municipalities.storage.places import write_storage

    zope_conf()
    _refuse_served(STOP)
    chosen = parse_storage(storage)
    if not asking_password(holds_data)(chosen):
        raise StorageEmpty(place=chosen.place)
    write_storage(chosen)
    text = f"The instance now uses {chosen.place}. What it used before is untouched."
    answer({"storage": chosen.kind, "place": chosen.place}, text, json)


def _refuse_served(advice: str) -> None:
    from plonegov.municipalities.server.serve import used_ports

    if ports := used_ports():
        listed = ", ".join(map(str, ports))
        raise SiteServes(home=str(home()), ports=listed, advice=advice)
