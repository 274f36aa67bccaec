"""Nobody but a Manager gives a form a script, an expression, a recipient or a redirect,
or reads its models: each way in that EasyForm and Plone offer is tried as each role."""

from collective.easyform.interfaces import IEasyForm
from collective.easyform.interfaces import IEasyFormActionContext
from collective.easyform.interfaces import IEasyFormActionsContext
from collective.easyform.interfaces import IEasyFormFieldContext
from collective.easyform.interfaces import IEasyFormFieldsContext
from helpers.people import add_person
from helpers.people import PASSWORD
from io import BytesIO
from lxml import html
from plonegov.ordering.api.counters import counter
from zope.component import getGlobalSiteManager
from zope.schema import getFields

import pytest
import requests
import tarfile
import transaction


JSON = {"Accept": "application/json"}
#: Who works in a town: roles and groups.
PEOPLE = {
    "an-editor": (["Member", "Editor"], []),
    "a-contributor": (["Member", "Contributor"], []),
    "a-local-editor": (["Member", "Local Editor", "Editor"], []),
    "an-administrator": (["Member", "Site Administrator"], []),
    "a-clerk": (["Member", "Clerk"], ["service-population"]),
}
SECRET = "canary-of-a-model"
EVIL = """
<model xmlns="http://namespaces.plone.org/supermodel/schema"
       xmlns:easyform="http://namespaces.plone.org/supermodel/easyform">
  <schema>
    <field name="evil" type="collective.easyform.actions.CustomScript"
           easyform:TDefault="python:1">
      <title>Evil</title><ScriptBody>return 1</ScriptBody><ProxyRole>Manager</ProxyRole>
    </field>
  </schema>
</model>"""
#: How one comes from a form to what EasyForm registers its screens for.
PATHS = {
    IEasyForm: "",
    IEasyFormFieldsContext: "fields/",
    IEasyFormFieldContext: "fields/purpose/",
    IEasyFormActionsContext: "actions/",
    IEasyFormActionContext: "actions/create_order/",
}
#: What the forms of these screens send, all of it at once.
POSTED = {
    "source": EVIL,
    "form.widgets.__name__": "evil",
    "form.widgets.title": "Evil",
    "form.widgets.factory:list": "label_textline_field",
    "form.widgets.factory": "Custom Script",
    "form.widgets.ScriptBody": "return 1",
    "form.widgets.ProxyRole": "Manager",
    "form.widgets.thanksPageOverride": "redirect_to:string:https://evil.example",
    "form.widgets.IFieldExtender.TDefault": "python:1",
    "form.buttons.save": "Save",
    "form.buttons.add": "Add",
    "form.buttons.import": "Import",
    "pos": "0",
    "fieldset_index": "0",
}


def screens() -> list[str]:
    """Return the addresses below a form of every screen that EasyForm registers."""
    found = {
        f"{PATHS[one.required[0]]}@@{one.name}"
        for one in getGlobalSiteManager().registeredAdapters()
        if one.name and len(one.required) == 2 and one.required[0] in PATHS
    }
    return sorted(found)


def structure() -> bytes:
    """Return what EasyForm's import screen takes."""
    packed = BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name in ("structure/fields_model.xml", "structure/actions_model.xml"):
            info = tarfile.TarInfo(name)
            info.size = len(EVIL.encode())
            archive.addfile(info, BytesIO(EVIL.encode()))
    return packed.getvalue()


@pytest.fixture
def form(portal):
    """Return a form whose models hold a secret; all people exist."""
    for name, (roles, groups) in PEOPLE.items():
        add_person(portal, name, roles, groups)
    form = counter()["residence"].questions
    for name in ("fields_model", "actions_model"):
        setattr(form, name, f"{getattr(form, name)}<!-- {SECRET} -->")
    counter().manage_setLocalRoles("an-editor", ["Editor", "Contributor", "Owner"])
    counter().reindexObjectSecurity()
    transaction.commit()
    return form


def values(form):
    """Return all that EasyForm keeps of a form, as the database has it now."""
    transaction.begin()
    names = list(getFields(IEasyForm))
    kept = {name: form.__dict__.get(name) for name in names}
    forms = [item.getId() for item in form.aq_parent.objectValues()]
    return kept, forms, form.title


def session_of(portal, person):
    """Return the session of a person, and the token of one of the pages."""
    session = requests.Session()
    session.auth = (person, PASSWORD)
    page = session.get(f"{portal.absolute_url()}/counter/residence/order/who").text
    tree = html.fromstring(page)
    return session, tree.xpath("//input[@name='_authenticator']/@value")[0]


