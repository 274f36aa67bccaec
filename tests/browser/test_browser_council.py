"""One life: items are written, reviewed, advised on late, put in order by two people at
once, called, voted on, minuted, published, and found."""

from datetime import datetime
from helpers.serving import until
from helpers.visitor import Visitor
from io import BytesIO
from pypdf import PdfReader
from zoneinfo import ZoneInfo

import csv
import pytest


TITLES = ("Réfection d'une allée", "Désignation d'un agent", "Prime de rentrée")
DECISION = "<p>Article 1. La proposition est <strong>approuvée</strong>.</p>"
#: Pasted from a word processor, with what must not stay.
PASTED = "<p style='mso-x:1'>Vu la loi ;</p><script>document.title = 'X'</script>"
#: The advice was due yesterday.
LATE = """
from datetime import timedelta
from plonegov.core.api import town_today
from plonegov.municipalities.loader.sites import get_site
from plonegov.municipalities.server import runtime

import sys

runtime.start_zope()
with runtime.application() as app, runtime.writing("seneffe"):
    item = get_site(app, "seneffe").deliberations[sys.argv[1]]
    for part in item.parts.values():
        part.due = town_today() - timedelta(days=1)
    item.reindexObject()
"""


@pytest.fixture
def person(window):
    """Return a function that puts somebody of the staff before a browser."""

    def signed_in(account, **look):
        visitor = window(Visitor, **look)
        visitor.open()
        visitor.sign_in(account)
        return visitor

    return signed_in


def press(visitor, selector):
    """Press a button and wait for the page that it leads to."""
    with visitor.page.expect_navigation():
        visitor.page.click(selector)


def facts(visitor):
    return visitor.page.inner_text("main .pg-case-facts")


def write(service, title, matter):
    """Write an item for the college and hand it in; return its path."""
    service.open("deliberations/add-item?body=college")
    page = service.page
    page.wait_for_function("() => window.tinymce && tinymce.get().length === 2")
    page.fill("[name='title']", title)
    page.select_option("[name='category']", "personnel")
    page.select_option("[name='matter']", matter)
    for name, text in (("motivation", PASTED), ("decision", DECISION)):
        script = "([name, text]) => tinymce.get(name).setContent(text)"
        page.evaluate(script, [name, text])
    press(service, "main form.pg-item-form .pg-button-primary")
    assert page.inner_text("h1") == title
    path = service.path
    press(service, ".pg-case-panel .pg-button-primary")
    return path


def advised_on_late(service, clerk, site, path):
    """Ask for an advice, which comes a day late."""
    service.open(path)
    service.page.click("#advices summary:has-text('Demander')")
    service.page.select_option("#adviser", "population")
    service.page.fill("#days", "1")
    press(service, "#advices [value='ask']")
    site.script(LATE, path.rpartition("/")[2])
    clerk.open(path)
    assert "En retard" in clerk.page.inner_text("#advices")
    clerk.page.select_option("#advices [name='opinion']", "favourable")
    press(clerk, "#advices [value='give']")
    assert "Favorable" in clerk.page.inner_text("#advices")


def planned(secretary):
    """Plan a meeting of the college that sits today; return its path."""
    secretary.open("deliberations/plan-meeting")
    page, now = secretary.page, datetime.now(ZoneInfo("Europe/Brussels"))
    page.select_option("[name='body']", "college")
    page.fill("[name='day']", f"{now:%Y-%m-%d}")
    page.fill("[name='time']", f"{now:%H:%M}")
    page.fill("[name='place']", "Salle de l'Essai")
    page.check("[name='fixed_day']")
    for name in ("president", "keeper"):
        group = page.locator(f"[name='{name}'] optgroup[label*='Collège'] option")
        options = group if group.count() else page.locator(f"[name='{name}'] option")
        value = options.nth(0 if group.count() else 1).get_attribute("value")
        page.select_option(f"[name='{name}']", value)
    press(secretary, "main form .pg-button-primary")
    return secretary.path


def in_order(secretary, other, meeting):
    """Put the items on the agenda; two people move them at once, by keyboard."""
    secretary.open(meeting)
    for box in secretary.page.locator("[name='items:list']").all():
        label = secretary.page.locator(f"label[for='{box.get_attribute('id')}']")
        if any(title in label.inner_text() for title in TITLES):
            box.check()
    press(secretary, "form:has([value='present']) [type='submit']")
    other.open(meeting)
    for visitor in (secretary, other):
        rows = visitor.page.locator("li.pg-agenda-row")
        assert rows.count() >= len(TITLES)
        down = rows.nth(0).locator("[data-step='down']")
        down.focus()
        with visitor.page.expect_navigation():
            visitor.page.keyboard.press("Enter")
    assert other.page.locator("#error-summary .pg-agenda-version").count() == 2
    press(other, "#error-summary form [type='submit'] >> nth=0")
    assert other.page.locator("#error-summary").count() == 0


