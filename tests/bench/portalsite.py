"""Run by ``zconsole`` of the portal: make its profile and an institution in ``Plone``.

It is the institution ``town``, with ten categories and five representatives; nothing of
the portal's demonstration, which asks services of the Internet.
"""

from AccessControl.SecurityManagement import newSecurityManager
from plone import api
from Testing.makerequest import makerequest
from zope.component.hooks import setSite
from zope.globalrequest import setRequest

import transaction


CATEGORIES = {f"category-{number}": f"Matière {number}" for number in range(10)}
PEOPLE = [
    {
        "representative_key": f"{number:032x}",
        "representative_value": f"Membre {number}",
        "representative_long_value": f"Membre {number}, échevin",
        "active": True,
    }
    for number in range(5)
]


def main(app) -> None:
    root = makerequest(app)
    setRequest(root.REQUEST)
    newSecurityManager(None, root.acl_users.getUser("admin").__of__(root.acl_users))
    setSite(root.Plone)
    profile = "profile-plonemeeting.portal.core:default"
    root.Plone.portal_setup.runAllImportStepsFromProfile(profile)
    record = "plonemeeting.portal.core.global_categories"
    api.portal.set_registry_record(record, CATEGORIES)
    town = api.content.create(
        root.Plone,
        "Institution",
        "town",
        title="Town",
        categories_mappings=[
            {"local_category_id": name, "global_category_id": name}
            for name in CATEGORIES
        ],
        representatives_mappings=PEOPLE,
    )
    api.content.transition(town, "publish")
    transaction.commit()


main(globals()["app"])  # given by zconsole
