"""The public's copies of annexes are made by a job, which no writer waits for."""

from concurrent.futures import ThreadPoolExecutor
from helpers.cleaned import a_broken_pdf
from helpers.cleaned import a_pdf
from helpers.cleaned import a_photograph
from helpers.cleaned import clean
from helpers.cleaned import LINE
from helpers.cleaned import texts
from helpers.cleaned import Town
from helpers.councils import acting
from helpers.published import SECRET
from io import BytesIO
from plone.namedfile.file import NamedBlobFile
from plonegov.core.errors import RecordNotFound
from plonegov.core.files import limited
from plonegov.core.ops.interfaces import IJob
from plonegov.core.ops.writelock import town_lock
from plonegov.deliberations import annexjobs
from plonegov.deliberations.adapters import cleaning as cleaner
from plonegov.deliberations.api import cleaning
from plonegov.deliberations.api import parts
from plonegov.deliberations.api import publicfiles
from plonegov.deliberations.api import publishing
from plonegov.deliberations.domain.cleaning import Progress
from plonegov.deliberations.domain.publishing import WhyWithdrawn
from pypdf import PdfWriter
from pypdf.generic import ArrayObject
from pypdf.generic import NameObject
from zlib import compress
from zope.component import getUtility
from zope.interface.verify import verifyObject

import pytest
import time
import transaction


@pytest.fixture
def town(portal):
    made = Town(portal)
    transaction.commit()
    return made


def test_a_page_gets_each_annex_once_its_clean_copy_is_there(portal, town):
    job = getUtility(IJob, name="plonegov.deliberations.clean_annexes")
    assert verifyObject(IJob, job)
    assert clean(portal) is None
    town.confirm(town.annex(a_pdf()), town.annex(a_photograph()))
    assert town.files == []
    assert town.publication.aq_parent.records.row(town.item.getId())["documents"] == 0
    assert clean(portal) == "2 cleaned"
    assert [ready.address for ready in town.files] == ["1.pdf", "2.jpg"]
    assert town.publication.aq_parent.records.row(town.item.getId())["documents"] == 2
    for ready in town.files:
        assert SECRET.encode() not in ready.file.data
    assert clean(portal) is None


def lock_is_free(portal):
    """Say whether another writer could write in the town now."""

    def take():
        with town_lock(portal.getId(), timeout=0.2):
            return True

    with ThreadPoolExecutor(1) as other:
        return other.submit(take).exception() is None


def test_no_process_is_started_while_the_lock_is_held(portal, town, monkeypatch):
    started, run = [], limited.run

    def watched(worker, *args, **kwargs):
        started.append((worker.stem, lock_is_free(portal)))
        return run(worker, *args, **kwargs)

    monkeypatch.setattr(limited, "run", watched)
    pdf, picture = town.annex(a_pdf()), town.annex(a_photograph())
    with town_lock(portal.getId()):
        assert not lock_is_free(portal)
        town.confirm(pdf, picture)
        with acting(portal, "secretary"):
            publishing.preview(town.item)
            parts.set_annex(picture, confidential=False, publishable=True)
        transaction.commit()
    assert started == []
    assert clean(portal) == "2 cleaned"
    assert started == [
        ("cleaningworker", True),
        ("markingworker", True),
        ("cleaningworker", True),
    ]


def test_a_draft_s_pages_are_marked_until_the_decision_is_public(portal, town):
    """CDLD, article L3221-5: what is online before the sitting is a draft."""
    town.confirm(town.annex(a_pdf(b"BT ET", b"BT ET")), town.annex(a_photograph()))
    clean(portal)
    marked, picture = town.files
    assert [text.count(LINE) for text in texts(marked.file)] == [1, 1]
    assert marked.name.endswith("-annexe-1-projet.pdf")
    assert picture.name.endswith("-annexe-2-projet.jpg")
    addresses = [marked.address, picture.address]
    town.decide()
    assert town.publication.is_draft
    assert town.files[0].file is marked.file
    town.confirm()
    plain, same = town.files
    assert [plain.address, same.address] == addresses
    assert texts(plain.file) == ["", ""]
    assert same.file is picture.file
    assert plain.name.endswith("-annexe-1.pdf")
    assert town.rows[0].marked is None
    assert clean(portal) is None, "nothing is cleaned twice"


def test_a_decision_that_comes_first_is_marked_nowhere(portal, town):
    annex = town.annex(a_pdf())
    town.decide()
    town.confirm(annex)
    assert clean(portal) == "1 cleaned"
    [ready] = town.files
    assert texts(ready.file) == [""]
    assert publicfiles.named(town.publication, ready.address).file is town.rows[0].clean


@pytest.mark.parametrize(
    ("data", "code", "page"),
    [
        (a_broken_pdf(), "annex_page_unreadable", 3),
        (b"%PDF-1.7 not really one", "annex_unreadable", 0),
        (b"\xff\xd8\xff broken", "annex_unreadable", 0),
    ],
)
def test_a_refused_file_is_noted_and_never_public(portal, town, data, code, page):
    good, bad = town.annex(a_pdf()), town.annex(data)
    town.confirm(bad, good)
    assert clean(portal) == "1 cleaned"
    assert [ready.row.annex for ready in town.files] == [good.getId()]
    refused = town.rows[0]
    assert (refused.trouble, refused.page, refused.clean) == (code, page, None)
    with pytest.raises(RecordNotFound):
        publicfiles.named(town.publication, "1.pdf")
    assert cleaning.refused_items() == [town.item.getId()]
    assert clean(portal) is None, "it is not tried again by itself"


