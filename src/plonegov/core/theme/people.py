"""How the clerk's pages call people: by name, as far as an account has one."""

from plone import api
from plonegov.core import _
from plonegov.core.records.events import CITIZEN
from plonegov.core.records.events import SYSTEM
from zope.globalrequest import getRequest
from zope.i18n import translate


#: Who acts without an account.
NOBODY = {
    CITIZEN: _("who_citizen", default="the citizen"),
    SYSTEM: _("who_system", default="automatically"),
}


def person_name(user_id: str) -> str:
    """Return the name of an account; the id where nobody has it (any more)."""
    user = api.user.get(user_id) if user_id else None
    if user is None and user_id in NOBODY:
        return translate(NOBODY[user_id], context=getRequest())
    return user.getProperty("fullname", "") or user_id if user else user_id


class Names(dict[str, str]):
    """Names by account, each looked up once for a page."""

    def __missing__(self, user_id: str) -> str:
        self[user_id] = person_name(user_id)
        return self[user_id]
