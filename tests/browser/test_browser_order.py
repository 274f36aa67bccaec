"""A citizen orders, follows the order, a clerk handles it: in a real browser."""

from helpers.served import until
from helpers.visitor import Citizen
from helpers.visitor import Clerk
from helpers.visitor import DELIVERY
from helpers.visitor import FINDINGS
from helpers.visitor import PURPOSE
from helpers.visitor import WHO
from io import BytesIO
from pathlib import Path
from pypdf import PdfReader

import os
import pdfstructure
import pytest
import re


IMAGES = Path(__file__).parents[2] / "docs" / "images"
#: Environment variable: write the documentation's picture, not one to throw away.
PICTURES = "PLONEGOV_SCREENSHOTS"
LINK = re.compile(r"http\S+/counter/track\?order=\S+&secret=\S+")
#: What only the page or mail of that language says.
THANKS = {"fr": "Nous avons reçu votre demande", "nl": "Wij hebben uw aanvraag"}
FALSE_ANSWERS = (
    WHO["applicant.first_name"],
    WHO["applicant.last_name"],
    WHO["applicant.national_number"],
    DELIVERY["applicant.address.street"],
    DELIVERY["applicant.address.locality"],
    PURPOSE,
)


@pytest.fixture(params=["fr", "nl"])
def language(request):
    return request.param


@pytest.fixture(params=[1280, 360])
def width(request):
    return request.param


def test_an_order_goes_the_whole_way(window, site, width, language, tmp_path):
    citizen = window(Citizen, width=width, language=language)
    address = f"fausta.{language}.{width}@exempleville.example"
    link = order(citizen, address, language, tmp_path)
    track(citizen, link)
    receipt = mail_in(site, address, 1)
    check_receipt(receipt, link, language)
    clerk = window(Clerk, width=width, language=language)
    handle(clerk, citizen.reference)
    check_document(clerk.pdf, citizen.reference)
    citizen.open("counter/track")
    assert citizen.page.locator(".pg-timeline > .pg-done").count() == 4
    mail_in(site, address, 2)