@pytest.mark.parametrize("person", PEOPLE)
def test_no_screen_of_easyform_shows_or_takes_a_model(portal, form, person):
    session, token = session_of(portal, person)
    before, base = values(form), form.absolute_url()
    assert "fields/@@modeleditor" in screens() and "actions/@@add-action" in screens()
    for path in (*screens(), "fields", "actions", "edit", "@@edit"):
        asked = session.get(f"{base}/{path}")
        sent = session.post(
            f"{base}/{path}",
            data={**POSTED, "_authenticator": token},
            files={"form.widgets.upload": ("x.tar.gz", structure())},
        )
        for answer in (asked, sent):
            assert SECRET not in answer.text, path
            assert "CreateOrder" not in answer.text, path
    assert values(form) == before


def test_the_screens_that_are_tried_do_change_a_form_of_a_manager(portal, form):
    add_person(portal, "a-manager", ["Member", "Manager"])
    transaction.commit()
    session, token = session_of(portal, "a-manager")
    before, base = values(form), form.absolute_url()
    session.post(
        f"{base}/fields/@@modeleditor",
        data={"source": EVIL, "_authenticator": token, "form.button.save": "Save"},
    )
    assert SECRET in session.get(base, headers=JSON).text
    session.patch(base, json={"thanksPageOverride": "string:x"}, headers=JSON)
    assert values(form) != before


@pytest.mark.parametrize("person", [*PEOPLE, "anonymous"])
def test_rest_shows_no_model(portal, form, person):
    session = requests.Session()
    if person != "anonymous":
        session.auth = (person, PASSWORD)
    base = portal.absolute_url()
    for path in (
        "counter/residence/questions",
        "counter/residence?fullobjects=1",
        "counter?fullobjects=1",
        "@search?portal_type=plonegov.QuestionForm&fullobjects=1&metadata_fields=_all",
        "counter/residence/questions/@history",
        "@orderable-documents",
    ):
        answer = session.get(f"{base}/{path}", headers=JSON)
        assert SECRET not in answer.text, path
        assert "fields_model" not in answer.text, path


@pytest.mark.parametrize("person", PEOPLE)
def test_rest_writes_nothing_of_easyforms(portal, form, person):
    session, _token = session_of(portal, person)
    before = values(form)
    for name, field in getFields(IEasyForm).items():
        answer = session.patch(
            form.absolute_url(),
            json={name: EVIL if "model" in name else _other(field)},
            headers=JSON,
        )
        assert answer.status_code in (401, 403), name
    assert values(form) == before


def _other(field):
    kinds = {"Bool": not field.default, "List": ["x"], "Tuple": ["x"], "Set": ["x"]}
    return kinds.get(type(field).__name__, "string:https://evil.example")


@pytest.mark.parametrize("person", PEOPLE)
def test_rest_makes_copies_and_moves_no_form(portal, form, person):
    session, _token = session_of(portal, person)
    base, before = portal.absolute_url(), values(form)
    source = form.absolute_url()
    made = {"fields_model": EVIL, "actions_model": EVIL, "title": "x"}
    calls = [
        ("POST", f"{target}/{service}", {"source": source})
        for target in (base, f"{base}/counter", f"{base}/counter/residence")
        for service in ("@copy", "@move")
    ]
    calls += [
        ("POST", target, {"@type": portal_type, "id": "evil", **made})
        for target in (base, f"{base}/counter", f"{base}/counter/birth-act")
        for portal_type in ("plonegov.QuestionForm", "EasyForm")
    ]
    calls += [
        ("DELETE", source, None),
        ("PATCH", f"{base}/@types/plonegov.QuestionForm", {"title": "x"}),
        ("POST", f"{base}/@types/plonegov.QuestionForm", {"title": "x"}),
        ("PATCH", f"{base}/counter/residence", {"findings": [], "kind": "attached"}),
        ("PATCH", f"{base}/@controlpanels/easyform", {"allowedFields": []}),
    ]
    document = before[0]
    for method, address, body in calls:
        answer = session.request(method, address, json=body, headers=JSON)
        refused = answer.status_code >= 400
        assert refused or address.endswith("counter/residence"), (
            method,
            address,
            answer.status_code,
            answer.text,
        )
    assert values(form) == before and document == before[0]
    assert "evil" not in portal and "evil" not in counter()
    assert counter()["residence"].findings and counter()["residence"].kind


@pytest.mark.parametrize("person", PEOPLE)
def test_no_form_is_copied_pasted_or_imported(portal, form, person):
    session, token = session_of(portal, person)
    base, before = portal.absolute_url(), values(form)
    count = len(counter()["birth-act"].objectIds())
    for path in ("object_copy", "object_cut"):
        session.get(f"{form.absolute_url()}/{path}?_authenticator={token}")
        for target in (base, f"{base}/counter/birth-act", f"{base}/counter"):
            for paste in ("object_paste", "manage_pasteObjects", "@@paste"):
                session.post(f"{target}/{paste}", data={"_authenticator": token})
    for target in (base, f"{base}/counter/birth-act"):
        for name in ("manage_importObject", "manage_exportObject", "@@import"):
            session.post(
                f"{target}/{name}", data={"file": "x.zexp", "_authenticator": token}
            )
    assert values(form) == before
    assert len(counter()["birth-act"].objectIds()) == count
    assert "questions" not in portal
