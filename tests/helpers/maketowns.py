"""Run in a process of its own: make four towns and a plain site in one instance.

Prints as JSON what the tests have to know of them.
"""

from AccessControl.ImplPython import rolesForPermissionOn
from AccessControl.ZopeSecurityPolicy import getRoles
from Acquisition import aq_base
from datetime import date
from helpers.orders import request
from helpers.towns import accounts
from helpers.towns import password
from helpers.towns import person
from helpers.towns import PLAIN
from helpers.towns import Secret
from helpers.towns import SECRETS
from helpers.towns import TOWNS
from pathlib import Path
from plone import api
from plone.namedfile.file import NamedBlobFile
from plonegov.core.api import now
from plonegov.core.identity.current import town_keys
from plonegov.core.municipality.example import FACTS
from plonegov.core.ops.home import home
from plonegov.core.records.keeping import begin
from plonegov.core.records.keeping import free_key
from plonegov.core.records.keeping import keep
from plonegov.deliberations.api import parts
from plonegov.deliberations.api.bodies import all_bodies
from plonegov.deliberations.api.bodies import workflow
from plonegov.deliberations.api.store import deliberations
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.municipalities.loader.sites import apply_profile
from plonegov.municipalities.server.instance import create_instance
from plonegov.municipalities.server.runtime import application
from plonegov.municipalities.server.runtime import start_zope
from plonegov.municipalities.server.runtime import writing
from plonegov.ordering.adapters.demo import national_number
from plonegov.ordering.api import handling
from plonegov.ordering.api import links
from plonegov.ordering.api import orders
from plonegov.ordering.api.counters import counter
from Products.CMFCore.interfaces import IContentish
from Products.CMFPlone.factory import addPloneSite
from zope.component import getGlobalSiteManager
from zope.component.hooks import setSite
from zope.publisher.interfaces.browser import IBrowserRequest
from ZPublisher import zpublish_mark

import inspect
import json
import sys
import tomlkit


PDF = b"%PDF-1.7 "
#: Roles of who has the highest one.
HELD = {"Site Administrator", "Authenticated", "Member"}
#: Private items of a site: type, id.
PRIVATE = (("Document", "dossier"), ("Event", "meeting"), ("Folder", "box"))
#: Document that is ordered, where it is not this one.
DOCUMENTS = {"poitiers": "life"}


def main() -> None:
    write_profile(home())
    made = create_instance(port=int(sys.argv[1]))
    found = {"admin": ["admin", made.password], "sites": {}}
    start_zope()
    for site in SECRETS:
        with application() as app:
            found["sites"][site] = make(app, site)
    found["names"] = view_names()
    with application() as app:
        setSite(app[TOWNS[0]])
        found["administrator"] = rights(app[TOWNS[0]])
    json.dump(found, sys.stdout)


def make(app, site_id: str) -> dict:
    """Make a site and fill it; each with a request of its own, which has layers."""
    if site_id != PLAIN:
        apply_profile(app, site_id)
        with writing(site_id):
            setSite(app[site_id])
            return fill_town(app[site_id])
    with writing(site_id):
        plain = addPloneSite(
            app,
            site_id,
            title="Plain",
            distribution_name="classic",
            setup_content=False,
            default_language="fr",
        )
        setSite(plain)
        setup = plain.portal_setup
        setup.runAllImportStepsFromProfile("profile-plone.restapi:default")
        return fill_site(plain)


def write_profile(home: Path) -> None:
    from pathlib import Path

    folder = Path(home) / "profiles" / "hotton"
    folder.mkdir(parents=True, exist_ok=True)
    facts = {**FACTS, "id": "hotton"}
    (folder / "municipality.toml").write_text(tomlkit.dumps(facts), encoding="utf-8")
    seneffe = Path(__file__).parents[2] / "profiles" / "seneffe"
    for name in ("metadata.xml", "emblem.svg"):
        (folder / name).write_bytes((seneffe / name).read_bytes())


def fill_site(site) -> dict:
    """Add accounts, a group, content: private but one page."""
    secret = Secret(site.getId())
    word = secret.word.title()
    for name, roles in accounts(secret.site).items():
        site.acl_users.userFolderAddUser(name, password(secret.site), roles, [])
        api.user.get(name).setMemberProperties(
            {"fullname": f"{word} {name}", "email": f"{name}@{secret.word}.example"}
        )
    api.group.create("friends", title=f"{word} friends", description=word)
    items = [
        api.content.create(site, kind, name, title=f"{word} {name}", description=word)
        for kind, name in PRIVATE
    ]
    box = site["box"]
    file = NamedBlobFile(secret.word.encode(), "text/plain", f"{secret.word}.txt")
    items += [
        # Plone's own files have no workflow: they are as private as their folder.
        api.content.create(box, "File", "scan", title=f"{word} scan", file=file),
        api.content.create(box, "Document", "inner", title=f"{word} inner"),
    ]
    public = api.content.create(site, "Document", "notice", title="Notice")
    api.content.transition(public, "publish")
    return {"uids": {item.getId(): api.content.get_uuid(item) for item in items}}


