"""Accounts for tests."""

from plone import api


PASSWORD = "A-long-secret-1"


def add_person(portal, name, roles, groups=()):
    """Add an account with global roles, in groups that are made when missing."""
    with api.env.adopt_roles(["Manager"]):
        portal.acl_users.userFolderAddUser(name, PASSWORD, roles, [])
        for group in groups:
            if api.group.get(group) is None:
                api.group.create(group)
            api.group.add_user(groupname=group, username=name)
