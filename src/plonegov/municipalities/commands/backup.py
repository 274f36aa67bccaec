"""``plonegov backup`` and ``plonegov restore``."""

from dataclasses import asdict
from pathlib import Path
from plonegov.core.ops.home import home
from plonegov.municipalities.commands.output import answer
from plonegov.municipalities.commands.output import AsJson
from plonegov.municipalities.commands.output import asking_password
from plonegov.municipalities.commands.output import refusing
from plonegov.municipalities.commands.progress import bars
from typing import Annotated

import typer


Target = Annotated[
    Path, typer.Argument(help="A folder that is made.", resolve_path=True)
]
Source = Annotated[Path, typer.Argument(help="The backup.", resolve_path=True)]
NewHome = Annotated[
    Path, typer.Option(help="The new instance folder.", resolve_path=True)
]
NewKeys = Annotated[
    Path | None,
    typer.Option(help="Another folder that is made, for the keys.", resolve_path=True),
]
Keys = Annotated[
    Path | None, typer.Option(help="The backup of the keys.", resolve_path=True)
]
NewStorage = Annotated[
    str, typer.Option(help="An empty database, for a backup of PostgreSQL.")
]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to serve on.")]
Erasures = Annotated[
    Path | None,
    typer.Option(
        help="The log of erasures, or the folder of all: erased again.",
        resolve_path=True,
    ),
]
SendMail = Annotated[
    bool, typer.Option("--send-mail", help="Send the mails that the backup still owed.")
]


@refusing
def backup(target: Target, keys: NewKeys = None, json: AsJson = False) -> None:
    """Back up the instance, also while it is served; exit code 1 when blobs lack."""
    from plonegov.municipalities.storage.backup import back_up

    with bars(json) as bar:
        manifest = back_up(target, keys, bar("Blobs"))
    lines = [
        f"{manifest.objects} objects, {manifest.blobs} blobs and "
        f"{len(manifest.files)} files in {target}.",
        f"It holds the moment of transaction {manifest.last_tid}.",
        f"The keys are in {keys}: keep them somewhere else."
        if keys
        else "The keys are NOT in it: without them the records can't be read. "
        "Back them up with --keys FOLDER, and keep them somewhere else.",
    ]
    if manifest.missing_blobs:
        listed = ", ".join(manifest.missing_blobs)
        lines.append(f"Blobs that the instance itself lacks: {listed}.")
    value = {"target": str(target), "keys": str(keys or "")} | asdict(manifest)
    value["files"] = len(manifest.files)
    answer(value, "\n".join(lines), json)
    if manifest.missing_blobs:
        raise typer.Exit(1)


@refusing
def restore(
    source: Source,
    to: NewHome,
    keys: Keys = None,
    storage: NewStorage = "",
    port: Port = 8080,
    erasures: Erasures = None,
    send_mail: SendMail = False,
    json: AsJson = False,
) -> None:
    """Restore a backup into a new instance folder; nothing is sent from it."""
    from plonegov.municipalities.storage.restore import restore as restored_from
    from plonegov.municipalities.storage.restore import Wanted

    wanted = Wanted(source, to, keys, storage, port, erasures, send_mail)
    with bars(json) as bar:
        done = asking_password(restored_from)(wanted, bar)
    value = {
        "home": str(home()),
        "created": done.manifest.created,
        "last_tid": done.manifest.last_tid,
        "keys_missing": done.keys_missing,
        "mails_held": done.held,
        "erased_again": done.erased,
        "missing_blobs": done.manifest.missing_blobs,
    }
    answer(value, "\n".join(_told(value, wanted)), json)
    if done.keys_missing:
        raise typer.Exit(1)


def _told(value: dict, wanted) -> list[str]:
    lines = [f"The backup of {value['created']} is restored in {value['home']}."]
    lines += [
        f"{town}: {count} mails that it still owed are held back, not sent."
        for town, count in value["mails_held"].items()
    ]
    lines += [
        f"{town}: {count} records were erased again."
        for town, count in value["erased_again"].items()
    ]
    if wanted.erasures is None:
        lines.append(
            "No log of erasures was given (--erasures): what was erased after "
            f"{value['created']} is there again, unless its time is over anyway."
        )
    lines += [
        f"The keys of {town} are MISSING: its records can't be read. Put them into "
        f"{value['home']}/keys/{town}."
        for town in value["keys_missing"]
    ]
    return [*lines, f"Look at it with: PLONEGOV_HOME={value['home']} plonegov doctor"]
