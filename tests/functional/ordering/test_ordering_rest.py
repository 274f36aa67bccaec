"""The REST calls of ordering over a real WSGI server."""

from helpers.orders import request
from helpers.people import add_person
from helpers.people import PASSWORD
from helpers.rest import RestSession
from plonegov.ordering.api.counters import counter
from uuid import uuid4

import pytest
import transaction


@pytest.fixture
def anonymous(portal):
    with RestSession(portal.absolute_url()) as session:
        yield session


def staff(portal, name, roles, *groups):
    """Return a REST session of a new account."""
    add_person(portal, name, roles, groups)
    transaction.commit()
    return RestSession(portal.absolute_url(), auth=(name, PASSWORD))


@pytest.fixture
def clerk(portal):
    with staff(portal, "clerk", ["Member", "Clerk"], "service-population") as session:
        yield session


@pytest.fixture
def stranger(portal):
    with staff(portal, "works", ["Member", "Clerk"], "service-works") as session:
        yield session


def stored():
    transaction.begin()
    return len(counter().records)


def test_the_catalogue_says_terms_and_questions(anonymous):
    answer = anonymous.get("/@orderable-documents")
    assert answer.status_code == 200
    items = {item["id"]: item for item in answer.json()["items"]}
    assert list(items) == ["residence", "household", "birth-act"]
    residence = items["residence"]
    assert residence["price"] == "5.00"
    assert residence["currency"] == "EUR"
    assert residence["delivery_prices"] == {
        "counter": "0.00",
        "post": "2.00",
        "email": "0.00",
        "download": "0.00",
    }
    assert residence["title"]["nl"] == "Attest van hoofdverblijfplaats"
    assert "purpose" in residence["fields"]["properties"]


def test_an_order_is_placed_and_followed(anonymous):
    placed = anonymous.post("/@orders", json=request())
    assert placed.status_code == 201, placed.text
    order = placed.json()
    assert order["state"] == "submitted"
    assert order["price"] == "7.00"
    secret = order["tracking_url"].rsplit("=", 1)[1]
    seen = anonymous.get(f"/@orders/{order['reference']}?secret={secret}")
    assert seen.status_code == 200
    assert seen.json()["state"] == "submitted"
    assert seen.headers["Cache-Control"] == "no-store"
    assert "Exemple" not in seen.text
    by_header = anonymous.get(
        f"/@orders/{order['reference']}", headers={"X-Order-Secret": secret}
    )
    assert by_header.json() == seen.json()


def test_unknown_and_wrong_answer_alike(anonymous):
    reference = anonymous.post("/@orders", json=request()).json()["reference"]
    wrong = anonymous.get(f"/@orders/{reference}?secret={'a' * 32}")
    unknown = anonymous.get(f"/@orders/00000000000?secret={'a' * 32}")
    malformed = anonymous.get("/@orders/nothing?secret=x")
    without = anonymous.get(f"/@orders/{reference}")
    answers = [(each.status_code, each.json()) for each in (wrong, unknown, malformed)]
    assert answers[0][0] == without.status_code == 404
    assert answers[0] == answers[1] == answers[2]


FAULTS = {
    "copies none": ({"copies": 0}, "copies"),
    "copies too many": ({"copies": 1000}, "copies"),
    "check digit": (
        {"applicant__national_number": "85.07.30-033.29"},
        "applicant.national_number",
    ),
    "born tomorrow": ({"applicant__birth_date": "2999-01-01"}, "applicant.birth_date"),
    "country": ({"applicant__address__country": "XX"}, "applicant.address.country"),
    "relation": ({"relation": "lawyer"}, "relation"),
    "delivery": ({"delivery": "email"}, "delivery"),
    "language": ({"language": "xx"}, "language"),
    "five megabytes": ({"answers": {"purpose": "x" * 5_000_000}}, "answers.purpose"),
    "unknown answer": ({"answers": {"purpose": "a", "evil": "b"}}, "answers.evil"),
    "file type": (
        {
            "attachments": [
                {
                    "question": "proof",
                    "filename": "a.pdf",
                    "content_type": "application/pdf",
                    "data": "TVqQ",
                }
            ]
        },
        "attachments.0",
    ),
}


@pytest.mark.parametrize("changes, field", FAULTS.values(), ids=list(FAULTS))
def test_a_wrong_value_is_named_and_changes_nothing(anonymous, changes, field):
    before = stored()
    answer = anonymous.post("/@orders", json=request(**changes))
    assert answer.status_code == 400
    body = answer.json()
    assert body["type"] == "invalid_input"
    fields = [error["field"] for error in body["errors"]]
    assert any(found.startswith(field) for found in fields), body
    assert all(error["message"] for error in body["errors"])
    assert stored() == before


