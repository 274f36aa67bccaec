"""Plone's error log without what people typed."""

from plone import api
from plonegov.core.interfaces import IMunicipalityLayer
from Products.SiteErrorLog.interfaces import IErrorRaisedEvent
from zope.component import adapter
from zope.globalrequest import getRequest


@adapter(IErrorRaisedEvent)
def forget_request(event) -> None:
    """Drop the request's values from a new entry: a form may hold a national number.

    The entry keeps error, traceback, address and user; the event is a copy of it.
    """
    if not IMunicipalityLayer.providedBy(getRequest()):
        return
    for entry in api.portal.get_tool("error_log")._getLog():
        if entry["id"] == event["id"]:
            entry["req_html"] = ""
