"""What the town's highest role may not do, and what accounts tell about each other."""

from plone import api
from plonegov.ordering.api.counters import counter

import pytest
import transaction


def test_a_site_administrator_deletes_no_order_of_a_demonstration(portal, order, visit):
    api.portal.set_registry_record("plonegov.core.demo", True)
    transaction.commit()
    answer = visit("itstaff").delete(
        f"{portal.absolute_url()}/counter", headers={"Accept": "application/json"}
    )
    assert answer.status_code == 403
    transaction.begin()
    assert len(counter().records) == 1


SCRIPTING = {
    "GET @@theming-controlpanel": None,
    "GET @@resourceregistry-controlpanel": None,
    "GET @@content-controlpanel": None,
    "GET @@filter-controlpanel": None,
    "GET @@site-controlpanel": None,
    "GET manage_main": None,
    "GET portal_registry": None,
    "PATCH @registry": {"plonegov.core.municipality_id": "other"},
    "PATCH @controlpanels/site": {"webstats_js": "<script></script>"},
    "PATCH @types/plonegov.Order": {"properties": {"document": {"title": "x"}}},
    "POST @types/plonegov.Order": {"factory": "x", "title": "x"},
    "DELETE @types/plonegov.Order/document": None,
    "PATCH counter/residence/questions": {"fields_model": "<model/>"},
}


@pytest.mark.parametrize("call", SCRIPTING)
def test_a_site_administrator_writes_no_script_schema_or_setting_of_ours(
    portal, order, visit, call
):
    method, path = call.split()
    kind = "text/html" if method == "GET" else "application/json"
    answer = visit("itstaff").request(
        method,
        f"{portal.absolute_url()}/{path}",
        json=SCRIPTING[call],
        headers={"Accept": kind},
        allow_redirects=False,
    )
    assert answer.status_code in (302, 401, 403)


@pytest.mark.parametrize("person", ["anonymous", "citizen", "works-clerk", "editor"])
@pytest.mark.parametrize("kind", ["Users", "Principals", "Groups"])
def test_a_citizen_does_not_learn_who_has_an_account(
    portal, order, visit, person, kind
):
    base, session = portal.absolute_url(), visit(person)
    for path in (
        f"@vocabularies/plone.app.vocabularies.{kind}",
        f"@@getVocabulary?name=plone.app.vocabularies.{kind}&field=creators",
        "@users",
        "@users/owner",
        "@principals?search=owner",
    ):
        answer = session.get(f"{base}/{path}", headers={"Accept": "application/json"})
        assert "owner" not in answer.text, path
