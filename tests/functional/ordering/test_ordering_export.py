"""All that is held on an order, and on a person (GDPR art. 15 and 20)."""

from helpers.ageing import end
from helpers.orders import request
from helpers.retained import blob
from helpers.retained import fill
from io import BytesIO
from plonegov.core.records.person import find
from plonegov.core.records.person import first_of
from plonegov.core.records.person import folded
from plonegov.core.records.person import mails_about
from plonegov.core.records.person import Sureness
from plonegov.core.records.person import Wanted
from plonegov.ordering.api import drafts
from plonegov.ordering.api import export
from plonegov.ordering.api import orders
from plonegov.ordering.content.order import KEPT
from plonegov.ordering.content.order import PERSONAL
from zipfile import ZipFile

import json
import pytest
import transaction


ADA = Wanted("Ada", "Exemple", "1985-07-30")
NUMBER = "85073003328"


def unzipped(order):
    """Return the data of an order's export, and its files."""
    target = BytesIO()
    export.write_order(target, order)
    archive = ZipFile(target)
    assert archive.testzip() is None
    files = {name: archive.read(name) for name in archive.namelist()}
    return json.loads(files.pop("data.json")), files


def test_the_zip_holds_every_file_and_names_where_each_lies(portal, order):
    fill(order)
    data, files = unzipped(order)
    assert set(files.values()) == {b"%PDF-1.7 canary"}
    assert len(files) == 4
    named = [data["issued"]["file"], data["act"]["file"], data["former"][0][2]["file"]]
    named.append(data["attachments"][0][1]["file"])
    assert sorted(named) == sorted(files)


def test_every_attribute_is_told_or_left_out_for_a_reason(portal, order):
    data, _files = unzipped(order)
    assert {*KEPT, *PERSONAL} - set(data) == export.LEFT_OUT


def test_it_tells_what_was_typed_found_and_done(portal, order):
    data, _files = unzipped(order)
    assert data["applicant"]["last_name"] == "Canary-Applicant"
    assert data["subject"]["birth_date"] == "1962-11-04"
    assert list(data["answers"].values()) == ["canary answer"]
    assert data["findings"] == {"address": "canary finding"}
    assert [row["what"] for row in data["history"]][:2] == ["placed", "start"]
    assert data["state"] == "in_progress"


def test_behind_the_link_numbers_are_masked_and_internal_notes_stay_inside(
    portal, order
):
    data, _files = unzipped(order)
    assert data["national_numbers"] == {"subject": "••.••.••-•••.94"}
    assert "canary note" not in json.dumps(data)
    assert "clerk" not in json.dumps(data["history"])


def test_the_data_protection_officer_gives_these_too(portal, order):
    files = export.paths_of(order)
    data = export.held(order, {id(file): path for path, file in files}, whole=True)
    assert data["national_numbers"] == {"subject": "62.11.04-001.94"}
    assert "canary note" in json.dumps(data)


def test_of_an_erased_order_there_is_nothing_to_give(portal, order):
    from plonegov.core.records.retention import take_out
    from plonegov.ordering.api.orders import town_today

    end(order, 4000)
    transaction.commit()
    take_out(portal, [order], town_today())
    data, files = unzipped(order)
    assert files == {}
    assert data["applicant"]["last_name"] == ""
    assert data["national_numbers"] == {}


# --- A person ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "number", "expected"),
    [
        (("Ada", "Exemple", "1985-07-30"), "", Sureness.PERSON),
        (("ADA Marie", "exemple", "1985-07-30"), "", Sureness.PERSON),
        (("Ada", "Exemple", ""), "", Sureness.NAMES),
        (("Ada", "Exemple", "1985-07-31"), "", Sureness.NONE),
        (("Bea", "Exemple", "1985-07-30"), "", Sureness.NONE),
        (("Ada", "Autre", "1985-07-30"), "", Sureness.NONE),
        (("Someone", "Else", "1985-07-30"), NUMBER, Sureness.NUMBER),
        (("Ada", "Exemple", "1985-07-30"), "85073003427", Sureness.NONE),
        (("", "", ""), "", Sureness.NONE),
    ],
)
def test_who_is_the_person_and_who_is_not(known, number, expected):
    wanted = Wanted("Ada", "Exemple", "1985-07-30", NUMBER)
    person = dict(zip(("first_name", "last_name", "birth_date"), known, strict=True))
    assert wanted.sureness(person, number) == expected


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("D'Exemple", "d’exemple"),
        ("Élise", "ELISE"),
        ("van den Berg", "Vandenberg"),
        ("Θάλεια", "ΘΑΛΕΙΑ"),
    ],
)
def test_case_accents_and_signs_make_no_other_name(typed, stored):
    assert folded(typed) == folded(stored)