@pytest.mark.parametrize(
    "name", ["Αθηνά", "O'Brien", "<script>alert(1)</script>", "Zoë"]
)
def test_any_name_is_kept_as_it_was_typed(anonymous, clerk, name):
    placed = anonymous.post("/@orders", json=request(applicant__last_name=name))
    assert placed.status_code == 201, placed.text
    seen = clerk.get(f"/@orders/{placed.json()['reference']}").json()
    assert seen["applicant"]["last_name"] == name


def test_an_unknown_document_is_not_found(anonymous):
    answer = anonymous.post("/@orders", json=request(document="passport"))
    assert answer.status_code == 404
    assert answer.json()["type"] == "document_unknown"


def test_the_same_key_and_body_give_the_same_order(anonymous):
    key = {"Idempotency-Key": str(uuid4())}
    before = stored()
    first = anonymous.post("/@orders", json=request(), headers=key)
    again = anonymous.post("/@orders", json=request(), headers=key)
    other = anonymous.post("/@orders", json=request(copies=2), headers=key)
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert first.json() == again.json()
    assert stored() == before + 1


def test_a_body_that_is_not_json_is_refused(anonymous, clerk):
    for session in (anonymous, clerk):
        answer = session.post(
            "/@orders", data="{}", headers={"Content-Type": "text/plain"}
        )
        assert answer.status_code == 415


def test_a_clerk_sees_and_changes_orders_of_the_own_service_only(
    anonymous, clerk, stranger
):
    reference = anonymous.post("/@orders", json=request()).json()["reference"]
    rows = clerk.get("/@orders?state=submitted&b_size=200").json()
    assert reference in [row["reference"] for row in rows["items"]]
    assert stranger.get("/@orders").json()["items_total"] == 0
    assert stranger.get(f"/@orders/{reference}").status_code == 404
    assert stranger.post(f"/@orders/{reference}/start", json={}).status_code == 404
    assert anonymous.get("/@orders").status_code == 401
    assert anonymous.post(f"/@orders/{reference}/start", json={}).status_code == 404
    seen = clerk.get(f"/@orders/{reference}").json()
    assert seen["applicant"]["national_number"].endswith("28")
    assert "85.07.30" not in seen["applicant"]["national_number"]
    assert clerk.post(f"/@orders/{reference}/start", json={}).json()["state"] == (
        "in_progress"
    )


def test_a_rejection_needs_its_reasons(anonymous, clerk):
    reference = anonymous.post("/@orders", json=request()).json()["reference"]
    refused = clerk.post(f"/@orders/{reference}/reject", json={"motive": "Non"})
    assert refused.status_code == 422
    assert refused.json()["type"] == "motive_missing"
    reasons = {"motive": "Pas de lien prouvé", "law": "A.R. 16-07-1992, art. 3"}
    done = clerk.post(f"/@orders/{reference}/reject", json=reasons)
    assert done.json()["state"] == "rejected"


def test_the_secret_answers_and_withdraws_but_nothing_else(anonymous, clerk):
    order = anonymous.post("/@orders", json=request()).json()
    path, secret = (
        f"/@orders/{order['reference']}",
        order["tracking_url"].rsplit("=", 1)[1],
    )
    clerk.post(f"{path}/ask", json={"text": "Votre commune ?"})
    headers = {"X-Order-Secret": secret}
    assert anonymous.post(f"{path}/start", json={}, headers=headers).status_code == 404
    answered = anonymous.post(f"{path}/answer", json={"text": "Ici"}, headers=headers)
    assert answered.json()["state"] == "in_progress"
    withdrawn = anonymous.post(f"{path}/withdraw", json={}, headers=headers)
    assert withdrawn.json()["state"] == "withdrawn"


def test_the_stock_ways_round_meet_the_same_rules(anonymous, clerk):
    reference = anonymous.post("/@orders", json=request()).json()["reference"]
    path = f"/counter/{reference}"
    started = clerk.post(f"{path}/@workflow/start", json={})
    assert started.status_code == 200, started.text
    refused = clerk.post(f"{path}/@workflow/reject", json={"comment": "no"})
    assert refused.status_code == 422
    assert refused.json()["type"] == "motive_missing"
    ready = clerk.post(f"{path}/@workflow/make_ready", json={})
    assert ready.status_code == 422
    assert clerk.get(f"/@orders/{reference}").json()["state"] == "in_progress"
    assert anonymous.get(path).status_code in (401, 404)
    assert clerk.patch(path, json={"document": "x"}).status_code in (401, 403)
