"""``bin/instance`` of the buildout: the usual verbs around ``bin/plonegov serve``."""

from pathlib import Path
from plonegov.core.ops.home import home
from plonegov.core.ops.home import private_folder
from plonegov.core.ops.townlocks import ROOT
from plonegov.municipalities.commands.output import refusing
from plonegov.municipalities.server.runtime import application
from plonegov.municipalities.server.runtime import start_zope
from plonegov.municipalities.server.runtime import writing
from plonegov.municipalities.server.runtime import zope_conf
from plonegov.municipalities.server.serve import NOTE
from typing import Annotated

import os
import signal
import subprocess
import sys
import time
import typer


#: Seconds that a start or a stop may take, and between two looks.
PATIENCE = 120.0
LOOK = 0.2
#: File in the log folder: what a server started with ``start`` prints.
CONSOLE = "console.log"

app = typer.Typer(
    help="Controls the instance in $PLONEGOV_HOME, made by `plonegov instance create`.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def program() -> str:
    """Return the path of ``plonegov``, which stands beside this script."""
    return str(Path(sys.argv[0]).absolute().with_name("plonegov"))


def running() -> int | None:
    """Return the process id of the server of this instance, None when it is down.

    A note left by a crash does not count: its number may be another process by now.
    """
    try:
        pid = (home() / NOTE).read_text(encoding="utf-8").partition(" ")[0]
        command = Path(f"/proc/{pid or 'none'}/cmdline").read_bytes()
    except FileNotFoundError:
        return None
    return int(pid) if b"plonegov.municipalities.server.serve" in command else None


@app.command("console")
@app.command("fg")
@refusing
def foreground() -> None:
    """Serve in the foreground, as `plonegov serve` does, until stopped."""
    os.execv(program(), [program(), "serve"])


@app.command()
@refusing
def start() -> None:
    """Serve in the background; returns when the server is up."""
    zope_conf()
    if pid := running():
        _tell(f"already running; pid={pid}")
        return
    console = private_folder("log") / CONSOLE
    with console.open("ab") as log:
        process = subprocess.Popen(
            [program(), "serve"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    _wait(lambda: running() == process.pid or process.poll() is not None)
    if process.poll() is not None:
        _refuse(f"did not start; see {console}")
    _tell(f"started; pid={process.pid}")


@app.command()
@refusing
def stop() -> None:
    """Stop the server: requests and the worker may finish."""
    pid = running()
    if pid is None:
        _tell("not running")
        return
    os.kill(pid, signal.SIGTERM)
    _wait(lambda: running() is None)
    _tell(f"stopped; pid={pid}")


@app.command()
@refusing
def restart() -> None:
    """Stop the server, if it runs, and start it."""
    stop()
    start()


@app.command()
@refusing
def status() -> None:
    """Say whether the server runs; exit code 1 when it does not."""
    pid = running()
    if pid is None:
        _refuse("not running")
    _tell(f"running; pid={pid}")


@app.command()
@refusing
def adduser(
    name: str,
    password: Annotated[
        str,
        typer.Option(prompt=True, hide_input=True, help="Asked for when not given."),
    ],
) -> None:
    """Add a Manager of the Zope root, also while the server runs."""
    start_zope()
    with application() as root, writing(ROOT):
        if root.acl_users.getUser(name) is not None:
            _refuse(f"there is a user {name} already")
        root.acl_users._doAddUser(name, password, ["Manager"], [])
    _tell(f"user {name} added")


def _wait(condition) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            _refuse(f"nothing happened for {PATIENCE:.0f} seconds")
        time.sleep(LOOK)


def _tell(text: str) -> None:
    typer.echo(f"instance: {text}")


def _refuse(text: str) -> None:
    typer.echo(f"instance: {text}", err=True)
    raise typer.Exit(1)


def main() -> None:
    """Entry point of ``bin/instance``."""
    app()
