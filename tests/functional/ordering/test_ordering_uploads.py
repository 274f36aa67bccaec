"""Files are chosen once, kept through errors, made plain, and run nowhere."""

from base64 import b64encode
from helpers import pictures
from helpers.citizen import ABOUT
from helpers.citizen import DELIVERY
from helpers.citizen import QUESTIONS
from helpers.citizen import WHO
from helpers.orders import request
from helpers.people import PASSWORD
from helpers.stores import only_draft
from helpers.stores import only_order
from plonegov.ordering.api import orders
from plonegov.ordering.api.counters import counter
from plonegov.ordering.domain.attachments import FILE_QUESTIONS

import pytest
import re
import requests
import transaction


PDF = b"%PDF-1.4 signed"
FORM = "counter/residence/order"


@pytest.fixture
def giver(citizen):
    """Return a citizen at the page about the person who gave the mandate."""
    citizen.open(f"{FORM}/who")
    citizen.send({**WHO, "relation": "mandatary"})
    citizen.fields = {**ABOUT, "subject.birth_date-year": "1960"}
    return citizen


def upload(citizen, *files, fields=None, **kwargs):
    """Send the page with files: rows of question, name and bytes."""
    sent = [(question, (name, data)) for question, name, data in files]
    empty = dict.fromkeys(("mandate", "identity", "proof"))
    return citizen.send({**empty, **(fields or {})}, files=sent, **kwargs)


def names():
    return [(question, file.filename) for question, file in only_draft().files.values()]


def test_files_are_kept_while_something_else_is_wrong(giver):
    wrong = {**giver.fields, "subject.first_name": ""}
    upload(
        giver,
        ("mandate", "page 1.pdf", PDF),
        ("mandate", "page 2.pdf", PDF),
        ("identity", "card.jpg", pictures.jpeg()),
        fields=wrong,
    )
    assert giver.answer.status_code == 422
    assert [line.partition(" – ")[0] for line in giver.problems()] == ["First name"]
    for name in ("page 1.pdf", "page 2.pdf", "card.jpg"):
        assert name in giver.text()
    upload(giver, fields=giver.fields)
    assert giver.path == f"{FORM}/delivery"
    giver.send(DELIVERY)
    giver.send(QUESTIONS)
    for name in ("page 1.pdf, page 2.pdf", "card.jpg"):
        assert name in giver.text()
    giver.send()
    assert [
        (question, file.filename) for question, file in only_order().attachments
    ] == [
        ("mandate", "page 1.pdf"),
        ("mandate", "page 2.pdf"),
        ("identity", "card.jpg"),
    ]
    assert counter().drafts.weights.total == 0


def test_a_wrong_file_is_named_and_the_right_ones_are_kept(giver):
    upload(
        giver,
        ("mandate", "right.pdf", PDF),
        ("mandate", "wrong.exe", b"MZ\x90"),
        ("identity", "empty.pdf", b""),
        fields=giver.fields,
    )
    assert giver.answer.status_code == 422
    first, second = giver.problems()
    assert "wrong.exe" in first
    assert "empty.pdf" in second
    assert names() == [("mandate", "right.pdf")]
    links = giver.page.xpath("//*[@id='error-summary']//li/a/@href")
    assert [link.rpartition("#")[2] for link in links] == ["mandate", "identity"]


def test_one_file_is_removed_and_the_others_stay(giver):
    upload(
        giver,
        ("mandate", "one.pdf", PDF),
        ("mandate", "two.pdf", PDF),
        fields=giver.fields,
    )
    giver.open(f"{FORM}/about")
    boxes = giver.page.xpath("//main//input[@name='mandate-remove']")
    assert [box.get("type") for box in boxes] == ["checkbox"] * 2
    upload(giver, fields={"mandate-remove": boxes[0].get("value")})
    assert giver.path == f"{FORM}/delivery"
    assert names() == [("mandate", "two.pdf")]