def test_a_refused_file_is_tried_again_when_it_is_confirmed_again(
    portal, town, monkeypatch
):
    annex = town.annex(a_pdf())
    town.confirm(annex)
    monkeypatch.setattr(cleaner, "TIMEOUT", 0.001)
    assert clean(portal) is None
    assert town.rows[0].trouble == "annex_too_slow"
    monkeypatch.undo()
    town.confirm()
    assert cleaning.refused_items() == []
    assert town.rows[0].progress(draft=True) is Progress.WAITING
    assert clean(portal) == "1 cleaned"
    assert [ready.address for ready in town.files] == ["1.pdf"]


def test_a_hostile_file_costs_its_own_process_only(portal, town):
    """Its page unfolds to 300 MB: the process that reads it ends at its limits."""
    bomb = compress(compress(b"\0" * 300_000_000, 1), 1)
    writer = PdfWriter(clone_from=BytesIO(a_pdf(b"q Q")))
    stream = writer.pages[0]["/Contents"].get_object()
    stream._data = bomb
    stream[NameObject("/Filter")] = ArrayObject([NameObject("/FlateDecode")] * 2)
    made = BytesIO()
    writer.write(made)
    bad, good = town.annex(made.getvalue()), town.annex(a_pdf())
    town.confirm(bad, good)
    assert clean(portal) == "1 cleaned"
    assert town.rows[0].trouble == "annex_page_unreadable"
    assert [ready.row.annex for ready in town.files] == [good.getId()]


def meanwhile(monkeypatch, happens):
    """Let something happen while the first copy is made."""
    make = cleaning.make

    def slow(key, annex_id):
        made = make(key, annex_id)
        monkeypatch.setattr(cleaning, "make", make)
        happens()
        transaction.commit()
        return made

    monkeypatch.setattr(cleaning, "make", slow)


def other_bytes(annex):
    annex.file = NamedBlobFile(a_pdf(b"(CANARY) Tj"), filename="x.pdf")


def test_a_file_that_changed_meanwhile_is_confirmed_anew(portal, town, monkeypatch):
    """Nobody has seen what it shows now."""
    annex = town.annex(a_pdf())
    town.confirm(annex)
    meanwhile(monkeypatch, lambda: other_bytes(annex))
    assert clean(portal) is None
    assert (town.rows[0].trouble, town.rows[0].clean) == ("annex_changed", None)
    assert town.files == []
    town.confirm()
    assert clean(portal) == "1 cleaned"


def test_a_file_that_changed_before_it_was_cleaned_is_not_opened(portal, town):
    annex = town.annex(a_pdf())
    town.confirm(annex)
    other_bytes(annex)
    transaction.commit()
    assert clean(portal) is None
    assert town.rows[0].trouble == "annex_changed"


def withdrawn(town, annex):
    with acting(town.portal, "secretary"):
        publishing.withdraw(town.item, WhyWithdrawn.PRIVACY)


def confidential(town, annex):
    with acting(town.portal, "secretary"):
        parts.set_annex(annex, confidential=True, publishable=False)


def removed(town, annex):
    with acting(town.portal, "secretary"):
        parts.remove_annex(annex)


def not_chosen(town, annex):
    with acting(town.portal, "secretary"):
        publishing.confirm(town.item, annexes={})


@pytest.mark.parametrize("happens", [withdrawn, confidential, removed, not_chosen])
def test_what_may_not_be_public_any_more_is_not_kept(
    portal, town, monkeypatch, happens
):
    annex = town.annex(a_pdf())
    town.confirm(annex)
    meanwhile(monkeypatch, lambda: happens(town, annex))
    assert clean(portal) is None
    assert (town.rows, town.files) == ((), [])
    assert publishing.decisions().records.weights.total == 0
    assert (cleaning.wanted(), cleaning.refused_items()) == ([], [])


def test_it_is_asked_again_whether_an_annex_may_be_public(portal, town, monkeypatch):
    annex = town.annex(a_pdf())
    town.confirm(annex)
    meanwhile(monkeypatch, lambda: setattr(annex, "publishable", False))
    assert clean(portal) is None
    assert (town.rows[0].clean, town.rows[0].marked) == (None, None)
    assert clean(portal) is None, "it is not opened any more"


def test_a_decision_that_is_confirmed_meanwhile_is_served_unmarked(
    portal, town, monkeypatch
):
    annex = town.annex(a_pdf())
    town.confirm(annex)
    town.decide()
    meanwhile(monkeypatch, town.confirm)
    assert clean(portal) == "1 cleaned"
    [ready] = town.files
    assert (texts(ready.file), town.rows[0].marked) == ([""], None)


def test_an_address_never_leads_to_another_file(portal, town):
    first, second = town.annex(a_pdf()), town.annex(a_photograph())
    town.confirm(first, second)
    clean(portal)
    town.confirm(second)
    third = town.annex(a_pdf(b"(Article 3) Tj"))
    town.confirm(third, second)
    clean(portal)
    assert [ready.address for ready in town.files] == ["3.pdf", "2.jpg"]
    assert [ready.place for ready in town.files] == [1, 2]
    withdrawn(town, None)
    town.confirm(first)
    clean(portal)
    assert [ready.address for ready in town.files] == ["4.pdf"]


def test_a_run_leaves_time_to_other_jobs(portal, town, monkeypatch):
    town.confirm(town.annex(a_pdf()), town.annex(a_photograph()))
    make = cleaning.make
    monkeypatch.setattr(annexjobs, "LONGEST", 0.1)

    def slow(key, annex_id):
        made = make(key, annex_id)
        time.sleep(0.1)
        return made

    monkeypatch.setattr(cleaning, "make", slow)
    assert clean(portal) == "1 cleaned"
    assert clean(portal) == "1 cleaned"
    assert clean(portal) is None
