"""Past decisions of another system: published, never twice, never over what is there."""

from helpers import councils
from plone import api
from plone.app.testing import logout
from plonegov.core.records.events import entries
from plonegov.core.registers.register import Register
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import importing
from plonegov.deliberations.api import publishing
from plonegov.deliberations.api import store
from plonegov.deliberations.domain.refusals import BodyNotPublic
from plonegov.deliberations.domain.scdl import decisions

import pytest


HEADER = (
    "DELIB_ID;DELIB_DATE;DELIB_MATIERE_CODE;DELIB_OBJET;PREF_ID;VOTE_EFFECTIF;"
    "VOTE_POUR;VOTE_CONTRE;DELIB_URL\n"
)
FIRST = (
    "2019-12;2019-03-04;7.1;Budget <b>2019</b>;PREF086;25;17;7;https://x.example/?a&b\n"
)
SECOND = "2019-13;2019-03-04;8.3;Voirie;;;;;\n"


def run(*lines, body="council", **options):
    report = importing.Report()
    found = decisions([HEADER, *lines])
    importing.take(found, bodies.get(body), "command:test", report, **options)
    return report.read, report.created, report.unchanged, len(report.refused)


def held(decision_id):
    container = publishing.decisions()
    return container.records.get(
        importing.key_of(bodies.get("council"), decision_id)
    ).__of__(container)


def test_an_imported_decision_is_what_the_public_reads(portal):
    assert run(FIRST, SECOND) == (2, 2, 0, 0)
    found = held("2019-12")
    assert (found.shown, found.title) == ("decision", "Budget <b>2019</b>")
    assert (found.subject, found.registered) == ("finance", (2019, 12))
    assert found.counts == {"in_favour": 17, "against": 7}
    assert found.text == (
        '<p><a href="https://x.example/?a&amp;b">https://x.example/?a&amp;b</a></p>'
    )
    assert found.imported == {
        "DELIB_ID": "2019-12",
        "DELIB_MATIERE_CODE": "7.1",
        "PREF_ID": "PREF086",
        "DELIB_URL": "https://x.example/?a&b",
    }
    [entry] = entries(found)
    assert (entry.action, entry.who) == ("imported", "command:test")
    logout()
    assert api.user.has_permission("View", obj=found)


def test_it_is_found_by_year_subject_and_text(portal):
    run(FIRST, SECOND)
    container = publishing.decisions()
    for query in ({"year": 2019, "subject": "roads"}, {"text": "voirie"}):
        page = container.records.query(container, query)
        assert [row["title"] for row in page.rows] == ["Voirie"]


def test_no_item_meeting_or_number_is_made(portal):
    run(FIRST, SECOND)
    assert store.rows({}).total == 0
    assert list(Register("council").entries(2019)) == []


def test_a_dry_run_writes_nothing(portal):
    assert run(FIRST, SECOND, write=False) == (2, 2, 0, 0)
    assert len(publishing.decisions().records) == 0


def test_a_second_run_changes_nothing(portal):
    run(FIRST, SECOND)
    before = held("2019-12").events
    assert run(FIRST, SECOND) == (2, 0, 2, 0)
    assert run(FIRST, SECOND, write=False) == (2, 0, 2, 0)
    assert held("2019-12").events == before


def test_what_is_there_is_not_overwritten(portal):
    run(FIRST)
    assert run(FIRST.replace("Budget", "Autre")) == (1, 0, 0, 1)
    assert held("2019-12").title == "Budget <b>2019</b>"


def test_what_was_withdrawn_stays_so(portal):
    run(FIRST)
    found = held("2019-12")
    found.title, found.text, found.shown = "", "", "withdrawn"
    assert run(FIRST) == (1, 0, 1, 0)
    assert held("2019-12").title == ""


def test_wrong_rows_are_counted_and_the_others_taken(portal):
    wrong = SECOND.replace("2019-03-04", "hier")
    assert run(FIRST, wrong, FIRST) == (3, 1, 0, 2)


def test_each_body_has_ids_of_its_own(portal):
    run(FIRST)
    assert run(FIRST, body="college") == (1, 1, 0, 0)


def test_a_body_that_the_public_does_not_read_takes_none(portal):
    importing.check_body(bodies.get("council"))
    with pytest.raises(BodyNotPublic):
        importing.check_body(bodies.get("college"))


def test_an_imported_decision_beside_one_of_our_own(portal):
    """A key of an import is none that an item could not have; both stay."""
    councils.add_staff(portal)
    run(FIRST)
    councils.seat()
    item = councils.validated(portal)
    assert item.getId() != held("2019-12").getId()
