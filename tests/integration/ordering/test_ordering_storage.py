"""The bytes that a town's files take are counted as they come and go."""

from base64 import b64encode
from copy import deepcopy
from helpers.orders import request
from plone import api
from plonegov.core.api.municipality import municipality
from plonegov.core.errors import InvalidInput
from plonegov.core.municipality.example import FACTS
from plonegov.core.municipality.facts import forget
from plonegov.core.testing import set_facts
from plonegov.ordering.api import documents
from plonegov.ordering.api import draftfiles
from plonegov.ordering.api import drafts
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api import storage
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.draftfiles import drop_files
from plonegov.ordering.api.draftfiles import files_of
from plonegov.ordering.api.draftfiles import keep_file
from uuid import uuid4

import pytest


PDF = b"%PDF-1.7\n"
MB = 1024**2
PARENT = {"first_name": "Marie", "last_name": "Exemple", "birth_date": "1950-01-02"}
BIRTH = {"form": "extract", "birth_place": "Exempleville", "purpose": "École"}


def file(size, question="proof"):
    data = PDF + bytes(size - len(PDF))
    return {
        "question": question,
        "filename": "paper.pdf",
        "content_type": "",
        "data": b64encode(data).decode(),
    }


def place(*sizes, **changes):
    return orders.place(request(attachments=[file(size) for size in sizes], **changes))


def state(portal, **limits):
    """State limits of the town."""
    set_facts(portal, deepcopy(FACTS) | {"limits": limits})
    forget()


def taken():
    return counter().records.weights.total, counter().drafts.weights.total


def refused(call, *arguments):
    with pytest.raises(InvalidInput) as caught:
        call(*arguments)
    [fault] = caught.value.faults
    return fault.field, fault.code


def test_an_order_takes_what_its_files_take(portal):
    place()
    assert taken() == (0, 0)
    order = place(1000, 500)
    assert taken() == (1500, 0)
    counter().records.remove(order.getId(), api.content.get_uuid(order))
    assert taken() == (0, 0)


def test_what_the_clerk_adds_and_drops_is_counted(portal):
    order = place(1000, document="birth-act", answers=BIRTH)
    with api.env.adopt_roles(["Service Clerk"]):
        handling.take(order)
        handling.attach_act(order, "act.pdf", PDF + bytes(91))
        assert taken() == (1100, 0)
        handling.attach_act(order, "act.pdf", PDF + bytes(41))
        assert taken() == (1050, 0)
        handling.confirm_findings(order, {}, address_unprotected=True)
        letter = len(handling.produce(order))
        assert taken() == (1050 + letter, 0)
        handling.confirm_findings(order, {}, address_unprotected=True)
    assert taken() == (1050, 0)


def test_a_drafts_files_are_counted_until_it_is_sent_or_forgotten(portal):
    draft = drafts.keep(None, "residence", request())
    keep_file(draft, "proof", "a.pdf", PDF + bytes(91))
    keep_file(draft, "proof", "b.pdf", PDF + bytes(191))
    keep_file(draft, "mandate", "c.pdf", PDF + bytes(91))
    assert taken() == (0, 400)
    [kept] = files_of(draft, "mandate")
    drop_files(draft, [kept.id, "unknown"])
    assert taken() == (0, 300)
    counter().drafts.discard(draft.key)
    assert taken() == (0, 0)


def test_a_sent_drafts_files_are_the_orders(portal):
    content = request(relation="mandatary", subject=PARENT)
    draft = drafts.keep(None, "residence", content)
    keep_file(draft, "mandate", "a.pdf", PDF + bytes(91))
    drafts.send(draft, draft.token, "")
    assert taken() == (100, 0)


def test_the_towns_largest_file_is_that_of_its_documents(portal):
    state(portal, upload_megabytes=1)
    assert documents.terms(documents.get("residence")).files.largest == MB
    place(MB)
    field = ("attachments.0.data", "file_too_large")
    assert refused(place, MB + 1) == field
    draft = drafts.keep(None, "residence", request())
    large = PDF + bytes(MB)
    told = refused(keep_file, draft, "proof", "a.pdf", large)
    assert told == ("proof", "file_too_large")
    order = place()
    with api.env.adopt_roles(["Service Clerk"]):
        told = refused(handling.attach_act, order, "act.pdf", large)
    assert told == ("act", "file_too_large")


def test_a_full_storage_refuses_files_and_nothing_else(portal):
    state(portal, storage_megabytes=100)
    order = place(1000)
    limit = municipality().limits.storage_bytes
    counter().records.weights.put("0", limit - 1000 - 50)
    assert refused(place, 51) == ("attachments", "storage_full")
    draft = drafts.keep(None, "residence", request())
    wrong = refused(keep_file, draft, "proof", "a.pdf", PDF + bytes(42))
    assert wrong == ("proof", "storage_full")
    with api.env.adopt_roles(["Service Clerk"]):
        told = refused(handling.attach_act, order, "act.pdf", PDF + bytes(42))
    assert told == ("act", "storage_full")
    assert place(50).attachments
    assert not place().attachments
    counter().records.weights.drop("0")
    assert place(51).attachments


def test_drafts_take_room_from_other_drafts_but_not_from_their_order(portal):
    state(portal, storage_megabytes=100)
    limit = municipality().limits.storage_bytes
    counter().drafts.weights.put("0", limit - 10)
    assert storage.file_limits().left == limit
    assert storage.file_limits(with_drafts=True).left == 10
    counter().drafts.weights.put("0", limit + 10)
    assert storage.file_limits(with_drafts=True).left == 0


def test_no_address_leads_to_the_counted_bytes(portal):
    for store in (counter().records, counter().drafts):
        assert store.weights.__roles__ == ()


def test_files_of_drafts_are_limited_by_the_day_for_each_network(portal, monkeypatch):
    network = uuid4().hex
    monkeypatch.setattr(draftfiles, "client_network", lambda: network)
    monkeypatch.setattr(draftfiles, "FROM_NETWORK", 2)
    draft = drafts.keep(None, "residence", request())
    for name in ("a.pdf", "b.pdf"):
        keep_file(draft, "proof", name, PDF)
    told = refused(keep_file, draft, "proof", "c.pdf", PDF)
    assert told == ("proof", "limit_reached")
    assert len(files_of(draft, "proof")) == 2
