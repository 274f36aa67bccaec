"""A citizen whose mail address holds a mistake gets the link all the same."""

from helpers.serving import until
from helpers.visitor import Citizen
from helpers.visitor import Clerk
from helpers.visitor import WHO
from urllib.parse import parse_qs
from urllib.parse import urlsplit

import pytest
import re


LINK = re.compile(r"http\S+/counter/track\?order=\S+&secret=\S+")


@pytest.mark.parametrize("width, language", [(1280, "fr"), (360, "nl")])
def test_a_link_sent_again_after_a_wrong_mail_address(window, site, width, language):
    wrong, right = (
        f"{name}.{language}@exempleville.example" for name in ("fautsa", "fausta")
    )
    citizen = window(Citizen, width=width, language=language)
    citizen.fill_up_to_check(wrong, language)
    citizen.send()
    citizen.page.wait_for_url("**/counter/thanks")
    [first] = LINK.findall(citizen.main())
    [reference] = parse_qs(urlsplit(first).query)["order"]
    citizen.page.context.clear_cookies()

    ask_again(citizen, reference)
    until(lambda: len(links_to(site, wrong)) == 2, seconds=60)
    assert not links_to(site, right)

    clerk = window(Clerk, width=width, language=language)
    clerk.open()
    clerk.sign_in("clerk")
    clerk.open(f"counter/{reference}")
    clerk.page.click("details:has([value='correct_address']) > summary")
    clerk.fill({"email": right})
    clerk.do("correct_address")
    assert right in clerk.main()

    [link] = until(lambda: links_to(site, right), seconds=60)
    for old in (first, *links_to(site, wrong)):
        assert citizen.page.goto(old).status == 404
    citizen.page.goto(link)
    assert citizen.path == "counter/track"
    assert WHO["applicant.last_name"] not in citizen.main()
    for part in ("day", "month", "year"):
        name = f"birth_date-{part}"
        citizen.fill({name: WHO[f"applicant.{name}"]})
    citizen.send()
    assert WHO["applicant.last_name"] in citizen.main()


def ask_again(citizen, reference):
    """Find the page that sends the link from the page of who has lost it."""
    citizen.open("counter/track")
    citizen.page.click("main a[href$='/counter/send-link']")
    citizen.fill({"order": reference})
    citizen.send()
    assert reference not in citizen.main()


def links_to(site, address):
    """Return the links in the mails to an address, oldest first."""
    texts = [mail.get_body(("plain",)).get_content() for mail in site.mails_to(address)]
    return [link for text in texts for link in LINK.findall(text)]