def fill_town(site) -> dict:
    found = fill_site(site)
    secret = Secret(site.getId())
    for name in accounts(secret.site):
        api.group.add_user(groupname="service-population", username=name)
    order = place(secret)
    records = deliberate(secret)
    draft = counter().drafts.add(order.document, order.key_id, now())
    draft.save(town_keys(), {"applicant": {"first_name": secret.word}}, now())
    return found | {
        "document": order.document,
        "reference": order.reference,
        "secret": links.secret(order),
        "order": api.content.get_uuid(order),
        "draft": draft.key,
        "records": records,
        "sealed": town_keys().encrypt(secret.word).as_tuple(),
    }


def deliberate(secret) -> dict[str, str]:
    """Keep an item with an annex for the town's first body, and a meeting of it; all
    their words are the secret one. Return their paths below the town's deliberations."""
    container, body = deliberations(), all_bodies()[0]
    made = Item(
        id=free_key(container.records),
        body=body.getId(),
        service="population",
        workflow=workflow(body),
        title=secret.word,
        motivation=f"<p>{secret.word}</p>",
        decision=f"<p>{secret.word}</p>",
        changed=now(),
    )
    item = keep(container, made)
    begin(item)
    with api.env.adopt_roles(["Service Drafter"]):
        name, data = f"{secret.word}.pdf", PDF + secret.word.encode()
        annex = parts.add_annex(item, name, data, secret.word)
    planned = Meeting(
        id=free_key(container.records),
        body=body.getId(),
        starts=now(),
        place=secret.word,
    )
    meeting = keep(container, planned)
    begin(meeting)
    return {
        "item": item.getId(),
        "annex": f"{item.getId()}/{annex.getId()}",
        "meeting": meeting.getId(),
    }


def place(secret):
    word, born = secret.word.title(), date.fromisoformat(secret.born)
    number = "" if secret.site == "poitiers" else national_number(born, 901)
    document = DOCUMENTS.get(secret.site, "residence")
    order = orders.place(
        request(
            document=document,
            delivery="counter",
            applicant__first_name=word,
            applicant__last_name=word,
            applicant__email=f"{secret.word}@exempleville.example",
            applicant__birth_date=secret.born,
            applicant__national_number=number,
            answers={"purpose": f"{word} answer"},
        ),
        owner=person(secret.site, "citizen"),
    )
    blob = NamedBlobFile(
        PDF + secret.word.encode(), "application/pdf", f"{secret.word}.pdf"
    )
    with api.env.adopt_roles(["Service Clerk", "Manager"]):
        handling.change(order, "start")
        handling.note(order, f"{word} note")
    order.findings = {"address": f"{word} finding"}
    order.attachments = (("mandate", blob),)
    order.issued, order.act = blob, blob
    return order


def view_names():
    found = {"ours": set(), "deliberations": set(), "others": set()}
    for registration in getGlobalSiteManager().registeredAdapters():
        if (
            len(registration.required) > 1
            and registration.required[1].isOrExtends(IBrowserRequest)
            and registration.name
        ):
            info = str(registration.info)
            found["ours" if "plonegov" in info else "others"].add(registration.name)
            if "/deliberations/" in info:
                found["deliberations"].add(registration.name)
    return {whose: sorted(names) for whose, names in found.items()}


def rights(site) -> dict:
    """Return what the town's highest role may do: permissions, panels, methods."""
    return {
        "permissions": sorted(
            name
            for name, *_ in site.ac_inherited_permissions(1)
            if holds(name, site) and "Anonymous" not in roles_of(name, site)
        ),
        "panels": {
            panel.getActionExpression(): all(
                holds(name, site) for name in panel.permissions
            )
            for panel in site.portal_controlpanel.listActions()
        },
        "methods": sorted(methods(site, depth=3)),
    }


def roles_of(permission: str, item) -> list[str]:
    return rolesForPermissionOn(permission, item)


def holds(permission: str, item) -> bool:
    return bool(HELD & set(roles_of(permission, item)))


def methods(item, depth: int) -> set[str]:
    """Return the published methods of tools that the role may call, and what is in
    them; not those for everybody, nor those of content."""
    found = set()
    for child in item.objectValues() if depth else ():
        if not IContentish.providedBy(child):
            found |= {name for name in dir(aq_base(child)) if is_open(child, name)}
            found |= (
                methods(child, depth - 1) if hasattr(child, "objectValues") else set()
            )
    return found


def is_open(item, name: str) -> bool:
    method = getattr(item, name, None)
    if name.startswith("_") or not inspect.ismethod(method):
        return False
    mark = zpublish_mark(method)
    if mark is False or (mark is None and not method.__doc__):
        return False
    roles = getRoles(item, name, method, None)
    if not isinstance(roles, list | tuple):
        return False
    return "Anonymous" not in roles and bool(HELD & set(roles))


if __name__ == "__main__":
    main()