def test_a_mandate_that_was_removed_is_asked_for_again(giver):
    upload(giver, ("mandate", "one.pdf", PDF), fields=giver.fields)
    giver.open(f"{FORM}/about")
    [box] = giver.page.xpath("//main//input[@name='mandate-remove']/@value")
    upload(giver, fields={"mandate-remove": box})
    assert giver.answer.status_code == 422
    assert "power of attorney" in giver.problems()[0]
    assert names() == []


def test_no_file_of_another_question_is_removed_by_a_forged_id(giver):
    upload(giver, ("mandate", "one.pdf", PDF), fields=giver.fields)
    [id] = only_draft().files
    giver.open(f"{FORM}/about")
    upload(giver, fields={"identity-remove": id})
    assert names() == [("mandate", "one.pdf")]


def test_one_file_more_than_its_question_takes_is_refused(giver):
    most = FILE_QUESTIONS["identity"].most
    cards = [("identity", f"{number}.pdf", PDF) for number in range(most + 1)]
    upload(giver, ("mandate", "m.pdf", PDF), *cards, fields=giver.fields)
    assert giver.answer.status_code == 422
    assert f"{most}.pdf: At most {most} files" in giver.problems()[0]
    assert len(names()) == most + 1
    assert not giver.page.xpath("//main//input[@name='identity'][@type='file']")
    assert giver.page.xpath("//main//*[@id='identity']")


def test_files_are_gone_with_the_relation_they_belong_to(giver):
    upload(giver, ("mandate", "one.pdf", PDF), fields=giver.fields)
    giver.open(f"{FORM}/who")
    giver.send({"relation": "parent"})
    assert names() == []
    assert counter().drafts.weights.total == 0


def test_files_are_saved_with_the_draft(giver):
    giver.save(
        {**dict.fromkeys(("mandate", "identity")), "subject.last_name": "Exemple"},
        files=[("mandate", ("one.pdf", PDF)), ("identity", ("x.exe", b"MZ"))],
    )
    assert giver.answer.status_code == 422
    assert "x.exe" in giver.problems()[0]
    upload(giver, fields={"save": "1"})
    assert giver.path == f"{FORM}/save"
    giver.open(f"{FORM}/about")
    assert giver.value("subject.last_name") == "Exemple"
    assert "one.pdf" in giver.text()


def test_a_page_shown_before_a_file_came_sends_nothing(giver):
    upload(giver, ("mandate", "one.pdf", PDF), fields=giver.fields)
    giver.send(DELIVERY)
    giver.send(QUESTIONS)
    form = giver.form()
    giver.open(f"{FORM}/about")
    upload(giver, ("identity", "x.exe", b"MZ"), ("mandate", "two.pdf", PDF))
    giver.send(form=form)
    assert giver.answer.status_code == 409


# --- Pictures ------------------------------------------------------------------------


def test_a_heic_picture_becomes_a_plain_jpeg(giver):
    upload(giver, ("mandate", "IMG_0001.HEIC", pictures.heic()), fields=giver.fields)
    assert giver.path == f"{FORM}/delivery", giver.problems()
    [(_question, file)] = only_draft().files.values()
    assert (file.filename, file.contentType) == ("IMG_0001.jpg", "image/jpeg")
    made = pictures.opened(file.data)
    assert made.size == (60, 80)
    assert not made.getexif()
    assert pictures.CANARY not in file.data
    left, right = made.getpixel((5, 40)), made.getpixel((55, 40))
    assert left[2] > 200 > 60 > left[0]
    assert right[0] > 200 > 60 > right[2]


@pytest.mark.parametrize(
    "data",
    [
        pictures.heic()[:300],
        pictures.heic()[:40],
        b"\x00\x00\x00\x1cftypheic<script>alert(1)</script>",
        b"\xff\xd8\xff\xe0<html>",
        b"\x89PNG\r\n\x1a\n<html>",
    ],
    ids=["cut off", "nearly nothing", "a script", "no JPEG", "no PNG"],
)
def test_a_picture_that_cant_be_opened_is_said_with_what_to_do(giver, data):
    upload(giver, ("mandate", "photo.heic", data), fields=giver.fields)
    assert giver.answer.status_code == 422
    assert "photo.heic" in giver.problems()[0]
    assert "save it as JPEG or PDF" in giver.problems()[0]
    assert names() == []


