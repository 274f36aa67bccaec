"""``plonegov jobs run``."""

from dataclasses import asdict
from plonegov.municipalities.commands.output import answer
from plonegov.municipalities.commands.output import AsJson
from plonegov.municipalities.commands.output import refusing
from plonegov.municipalities.server.jobs import run_due
from plonegov.municipalities.server.jobs import Schedule
from plonegov.municipalities.server.runtime import start_zope
from typing import Annotated

import typer


app = typer.Typer(help="Work done outside requests.", no_args_is_help=True)


@app.callback()
def jobs() -> None:
    """Work done outside requests: mail, deadlines and so on."""


@app.command()
@refusing
def run(
    municipality: Annotated[
        str, typer.Option(metavar="ID", help="Only this municipality.")
    ] = "",
    json: AsJson = False,
) -> None:
    """Run every job once now; exit code 1 when one of them fails."""
    start_zope()
    runs = run_due(Schedule(), municipality)
    lines = [
        f"{item.municipality}: {item.job}: {item.state} {item.result}".rstrip()
        for item in runs
    ]
    answer([asdict(item) for item in runs], "\n".join(lines) or "No jobs.", json)
    if any(item.state == "failed" for item in runs):
        raise typer.Exit(1)
