"""Run by ``zconsole``: a site ``Forms`` with an EasyForm that saves what is sent.

It has as many fields as an order of ours. ``$BENCH_ROWS``: so many rows are saved in
it at once. Prints how many rows it holds.
"""

from AccessControl.SecurityManagement import newSecurityManager
from collective.easyform.api import get_actions
from plone import api
from Testing.makerequest import makerequest
from zope.component.hooks import setSite

import os
import transaction


NAMES = (
    "first_name",
    "last_name",
    "birth_date",
    "email",
    "street",
    "number",
    "locality",
    "purpose",
)
FIELD = """<field name="{name}" type="zope.schema.TextLine">
  <title>{name}</title></field>"""
MODEL = """<model xmlns="http://namespaces.plone.org/supermodel/schema">
  <schema>{fields}</schema></model>"""
SAVER = """<field name="saver" type="collective.easyform.actions.SaveData">
  <title>Saver</title></field>"""


def make(site):
    """Make the form and let everybody send it."""
    site.portal_setup.runAllImportStepsFromProfile(
        "profile-collective.easyform:default"
    )
    fields = "".join(FIELD.format(name=name) for name in NAMES)
    form = api.content.create(
        site,
        "EasyForm",
        "form",
        "Form",
        fields_model=MODEL.format(fields=fields),
        actions_model=MODEL.format(fields=SAVER),
        CSRFProtection=False,  # the clients here open no page first
    )
    api.content.transition(form, "publish")


def main(app):
    root = makerequest(app)
    newSecurityManager(None, root.acl_users.getUser("admin").__of__(root.acl_users))
    site = root["Forms"]
    setSite(site)
    if "form" not in site:
        make(site)
    saver = get_actions(site["form"])["saver"]
    row = dict.fromkeys(NAMES, "Exemple")
    for _ in range(int(os.environ.get("BENCH_ROWS", 0))):
        saver.addDataRow(dict(row))
    transaction.commit()
    print(saver.itemsSaved())


main(globals()["app"])  # given by zconsole
