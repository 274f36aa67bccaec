"""Run by ``zconsole``: make the administrator and a plain Plone site."""

from AccessControl.SecurityManagement import newSecurityManager
from plone.distribution.api import site as sites
from Testing.makerequest import makerequest

import os
import transaction


def main(app):
    root = makerequest(app)
    root.acl_users.userFolderAddUser(
        "admin", os.environ["BENCH_PASSWORD"], ["Manager"], []
    )
    transaction.commit()  # making a site begins anew
    admin = root.acl_users.getUser("admin")
    newSecurityManager(None, admin.__of__(root.acl_users))
    site = sites.create(
        root,
        "classic",
        {
            "site_id": "Plone",
            "title": "Plone",
            "setup_content": False,
            "default_language": "fr",
            "portal_timezone": "Europe/Brussels",
        },
    )
    site.portal_setup.runAllImportStepsFromProfile("profile-plone.restapi:default")
    transaction.commit()


main(globals()["app"])  # given by zconsole
