"""The command ``plonegov``: exit code 0 done, 1 refused, 2 wrong usage."""

from plonegov.municipalities.commands import backup
from plonegov.municipalities.commands import importing
from plonegov.municipalities.commands import instance
from plonegov.municipalities.commands import jobs
from plonegov.municipalities.commands import keys
from plonegov.municipalities.commands import municipality
from plonegov.municipalities.commands import retention
from plonegov.municipalities.commands import seal
from plonegov.municipalities.commands import storage

import typer


app = typer.Typer(
    help="Runs the PloneGov sites of one or many municipalities.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(instance.app, name="instance")
app.add_typer(municipality.app, name="municipality")
app.add_typer(importing.app, name="import")
app.add_typer(jobs.app, name="jobs")
app.add_typer(keys.app, name="keys")
app.add_typer(retention.app, name="retention")
app.add_typer(storage.app, name="storage")
app.command()(instance.serve)
app.command()(instance.doctor)
app.command()(backup.backup)
app.command()(backup.restore)
app.command()(seal.seal)


def main() -> None:
    """Entry point of the console script."""
    app()
