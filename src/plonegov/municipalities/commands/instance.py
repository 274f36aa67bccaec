"""``plonegov instance create``, ``serve`` and ``doctor``."""

from plonegov.municipalities.commands.output import answer
from plonegov.municipalities.commands.output import AsJson
from plonegov.municipalities.commands.output import asking_password
from plonegov.municipalities.commands.output import refusing
from typing import Annotated

import typer


app = typer.Typer(help="The instance folder ($PLONEGOV_HOME).", no_args_is_help=True)


@app.command("create")
@refusing
def create(
    storage: Annotated[
        str, typer.Option(help="sqlite, or postgresql://user[:password]@host/database.")
    ] = "sqlite",
    port: Annotated[
        int, typer.Option(min=1, max=65535, help="Port to serve on.")
    ] = 8080,
    json: AsJson = False,
) -> None:
    """Make the instance; what is there already stays as it is."""
    from plonegov.municipalities.server.instance import ADMIN
    from plonegov.municipalities.server.instance import create_instance
    from plonegov.municipalities.server.runtime import start_zope

    made = asking_password(create_instance)(storage, port)
    if made.created:
        start_zope()
    value = {"home": str(made.home), "created": made.created}
    text = f"The instance {made.home} is there already."
    if made.created:
        value |= {"user": ADMIN, "password": made.password}
        text = (
            f"Instance made in {made.home}.\n"
            f"Administrator of the Zope root: {ADMIN}, password {made.password}\n"
            "(shown only now; it is stored nowhere)"
        )
    answer(value, text, json)


@refusing
def serve(
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="Port instead of the instance's."),
    ] = None,
    json: AsJson = False,
) -> None:
    """Serve the sites, and run their jobs beside, until stopped."""
    from plonegov.municipalities.server.serve import become_server

    become_server(port)


@refusing
def doctor(json: AsJson = False) -> None:
    """Say what is in order and what is not; exit code 1 when something is not."""
    from plonegov.municipalities.doctor.checks import examine

    checks = examine()
    lines = [f"{item.mark:<4}  {item.name}: {item.note}" for item in checks]
    answer([item._asdict() for item in checks], "\n".join(lines), json)
    if not all(item.ok for item in checks):
        raise typer.Exit(1)
