"""Behind the birth date one downloads all that is held on one's order, until it is erased.

GDPR art. 15 and 20, art. 12.1 (in an intelligible form).
"""

from helpers.ageing import end
from helpers.orders import request
from helpers.tracking import address
from helpers.tracking import born
from io import BytesIO
from plonegov.core.ops.interfaces import IJob
from plonegov.core.ops.readlog import reads_of
from plonegov.ordering.api import orders
from plonegov.ordering.api.orders import town_today
from zipfile import ZipFile
from zope.component import getUtility

import json
import pytest
import transaction


FILE = {"question": "proof", "filename": "letter.pdf", "data": "JVBERi0xLjcK"}


@pytest.fixture
def order(portal):
    placed = orders.place(request(attachments=[FILE]))
    transaction.commit()
    return placed


@pytest.fixture
def erased(portal, order):
    end(order, 4000)
    transaction.commit()
    getUtility(IJob, name="plonegov.ordering.retention").run(portal)
    transaction.begin()
    return order


def test_the_link_alone_downloads_nothing(order, citizen):
    citizen.open(address(order))
    assert "my-data" not in citizen.answer.text
    citizen.open("counter/my-data")
    assert citizen.path == "counter/track"


def test_without_a_link_there_is_nothing_to_download(order, citizen):
    citizen.open("counter/my-data")
    assert citizen.path == "counter/track"


def test_who_knows_the_birth_date_downloads_all_that_is_held(order, citizen):
    citizen.open(address(order))
    born(citizen)
    (link,) = citizen.page.xpath("//main//a[contains(@href, 'my-data')]/@href")
    answer = citizen.session.get(link)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/zip"
    assert order.reference in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    archive = ZipFile(BytesIO(answer.content))
    data = json.loads(archive.read("data.json"))
    assert data["applicant"]["last_name"] == "Exemple"
    assert archive.read(data["attachments"][0][1]["file"]).startswith(b"%PDF-1.7")
    assert data["national_numbers"] == {
        "applicant": "••.••.••-•••.28",
        "subject": "••.••.••-•••.28",
    }


def test_that_it_was_downloaded_is_logged(order, citizen):
    citizen.open(address(order))
    born(citizen)
    citizen.open("counter/my-data", stream=True)
    reads = reads_of(order.reference, town_today())
    assert ("download_own", "(citizen)") in [(read.action, read.user) for read in reads]


def test_the_link_of_an_erased_order_says_when_it_was_erased(erased, citizen):
    citizen.open(address(erased))
    assert citizen.answer.status_code == 200
    assert "Your data were erased" in citizen.text()
    assert str(erased.anonymised.year) in citizen.text()
    assert citizen.page.xpath("//main//form") == []
    assert "Ada" not in citizen.answer.text


def test_no_birth_date_opens_an_erased_order_and_none_is_noted(erased, citizen):
    before = erased.events
    citizen.open(address(erased))
    token = citizen.page.xpath("//input[@name='_authenticator']/@value")
    day = {"birth_date-day": "30", "birth_date-month": "7", "birth_date-year": "1985"}
    data = {"_authenticator": token[0] if token else "", "action": "open", **day}
    answer = citizen.session.post(f"{citizen.base}/counter/track", data=data)
    assert "Your data were erased" in answer.text
    transaction.begin()
    assert erased.events == before


def test_rest_tells_the_day_too(erased, citizen):
    answer = citizen.session.get(
        f"{citizen.base}/{address(erased).replace('counter/track?order=', '@orders/')}".replace(
            "&secret=", "?secret="
        ),
        headers={"Accept": "application/json"},
    )
    assert answer.json()["anonymised"] == erased.anonymised.isoformat()
