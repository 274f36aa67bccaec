"""Zope as the command and the worker open it: same configuration, no web server."""

from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.SecurityManagement import noSecurityManager
from AccessControl.SpecialUsers import system
from collections.abc import Iterator
from configparser import ConfigParser
from contextlib import contextmanager
from OFS.Application import import_products
from pathlib import Path
from plonegov.core.ops.home import home
from plonegov.core.ops.home import private_folder
from plonegov.core.ops.writelock import town_lock
from plonegov.municipalities.errors import InstanceMissing
from plonegov.municipalities.loader.folders import PACKAGE_FOLDER
from Testing.makerequest import makerequest
from zope.component.hooks import setSite
from zope.globalrequest import clearRequest
from zope.globalrequest import setRequest
from zope.i18n.compile import compile_mo_file
from Zope2.App.zcml import load_site
from Zope2.Startup.run import configure_wsgi

import logging
import transaction
import Zope2


def zope_conf() -> Path:
    """Return the path of the instance's ``zope.conf``.

    :raises InstanceMissing: there is no instance yet.
    """
    if not has_instance():
        raise InstanceMissing(home=str(home()))
    return home() / "etc" / "zope.conf"


def has_instance() -> bool:
    """Tell whether ``$PLONEGOV_HOME`` holds an instance."""
    return (home() / "etc" / "zope.conf").is_file()


def compile_translations() -> None:
    """Compile the suite's translations where that was not done (in a checkout)."""
    for source in PACKAGE_FOLDER.parent.glob("*/locales/*/LC_MESSAGES/*.po"):
        compile_mo_file(source.stem, str(source.parent))


def load_zcml() -> None:
    """Load all ZCML, for what needs registrations but no database."""
    if has_instance():
        configure_wsgi(str(zope_conf()))
    compile_translations()
    import_products()
    load_site()


def start_zope() -> None:
    """Load the configuration and all ZCML once, and open the database.

    :raises InstanceMissing: there is no instance yet.
    """
    path = str(zope_conf())
    _log_to_file()
    compile_translations()
    configure_wsgi(path)
    Zope2.startup_wsgi()


def _log_to_file() -> None:
    """Write what happens to the log of the commands, only errors to the terminal."""
    terminal = logging.StreamHandler()
    terminal.setLevel(logging.ERROR)
    file = logging.FileHandler(private_folder("log") / "commands.log")
    logging.basicConfig(
        level=logging.INFO,
        handlers=[terminal, file],
        format="%(asctime)s %(levelname)s [%(name)s] %(message)s",
    )


def own_address() -> dict[str, str]:
    """Return where ``serve`` listens, for links made outside a web request."""
    settings = ConfigParser(interpolation=None)
    settings.read(home() / "etc" / "zope.ini", encoding="utf-8")
    listen = settings.get("server:main", "listen", fallback="localhost:80")
    return {"SERVER_NAME": "localhost", "SERVER_PORT": listen.rpartition(":")[2]}


@contextmanager
def application() -> Iterator:
    """Open the Zope root in this thread, as the system; what is not committed is lost.

    ``start_zope`` was called before.
    """
    app = makerequest(Zope2.app(), environ=own_address())
    setRequest(app.REQUEST)
    newSecurityManager(None, system)
    try:
        yield app
    finally:
        transaction.abort()
        setSite(None)
        noSecurityManager()
        clearRequest()
        app._p_jar.close()


@contextmanager
def writing(site_id: str) -> Iterator[None]:
    """Hold the town's write lock around one transaction, committed at the end.

    :raises ValueError: no site can have this id.
    """
    with town_lock(site_id):
        transaction.begin()
        try:
            yield
            transaction.commit()
        finally:
            # Aborting with a site that is not stored as the current one fails.
            setSite(None)
            transaction.abort()
