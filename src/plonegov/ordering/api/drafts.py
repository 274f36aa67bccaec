"""The unfinished order of one person: kept for a day, sent once.

The form's pages call these; what they keep has the shape of ``POST @orders``.
"""

from base64 import b64encode
from collections.abc import Collection
from collections.abc import Mapping
from copy import deepcopy
from plone.namedfile.file import NamedBlobFile
from plonegov.core.api import now
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.core.identity.current import town_keys
from plonegov.ordering.api import documents
from plonegov.ordering.api import orders
from plonegov.ordering.api import versions
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.storage import file_limits
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.attachments import content_type_of
from plonegov.ordering.domain.attachments import safe_filename
from plonegov.ordering.domain.attachments import size_fault
from plonegov.ordering.domain.errors import FormChanged
from plonegov.ordering.domain.intake import examine
from plonegov.ordering.domain.intake import KEYS
from plonegov.ordering.domain.model import DocumentTerms
from plonegov.ordering.storage.drafts import Draft
from typing import Any

import hmac
import secrets


Content = dict[str, Any]


class DraftGone(PlonegovError):
    """The draft's day is over, or there never was one."""

    code = "draft_gone"
    status = 410


class DraftChanged(PlonegovError):
    """The draft was changed since the page was shown on which it was to be sent."""

    code = "draft_changed"
    status = 409


def find(key: str, document_id: str) -> Draft | None:
    """Return the living draft of a document under a key, or None."""
    draft = counter().drafts.get(key, now()) if key else None
    return draft if draft is not None and draft.document == document_id else None


def content_of(draft: Draft | None) -> Content:
    """Return what was typed so far (empty without a draft, or once it was sent)."""
    return {} if draft is None else draft.load(town_keys())


def keep(draft: Draft | None, document_id: str, content: Content) -> Draft:
    """Keep what was typed, in a new draft where there is none that was not sent.

    The token changes, so that a page shown before can't send what is kept now.
    """
    if draft is None or draft.reference:
        draft = counter().drafts.add(document_id, now())
    draft.save(town_keys(), content, now())
    draft.token = secrets.token_urlsafe(24)
    return draft


def keep_file(draft: Draft, question: str, filename: str, data: bytes) -> None:
    """Keep a checked file in the draft, in place of the one before.

    :raises InvalidInput: it is too large, or the town's storage is full.
    """
    wrong = size_fault("attachments.0.data", len(data), file_limits(with_drafts=True))
    if wrong is not None:
        raise InvalidInput([wrong])
    kind = content_type_of(data)
    draft.files[question] = NamedBlobFile(
        data=data, contentType=kind, filename=safe_filename(filename, kind)
    )
    counter().drafts.weigh(draft)


def drop_file(draft: Draft, question: str) -> None:
    """Remove a file from the draft."""
    draft.files.pop(question, None)
    counter().drafts.weigh(draft)


def attachment(question: str, filename: str, data: bytes) -> dict[str, str]:
    """Return a file in the shape of ``POST @orders``."""
    return {
        "question": question,
        "filename": filename,
        "data": b64encode(data).decode("ascii"),
    }


def attachments_of(draft: Draft | None) -> list[dict[str, str]]:
    """Return the draft's files in the shape of ``POST @orders``."""
    files = {} if draft is None else draft.files
    return [attachment(name, file.filename, file.data) for name, file in files.items()]


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
    examine(payload, terms, orders.town_today(), only=only)


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
    payload = request_of(draft.document, news.content, attachments_of(draft))
    order = orders.place(payload, owner=owner)
    draft.spend(order.reference)
    counter().drafts.weigh(draft)
    return order