def test_of_first_names_the_first_one_counts():
    assert first_of("Jean-Noël, Paul") == "jeannoel"
    assert first_of(" ") == ""


def about_ada(**changes):
    return orders.place(
        request(
            relation="mandatary",
            applicant__first_name="Bea",
            applicant__birth_date="1970-02-03",
            applicant__national_number="",
            applicant__email="bea@exempleville.example",
            subject={
                "first_name": "Ada",
                "last_name": "Exemple",
                "birth_date": "1985-07-30",
                "national_number": "85.07.30-033.28",
            },
            attachments=[
                {
                    "question": "mandate",
                    "filename": "mandate.pdf",
                    "data": "JVBERi0xLjcK",
                }
            ],
            **changes,
        )
    )


def ids(found):
    return sorted(one.id for one in found.held)


def test_orders_are_found_by_applicant_and_by_subject(portal):
    own, about = orders.place(request()), about_ada()
    orders.place(request(applicant__first_name="Bea"))
    assert ids(find(portal, ADA)) == sorted([own.reference, about.reference])


def test_a_number_finds_whoever_has_it_under_another_name(portal):
    order = orders.place(request(applicant__last_name="Autrefois"))
    wanted = Wanted("Ada", "Exemple", "1985-07-30", NUMBER)
    assert ids(find(portal, ADA)) == []
    assert ids(find(portal, wanted)) == [order.reference]


def test_of_the_person_it_is_about_nothing_of_the_applicant_is_given(portal):
    about_ada()
    (one,) = find(portal, ADA).held
    assert one.data["subject"]["first_name"] == "Ada"
    assert one.data["national_numbers"] == {"subject": "85.07.30-033.28"}
    assert "Bea" not in json.dumps(one.data)
    assert "bea@" not in json.dumps(one.data)
    assert one.files == []


def test_the_applicant_is_given_what_was_said_about_the_other(portal):
    about_ada()
    (one,) = find(portal, Wanted("Bea", "Exemple", "1970-02-03")).held
    assert one.data["applicant"]["first_name"] == "Bea"
    assert one.data["subject"]["first_name"] == "Ada"
    assert len(one.files) == 1


def test_who_may_be_the_person_is_named_for_a_look_and_given_after_it(portal):
    order = orders.place(request())
    order.applicant = order.subject = order.applicant | {"birth_date": ""}
    found = find(portal, ADA)
    assert (found.held, found.doubtful) == ([], [order.reference])
    assert ids(find(portal, ADA, [order.reference])) == [order.reference]


def test_what_was_begun_and_not_sent_is_found_too(portal):
    content = {"applicant": request()["applicant"], "copies": "1"}
    draft = drafts.keep(None, "residence", content)
    draft.files["random"] = ("mandate", blob("mandate"))
    drafts.keep(None, "residence", {"copies": "1"})
    (one,) = find(portal, ADA).held
    assert (one.kind, one.data["applicant"]["last_name"]) == ("draft", "Exemple")
    assert [file.filename for _, file in one.files] == ["canary-mandate.pdf"]


def test_mails_that_wait_are_given(portal):
    order = orders.place(request())
    orders.place(request(applicant__first_name="Bea"))
    (held,) = find(portal, ADA).held
    (mail,) = mails_about(portal, [held.uid])
    assert mail["to"] == "ada@exempleville.example"
    assert order.reference[:4] in mail["text"]


def test_the_search_tells_how_far_it_is(portal):
    told = []
    for _ in range(3):
        orders.place(request())
    find(portal, ADA, told=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]
