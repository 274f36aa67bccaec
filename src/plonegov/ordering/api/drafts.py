"""The unfinished order of one person: kept for a while, sent once.

The form's pages call these; what they keep has the shape of ``POST @orders``.
"""

from collections.abc import Collection
from collections.abc import Mapping
from copy import deepcopy
from plonegov.core.api import now
from plonegov.core.errors import PlonegovError
from plonegov.core.identity.current import town_keys
from plonegov.ordering.api import documents
from plonegov.ordering.api import orders
from plonegov.ordering.api import versions
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.draftfiles import stand_ins
from plonegov.ordering.api.identity import reached_now
from plonegov.ordering.api.identity import with_stated
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.errors import FormChanged
from plonegov.ordering.domain.intake import examine
from plonegov.ordering.domain.intake import KEYS
from plonegov.ordering.domain.model import DocumentTerms
from plonegov.ordering.storage.drafts import Draft
from typing import Any

import hmac


Content = dict[str, Any]

#: What the code of a draft is for.
COOKIE, LINK = "draft-cookie", "draft-link"
#: Looked at in place of an unknown draft.
NOBODY = "0" * 32


class DraftGone(PlonegovError):
    """The draft's day is over, or there never was one."""

    code = "draft_gone"
    status = 410


class DraftChanged(PlonegovError):
    """The draft was changed since the page was shown on which it was to be sent."""

    code = "draft_changed"
    status = 409


def code(draft: Draft, purpose: str) -> str:
    """Return the code that opens a draft, by cookie or by link; it is not stored."""
    return town_keys().mac(purpose, draft.key, key_id=draft.key_id)


def find(key: str, given: str, purpose: str) -> Draft | None:
    """Return the living draft that a key and a code open, or None.

    An unknown key and a wrong code are refused alike, after the same work.

    :param purpose: ``COOKIE`` or ``LINK``: neither's code is good as the other's.
    """
    keys, draft = town_keys(), counter().drafts.get(key, now())
    if draft is None:
        keys.verify(given, purpose, NOBODY)
        return None
    right = keys.verify(given, purpose, draft.key, key_id=draft.key_id)
    return draft if right else None


def content_of(draft: Draft | None) -> Content:
    """Return what was typed so far (empty without a draft, or once it was sent)."""
    return {} if draft is None else draft.load(town_keys())


def keep(draft: Draft | None, document_id: str, content: Content) -> Draft:
    """Keep what was typed, in a new draft where there is none that was not sent.

    The token changes, so that a page shown before can't send what is kept now.
    """
    if draft is None or draft.reference:
        draft = counter().drafts.add(document_id, town_keys().current_id, now())
    draft.save(town_keys(), content, now())
    return draft


def discard(draft: Draft) -> None:
    """Forget a draft: what was typed, and its files."""
    counter().drafts.discard(draft.key)


def request_of(
    document_id: str, content: Mapping[str, Any], files: Collection[Mapping] = ()
) -> Content:
    """Return the body of ``POST @orders`` that some content makes.

    What was typed about another person stays in the draft, but out of the request,
    while the applicant orders for himself or herself.
    """
    payload = {name: deepcopy(content[name]) for name in KEYS if name in content}
    payload["document"] = document_id
    if payload.get("relation") == "self":
        payload.pop("subject", None)
    elif files:
        payload["attachments"] = list(files)
    return payload


def examine_part(
    payload: Mapping[str, Any], terms: DocumentTerms, only: Collection[str]
) -> None:
    """Check some fields of a request by the rules of the whole.

    :raises InvalidInput: with the faults of these fields.
    """
    examine(payload, terms, orders.town_today(), only, reached_now())


def send(draft: Draft | None, token: str, owner: str, seen: str = "") -> Order:
    """Place the order that a draft makes; a draft that was sent gives its order.

    :param token: of the page on which the person saw the answers.
    :param owner: id of the signed-in citizen, or empty.
    :param seen: digest of the form whose changes were shown on that page.
    :raises DraftGone: there is no such draft any more.
    :raises DraftChanged: the token is of an earlier page.
    :raises FormChanged: the questions changed since, and the person has not seen it.
    :raises InvalidInput: a value is wrong; nothing was stored.
    """
    if draft is None:
        raise DraftGone()
    if draft.reference:
        store = counter()
        return store.records.get(draft.reference).__of__(store)
    if not hmac.compare_digest(draft.token.encode(), token.encode()):
        raise DraftChanged()
    document = documents.get(draft.document)
    news = versions.news(document, content_of(draft))
    if news.asked or (news.changes and seen != versions.digest(document)):
        raise FormChanged()
    content = with_stated(news.content)
    payload = request_of(draft.document, content, stand_ins(draft))
    files = tuple(draft.files.values()) if "attachments" in payload else ()
    order = orders.place(payload, owner=owner, files=files)
    draft.spend(order.reference, [file for _question, file in files])
    counter().drafts.weigh(draft)
    return order
