"""Roles of services come from their providers only, and who gives a role is logged."""

from helpers.people import PASSWORD
from lxml import html
from plone import api
from plonegov.core.municipality.facts import settings
from plonegov.core.ops.files import town_folder
from plonegov.core.ops.readlog import verify
from plonegov.core.pas.rolemanager import PLUGIN
from plonegov.core.pas.rolemanager import TownRoleManager
from plonegov.core.pas.rolemanager import use_plone_manager
from plonegov.core.pas.rolemanager import use_town_manager
from plonegov.ordering.api.counters import counter
from Products.PlonePAS.plugins.role import GroupAwareRoleManager

import json
import pytest
import transaction


PROVIDED = ("Service Clerk", "Applicant")
JSON = {"Accept": "application/json"}


def logged(action):
    """Return what the town's log says of an action: object, by whom, about whom."""
    [chain] = town_folder("audit", settings().municipality_id).glob("reads-*.log")
    people = chain.with_suffix(".personal").read_text().splitlines()
    entries = [json.loads(line) for line in people]
    return [
        (entry["object"], entry["user"], entry["reason"])
        for entry in entries
        if entry["action"] == action
    ]


def opens(visit, person, order):
    """Tell whether a person reads an order."""
    return visit(person).get(order.absolute_url(), headers=JSON).status_code == 200


def places(portal, order):
    return {
        "site": portal,
        "counter": counter(),
        "document": counter()["residence"],
        "order": order,
    }


@pytest.mark.parametrize("place", ["site", "counter", "document", "order"])
@pytest.mark.parametrize("role", PROVIDED)
def test_a_provided_role_given_on_an_object_opens_no_order(
    portal, order, visit, place, role
):
    places(portal, order)[place].manage_setLocalRoles("itstaff", [role])
    transaction.commit()
    assert not opens(visit, "itstaff", order)


@pytest.mark.parametrize("place", ["counter", "document", "order"])
def test_a_provided_role_given_on_an_object_is_none_there(portal, order, place):
    target = places(portal, order)[place]
    target.manage_setLocalRoles("itstaff", ["Service Clerk", "Reader"])
    roles = api.user.get_roles(username="itstaff", obj=target)
    assert "Service Clerk" not in roles
    assert "Reader" in roles


@pytest.mark.parametrize("role", PROVIDED)
@pytest.mark.parametrize("principal", ["itstaff", "Administrators"])
def test_a_provided_role_given_to_an_account_or_group_opens_no_order(
    portal, order, visit, role, principal
):
    plugin = portal.acl_users[PLUGIN]
    plugin.assignRolesToPrincipal(["Site Administrator", role], principal)
    api.group.add_user(groupname="Administrators", username="itstaff")
    transaction.commit()
    assert not opens(visit, "itstaff", order)
    assert role not in api.user.get_roles(username="itstaff")


@pytest.mark.parametrize("role", PROVIDED)
def test_no_form_offers_a_provided_role(portal, role):
    assert role not in portal.acl_users[PLUGIN].listRoleIds()
    assert role not in portal.valid_roles()


def test_a_provided_role_is_not_given_by_the_sharing_of_anything(portal, order, visit):
    roles = {"Service Clerk": True, "Clerk": True, "Applicant": True}
    entry = {"id": "itstaff", "type": "user", "roles": roles}
    for target in (portal, counter(), counter()["residence"], order):
        visit("itstaff").post(
            f"{target.absolute_url()}/@sharing",
            json={"entries": [entry]},
            headers=JSON,
        )
    transaction.begin()
    assert not opens(visit, "itstaff", order)
    for target in (portal, counter(), counter()["residence"]):
        given = target.get_local_roles_for_userid("itstaff")
        assert not set(given) & set(roles)


def control_panel(session, portal, view, fields):
    """Post a control panel's form as its own page would."""
    address = f"{portal.absolute_url()}/@@{view}"
    page = html.fromstring(session.get(address).text)
    [token, *_] = page.xpath("//input[@name='_authenticator']/@value")
    return session.post(address, data={**fields, "_authenticator": token})


def test_who_makes_himself_a_clerk_is_logged(portal, order, visit):
    answer = control_panel(
        visit("itstaff"),
        portal,
        "usergroup-userprefs",
        {
            "form.submitted": "1",
            "form.button.Modify": "Apply",
            "users.id:records": "itstaff",
            "users.roles:list:records": ["Member", "Site Administrator", "Clerk"],
        },
    )
    assert answer.status_code == 200
    transaction.begin()
    assert "Clerk" in api.user.get_roles(username="itstaff")
    assert logged("role_given")[-1] == ("Clerk", "itstaff", "itstaff")
    assert not opens(visit, "itstaff", order)


def test_who_joins_the_group_of_a_service_is_logged(portal, order, visit):
    portal.acl_users[PLUGIN].assignRoleToPrincipal("Clerk", "itstaff")
    transaction.commit()
    for users, action in (
        ({"itstaff": True}, "group_joined"),
        ({"itstaff": False}, "group_left"),
    ):
        answer = visit("itstaff").patch(
            f"{portal.absolute_url()}/@groups/service-population",
            json={"users": users},
            headers=JSON,
        )
        assert answer.status_code == 204
        assert logged(action)[-1] == ("service-population", "itstaff", "itstaff")
        assert opens(visit, "itstaff", order) is (action == "group_joined")
    assert verify(settings().municipality_id) == []


def test_a_role_that_is_taken_is_logged(portal, order):
    plugin = portal.acl_users[PLUGIN]
    plugin.removeRoleFromPrincipal("Clerk", "clerk")
    plugin.assignRolesToPrincipal(["Member"], "works-clerk")
    taken = logged("role_taken")
    assert [(role, who) for role, _by, who in taken][-2:] == [
        ("Clerk", "clerk"),
        ("Clerk", "works-clerk"),
    ]


def test_roles_given_by_sharing_are_logged(portal, order, visit):
    entry = {"id": "editor", "type": "user", "roles": {"Editor": True}}
    visit("itstaff").post(
        f"{counter().absolute_url()}/@sharing", json={"entries": [entry]}, headers=JSON
    )
    assert logged("sharing_changed")[-1][:2] == ("/plone/counter", "itstaff")


def test_what_everybody_has_is_not_logged(portal, order):
    before = logged("role_given")
    portal.acl_users.userFolderAddUser("new", PASSWORD, ["Member"], [])
    assert logged("role_given") == before


def test_the_role_manager_keeps_what_plones_held(portal, order):
    folder = portal.acl_users
    held = dict(folder[PLUGIN]._principal_roles)
    use_plone_manager()
    assert type(folder[PLUGIN].aq_base) is GroupAwareRoleManager
    assert dict(folder[PLUGIN]._principal_roles) == held
    use_town_manager()
    use_town_manager()
    assert type(folder[PLUGIN].aq_base) is TownRoleManager
    assert "Clerk" in api.user.get_roles(username="clerk")
