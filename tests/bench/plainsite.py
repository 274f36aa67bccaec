"""Run by ``zconsole``: make a plain Plone site, and first the administrator.

``$BENCH_PASSWORD`` is the administrator's, who is there already when it is unset;
``$BENCH_SITE`` is the id of the site, ``Plone`` when it is unset.
"""

from AccessControl.SecurityManagement import newSecurityManager
from plone.distribution.api import site as sites
from Testing.makerequest import makerequest

import os
import transaction


def main(app):
    root = makerequest(app)
    password = os.environ.get("BENCH_PASSWORD")
    if password:
        root.acl_users.userFolderAddUser("admin", password, ["Manager"], [])
        transaction.commit()  # making a site begins anew
    admin = root.acl_users.getUser("admin")
    newSecurityManager(None, admin.__of__(root.acl_users))
    site = sites.create(
        root,
        "classic",
        {
            "site_id": os.environ.get("BENCH_SITE", "Plone"),
            "title": "Plone",
            "setup_content": False,
            "default_language": "fr",
            "portal_timezone": "Europe/Brussels",
        },
    )
    site.portal_setup.runAllImportStepsFromProfile("profile-plone.restapi:default")
    transaction.commit()


main(globals()["app"])  # given by zconsole
