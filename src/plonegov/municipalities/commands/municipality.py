"""``plonegov municipality list|check|apply``; ``compare`` and ``new`` have the others."""

from dataclasses import asdict
from plonegov.municipalities.commands import comparing
from plonegov.municipalities.commands import making
from plonegov.municipalities.commands.output import answer
from plonegov.municipalities.commands.output import AsJson
from plonegov.municipalities.commands.output import refusing
from plonegov.municipalities.loader.checking import get_profile
from plonegov.municipalities.loader.checking import profile_errors
from plonegov.municipalities.loader.demo import ACCOUNTS
from plonegov.municipalities.loader.demo import create_demo
from plonegov.municipalities.loader.demo import demo_password
from plonegov.municipalities.loader.distribution import MunicipalityDistribution
from plonegov.municipalities.loader.folders import find_profiles
from plonegov.municipalities.loader.folders import shadowed_profiles
from plonegov.municipalities.loader.sites import apply_profile
from plonegov.municipalities.loader.sites import get_site
from plonegov.municipalities.loader.sites import municipality_sites
from plonegov.municipalities.loader.sites import Outcome
from plonegov.municipalities.server.runtime import application
from plonegov.municipalities.server.runtime import has_instance
from plonegov.municipalities.server.runtime import load_zcml
from plonegov.municipalities.server.runtime import start_zope
from plonegov.municipalities.server.runtime import writing
from typing import Annotated

import typer


app = typer.Typer(help="Municipalities and their sites.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(metavar="ID", help="Id of the municipality.")]


@app.command("list")
@refusing
def list_(json: AsJson = False) -> None:
    """List the profiles that are found, and the site each is applied to."""
    sites, shadowed = {}, shadowed_profiles()
    if has_instance():
        start_zope()
        with application() as root:
            sites = municipality_sites(root)
    rows = [
        {
            "id": profile.id,
            "title": str(MunicipalityDistribution(profile).title),
            "folder": str(profile.path),
            "site": sites.get(profile.id, ""),
            "shadowed": [str(path) for path in shadowed[profile.id]],
        }
        for profile in find_profiles().values()
    ]
    answer(rows, "\n".join(_row(row) for row in rows), json)


@app.command()
@refusing
def check(municipality: Id, json: AsJson = False) -> None:
    """Check a profile; every fault is told with file, line, key and what is allowed."""
    profile = get_profile(municipality)
    load_zcml()
    errors = profile_errors(profile)
    text = "\n".join(map(str, errors)) or f"{profile.path} is in order."
    answer([error.context for error in errors], text, json)
    if errors:
        raise typer.Exit(1)


@app.command("apply")
@refusing
def apply_(
    municipality: Id,
    site: Annotated[str, typer.Option(help="Id of a new site (else ID).")] = "",
    demo: Annotated[bool, typer.Option(help="Add demonstration data.")] = False,
    force: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY", help="Set this key although people changed it."),
    ] = None,
    json: AsJson = False,
) -> None:
    """Create or update the municipality's site from its profile."""
    get_profile(municipality)
    start_zope()
    with application() as root:
        outcome = apply_profile(root, municipality, site, force or ())
        value = asdict(outcome)
        text = _told(outcome)
        if demo:
            accounts = _demo(root, municipality)
            value["demo"] = accounts
            text += "\n" + _told_accounts(accounts)
    answer(value, text, json)


def _row(row: dict) -> str:
    text = f"{row['id']}  {row['title']}  site: {row['site'] or '-'}  {row['folder']}"
    return "\n".join([text, *(f"    not used: {path}" for path in row["shadowed"])])


def _demo(root, municipality: str) -> dict[str, object]:
    password = demo_password(municipality)
    with writing(get_site(root, municipality).getId()):
        created = create_demo(get_site(root, municipality), password)
    return {
        "created": created,
        "password": password,
        "accounts": [asdict(account) for account in ACCOUNTS],
    }


app.command("diff")(comparing.diff)
app.command("export")(comparing.export)
app.command("new")(making.new)


def _told(outcome: Outcome) -> str:
    if outcome.created:
        return f"Site /{outcome.site} made for {outcome.municipality}."
    lines = [f"set: {key}" for key in outcome.changed]
    lines += [f"kept as it is on the site: {key}" for key in outcome.kept]
    return "\n".join(lines) or f"Site /{outcome.site} is up to date."


def _told_accounts(demo: dict) -> str:
    rows = [
        f"  {item['id']:<11} {item['role'] or 'citizen'}"
        + (f" in {item['service']}" if item["service"] else "")
        for item in demo["accounts"]
    ]
    return "\n".join([f"Demonstration accounts, password {demo['password']}:", *rows])