def steps(secretary, meeting, count):
    """Press what comes next, so many times."""
    for _ in range(count):
        secretary.open(meeting)
        press(secretary, ".pg-case-panel form .pg-button-primary")
        assert secretary.page.locator("#error-summary").count() == 0


def attend(secretary, meeting):
    """All but the last member come, one of them stands back; return the late one."""
    secretary.open(f"{meeting}/attendance")
    page = secretary.page
    found = [
        each.get_attribute("value")
        for each in page.locator("[name='verb'][value^='arrive:']").all()
    ]
    for value in found[:-1]:
        press(secretary, f"[value='{value}']")
    page.select_option("[name='member']", found[0].partition(":")[2])
    page.select_option("[name='item']", label=option(page, TITLES[2]))
    press(secretary, "[value='recuse']")
    return found[-1]


def option(page, title):
    """Return the whole label of an option that holds a title."""
    for each in page.locator("[name='item'] option").all():
        if title in each.inner_text():
            return each.inner_text().strip()
    raise LookupError(title)


def tied(secretary, path):
    """Half of the members vote against: nothing is decided, it goes to a later meeting."""
    secretary.open(f"{path}/item-vote?mode=show_of_hands")
    page = secretary.page
    rows = page.locator("[name^='choice.'][value='against']")
    for place in range(rows.count() // 2):
        rows.nth(place).check()
    press(secretary, "#vote-form [value='hold']")
    assert "Parité" in page.inner_text("main")
    press(secretary, "[value='decide:postpone']")


def voted_secretly(secretary, path, members):
    """Only papers are counted: the form knows no member."""
    secretary.open(f"{path}/item-vote?mode=secret")
    page = secretary.page
    assert page.locator("[name^='choice.']").count() == 0
    page.fill("[name='counts.in_favour']", str(members + 1))
    press(secretary, "#vote-form [value='hold']")
    assert page.locator("#error-summary").count() == 1
    page.fill("[name='counts.in_favour']", str(members - 1))
    page.fill("[name='counts.against']", "1")
    press(secretary, "#vote-form [value='hold_decide']")


def text_of(visitor, path):
    """Return the text of a PDF."""
    answer = visitor.page.request.get(f"{visitor.site.url}/{path}")
    assert answer.headers["content-type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.body())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def published(secretary, path):
    """Release the single decision of a body of which the public reads nothing else."""
    secretary.open(f"{path}/item-public")
    page = secretary.page
    page.wait_for_function("() => window.tinymce && tinymce.get().length === 1")
    page.fill("[name='title']", "Prime de rentrée 2026")
    press(secretary, "[value='confirm']")
    assert page.locator("#error-summary").count() == 1
    page.check("[name='release']")
    press(secretary, "[value='confirm']")


def test_from_a_draft_to_what_the_town_can_read(person, window, site):
    service, reviewer = person("service"), person("reviewer")
    secretary, other, clerk = person("secretary"), person("secretary"), person("clerk")
    matters = ("ordinary", "appointment", "ordinary")
    paths = [write(service, *each) for each in zip(TITLES, matters, strict=True)]
    advised_on_late(service, clerk, site, paths[0])
    for visitor in (reviewer, secretary):
        for path in paths:
            visitor.open(path)
            press(visitor, ".pg-case-panel .pg-button-primary")
    assert "Prêt" in facts(secretary)
    meeting = planned(secretary)
    in_order(secretary, other, meeting)
    steps(secretary, meeting, 3)
    last = attend(secretary, meeting)
    secretary.open(f"{meeting}/attendance")
    press(secretary, f"[value='{last}']")
    tied(secretary, paths[0])
    voted_secretly(secretary, paths[1], 6)
    secretary.open(f"{meeting}/closing")
    assert secretary.page.locator("[value='end']").count() == 0
    assert TITLES[2] in secretary.main()
    secretary.open(f"{paths[2]}/item-vote?mode=show_of_hands")
    press(secretary, "#vote-form [value='hold_decide']")
    for item in secretary.page.locator("[value^='adopt:']").all():
        assert item
    secretary.open(f"{meeting}/closing")
    press(secretary, "[value='end']")
    secretary.open(f"{meeting}/minutes")
    press(secretary, "[value='renew']")
    assert TITLES[2] in text_of(secretary, f"{meeting}/minutes.pdf")
    secretary.open(f"{meeting}/extracts")
    press(secretary, "form[action$='/extracts-action'] [type='submit']")
    assert TITLES[2] in until(lambda: text_of(secretary, f"{paths[2]}/extract.pdf"))
    published(secretary, paths[2])
    anybody = window(Visitor, width=360)
    anybody.open("decisions/decisions-search?text=rentr%C3%A9e")
    press(anybody, ".pg-results h3 a")
    page = anybody.page
    assert page.inner_text("h1") == "Prime de rentrée 2026"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    answer = page.request.get(f"{site.url}/deliberations.csv")
    rows = list(csv.reader(answer.text().splitlines()))
    assert any("Prime de rentrée 2026" in row for row in rows)
    assert not any("agent" in cell for row in rows for cell in row)
