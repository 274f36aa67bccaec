"""Demonstration accounts and data, on a site that holds nothing real."""

from dataclasses import dataclass
from plone import api
from plonegov.core.municipality.facts import settings
from plonegov.core.municipality.interfaces import IDemoData
from plonegov.core.ops.files import write_private
from plonegov.core.ops.home import private_folder
from plonegov.municipalities.errors import PasswordTooShort
from plonegov.municipalities.errors import RealDataPresent
from zope.component import getUtilitiesFor

import os
import secrets


#: Environment variable: one password for all demonstration accounts.
VARIABLE = "PLONEGOV_DEMO_PASSWORD"
MIN_LENGTH = 8


@dataclass(frozen=True)
class Account:
    """A demonstration account; ``service`` is the town's service it belongs to."""

    id: str
    fullname: str
    role: str = ""
    service: str = ""


ACCOUNTS = (
    Account("citizen", "Camille Exemple"),
    Account("clerk", "Claude Guichet (démo)", "Clerk", "population"),
    Account("service", "Sacha Travaux (démo)", "Drafter", "works"),
    Account("reviewer", "Robin Relecture (démo)", "Reviewer", "works"),
    Account("secretary", "Dominique Secrétariat (démo)", "Secretary"),
    Account("councillor", "Alix Conseil (démo)", "Councillor"),
    Account("records", "Maxime Dossiers (démo)", "Records Manager"),
    Account("archivist", "Andrea Archives (démo)", "Archivist"),
    Account("editor", "Lou Rédaction (démo)", "Local Editor"),
    Account("business", "Morgan Commerce (démo)", "Business Owner"),
    Account("itstaff", "Charlie Informatique (démo)", "Site Administrator"),
)


def demo_password(municipality_id: str) -> str:
    """Return the password of the demonstration accounts, the same at each start.

    ``$PLONEGOV_DEMO_PASSWORD``, else a random one kept in a private file of the
    instance, so that a later start can print it again.

    :raises PasswordTooShort: the stated one has fewer than 8 characters.
    """
    file = private_folder("demo") / f"{municipality_id}.password"
    stated = os.environ.get(VARIABLE, "")
    if stated:
        if len(stated) < MIN_LENGTH:
            raise PasswordTooShort(variable=VARIABLE, minimum=MIN_LENGTH)
    elif file.exists():
        return file.read_text(encoding="utf-8")
    password = stated or secrets.token_urlsafe(9)
    write_private(file, password.encode())
    return password


def create_demo(portal, password: str) -> bool:
    """Make the accounts and the add-ons' data; return False when all is there.

    :raises RealDataPresent: the site is in use.
    """
    stored = settings()
    if stored.demo:
        return _set_passwords(portal, password)
    sources = sorted(getUtilitiesFor(IDemoData), key=lambda item: item[0])
    for name, source in sources:
        if source.has_real_data(portal):
            raise RealDataPresent(site=portal.getId(), found=name)
    for account in ACCOUNTS:
        _create(portal, account, password)
    stored.demo = True
    for _name, source in sources:
        source.create(portal, password)
    return True


def _create(portal, account: Account, password: str) -> None:
    roles = ["Member", account.role] if account.role else ["Member"]
    portal.acl_users.userFolderAddUser(account.id, password, roles, [])
    user = api.user.get(account.id)
    address = f"{account.id}@demo.example"
    user.setMemberProperties({"fullname": account.fullname, "email": address})
    group = f"service-{account.service}"
    if account.service and api.group.get(group) is not None:
        api.group.add_user(groupname=group, user=user)


def _set_passwords(portal, password: str) -> bool:
    """Give the accounts another password, when it is another one."""
    users = portal.acl_users.source_users
    first = ACCOUNTS[0].id
    if users.authenticateCredentials({"login": first, "password": password}):
        return False
    for account in ACCOUNTS:
        if users.getUserInfo(account.id) is not None:
            users.updateUserPassword(account.id, password)
    return True