def test_a_heic_picture_with_too_many_pixels_is_not_decoded(giver):
    """A few kilobytes may unfold to gigabytes."""
    size = re.compile(rb"(ispe.{4}).{8}", re.DOTALL)
    bomb, count = size.subn(rb"\g<1>" + (60000).to_bytes(4) * 2, pictures.heic())
    assert count
    upload(giver, ("mandate", "photo.heic", bomb), fields=giver.fields)
    assert "photo.heic" in giver.problems()[0]


def test_a_photo_loses_where_it_was_taken(giver):
    """GPS in a picture of a paper tells a home (GDPR, article 5(1)(c))."""
    upload(giver, ("mandate", "photo.jpg", pictures.jpeg()), fields=giver.fields)
    [(_question, file)] = only_draft().files.values()
    assert pictures.CANARY in pictures.jpeg()
    assert pictures.CANARY not in file.data
    assert dict(pictures.opened(file.data).getexif()) == {pictures.ORIENTATION: 6}


def test_pictures_that_come_by_rest_are_made_plain_too(portal):
    def sent(question, data):
        encoded = b64encode(data).decode()
        return {"question": question, "filename": "IMG.HEIC", "data": encoded}

    about = {"first_name": "Bea", "last_name": "Exemple", "birth_date": "1960-02-01"}
    payload = request(relation="mandatary", subject=about)
    files = [sent("mandate", pictures.heic()), sent("identity", pictures.jpeg())]
    order = orders.place({**payload, "attachments": files})
    assert [file.contentType for _name, file in order.attachments] == ["image/jpeg"] * 2
    assert [file.filename for _name, file in order.attachments] == ["IMG.jpg"] * 2
    for _name, file in order.attachments:
        assert pictures.CANARY not in file.data
    transaction.abort()


def test_rest_names_the_file_that_cant_be_opened(portal):
    answer = requests.post(
        f"{portal.absolute_url()}/@orders",
        json=request(
            attachments=[
                {"question": "proof", "filename": "a.pdf", "data": "JVBERi0xLjQ="},
                {"question": "proof", "filename": "b.jpg", "data": "/9j/4DxodG1sPg=="},
            ]
        ),
        headers={"Accept": "application/json"},
        timeout=60,
    )
    assert answer.status_code == 400
    [fault] = answer.json()["errors"]
    assert fault["field"] == "attachments.1.data"


# --- What a clerk opens ------------------------------------------------------------------

SENT = [
    ("mandate", "mandate.html.pdf", b"%PDF-1.4<script>alert(1)</script>"),
    ("identity", "card.jpg", pictures.jpeg()),
]


@pytest.fixture
def clerks_session(portal, order, visit):
    return visit("clerk")


def test_nothing_of_a_citizens_file_runs_on_our_site(order, clerks_session):
    base = f"{order.absolute_url()}/order-file?name="
    theirs = clerks_session.get(f"{base}0")
    assert theirs.headers["Content-Type"] == "application/pdf"
    assert theirs.headers["X-Content-Type-Options"] == "nosniff"
    assert theirs.headers["Cache-Control"] == "no-store"
    policy = theirs.headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "allow-" not in policy
    ours = clerks_session.get(f"{base}issued")
    assert "sandbox" not in ours.headers["Content-Security-Policy"]


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "text/xml", ""])
def test_a_file_of_another_type_is_only_downloaded(order, clerks_session, kind):
    """None is taken; one that came in another way does no harm."""
    transaction.begin()
    [(_question, file)] = order.attachments
    file.contentType = kind
    transaction.commit()
    answer = clerks_session.get(f"{order.absolute_url()}/order-file?name=0")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_clerk_sees_what_a_file_answers(order, browser):
    clerk = browser()
    clerk.session.auth = ("clerk", PASSWORD)
    clerk.open(f"counter/{order.reference}")
    [row] = clerk.page.xpath("//main//li[a[contains(@href, 'order-file?name=0')]]")
    assert "Mandate" in row.text_content()
