"""One life, by keyboard alone: items are written, reviewed, advised on late, put in order
by two people at once, called, voted on, minuted, published, and found."""

from datetime import datetime
from helpers.keyboard import Keyboard
from helpers.serving import until
from helpers.visitor import Visitor
from io import BytesIO
from pypdf import PdfReader
from zoneinfo import ZoneInfo

import csv
import pytest


TITLES = ("Réfection d'une allée", "Désignation d'un agent", "Prime de rentrée")
#: What is typed; each second part is in bold.
DECISION = ("Article 1. La proposition est ", "approuvée", ".")
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
        visitor = window(Keyboard, **look)
        visitor.open()
        visitor.sign_in(account)
        return visitor

    return signed_in


def facts(visitor):
    return visitor.page.inner_text("main .pg-case-facts")


def write(service, title, matter):
    """Write an item for the college and hand it in; return its path."""
    service.open("deliberations/add-item?body=college")
    page = service.page
    page.wait_for_function("() => window.tinymce && tinymce.get().length === 2")
    service.type("[name='title']", title)
    service.pick("[name='category']", "Personnel")
    service.pick("[name='matter']", matter)
    service.write("motivation", "Vu la loi ;")
    service.write("decision", *DECISION)
    service.press("main form.pg-item-form .pg-button-primary")
    assert page.inner_text("h1") == title
    path = service.path
    service.press(".pg-case-panel .pg-button-primary")
    return path


def advised_on_late(service, clerk, site, path):
    """Ask for an advice, which comes a day late."""
    service.open(path)
    service.toggle("#advices summary:has-text('Demander')")
    service.pick("#adviser", "population")
    service.type("#days", "1")
    service.press("#advices [value='ask']")
    site.script(LATE, path.rpartition("/")[2])
    clerk.open(path)
    assert "En retard" in clerk.page.inner_text("#advices")
    clerk.pick("#advices [name='opinion']", "Favorable")
    clerk.press("#advices [value='give']")
    assert "Favorable" in clerk.page.inner_text("#advices")


def planned(secretary):
    """Plan a meeting of the college that sits today; return its path."""
    secretary.open("deliberations/plan-meeting")
    now = datetime.now(ZoneInfo("Europe/Brussels"))
    secretary.pick("[name='body']", "Collège")
    secretary.on("[name='day']", f"{now:%Y-%m-%d}", f"{now:%m%d%Y}")
    secretary.on("[name='time']", f"{now:%H:%M}", f"{now:%I%M%p}")
    secretary.type("[name='place']", "Salle de l'Essai")
    secretary.toggle("[name='fixed_day']")
    secretary.pick("[name='president']", "Collège communal Exemplaire")
    secretary.pick("[name='keeper']", "Secrétariat")
    secretary.press("main form .pg-button-primary")
    return secretary.path


def in_order(secretary, other, meeting):
    """Put the items on the agenda; two people move them at once, by keyboard."""
    secretary.open(meeting)
    for title in TITLES:
        secretary.toggle(f".pg-choice:has-text(\"{title}\") [name='items:list']")
    secretary.press("form:has([value='present']) [type='submit']")
    other.open(meeting)
    for visitor in (secretary, other):
        assert visitor.page.locator("li.pg-agenda-row").count() >= len(TITLES)
        visitor.press("li.pg-agenda-row [data-step='down']")
    assert other.page.locator("#error-summary .pg-agenda-version").count() == 2
    other.press("#error-summary form [type='submit'] >> nth=0")
    assert other.page.locator("#error-summary").count() == 0


def steps(secretary, meeting, count):
    """Press what comes next, so many times."""
    for _ in range(count):
        secretary.open(meeting)
        secretary.press(".pg-case-panel form .pg-button-primary")
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
        secretary.press(f"[value='{value}']")
    first = f"[name='member'] option[value='{found[0].partition(':')[2]}']"
    secretary.pick("[name='member']", page.inner_text(first).strip())
    secretary.pick("[name='item']", TITLES[2])
    secretary.press("[value='recuse']")
    return found[-1]


def tied(secretary, path):
    """Half of the members vote against: nothing is decided, it goes to a later meeting."""
    secretary.open(f"{path}/item-vote?mode=show_of_hands")
    page = secretary.page
    rows = page.locator("[name^='choice.'][value='against']")
    for row in rows.all()[: rows.count() // 2]:
        secretary.choose(f"[name='{row.get_attribute('name')}'][value='against']")
    secretary.press("#vote-form [value='hold']")
    assert "Parité" in page.inner_text("main")
    secretary.press("[value='decide:postpone']")


def voted_secretly(secretary, path, members):
    """Only papers are counted: the form knows no member."""
    secretary.open(f"{path}/item-vote?mode=secret")
    page = secretary.page
    assert page.locator("[name^='choice.']").count() == 0
    secretary.type("[name='counts.in_favour']", str(members + 1))
    secretary.press("#vote-form [value='hold']")
    assert page.locator("#error-summary").count() == 1
    secretary.type("[name='counts.in_favour']", str(members - 1))
    secretary.type("[name='counts.against']", "1")
    secretary.press("#vote-form [value='hold_decide']")


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
    secretary.type("[name='title']", "Prime de rentrée 2026")
    secretary.press("[value='confirm']")
    assert page.locator("#error-summary").count() == 1
    secretary.toggle("[name='release']")
    secretary.press("[value='confirm']")


def test_from_a_draft_to_what_the_town_can_read(person, window, site):
    service, reviewer = person("service"), person("reviewer")
    secretary, other, clerk = person("secretary"), person("secretary"), person("clerk")
    matters = ("ordinaire", "Nomination", "ordinaire")
    paths = [write(service, *each) for each in zip(TITLES, matters, strict=True)]
    advised_on_late(service, clerk, site, paths[0])
    for visitor in (reviewer, secretary):
        for path in paths:
            visitor.open(path)
            visitor.press(".pg-case-panel .pg-button-primary")
    assert "Prêt" in facts(secretary)
    meeting = planned(secretary)
    in_order(secretary, other, meeting)
    steps(secretary, meeting, 3)
    last = attend(secretary, meeting)
    secretary.open(f"{meeting}/attendance")
    secretary.press(f"[value='{last}']")
    tied(secretary, paths[0])
    voted_secretly(secretary, paths[1], 6)
    secretary.open(f"{meeting}/closing")
    assert secretary.page.locator("[value='end']").count() == 0
    assert TITLES[2] in secretary.main()
    secretary.open(f"{paths[2]}/item-vote?mode=show_of_hands")
    secretary.press("#vote-form [value='hold_decide']")
    secretary.open(f"{meeting}/closing")
    secretary.press("[value='end']")
    secretary.open(f"{meeting}/minutes")
    secretary.press("[value='renew']")
    assert TITLES[2] in text_of(secretary, f"{meeting}/minutes.pdf")
    secretary.open(f"{meeting}/extracts")
    secretary.press("form[action$='/extracts-action'] [type='submit']")
    assert TITLES[2] in until(lambda: text_of(secretary, f"{paths[2]}/extract.pdf"))
    published(secretary, paths[2])
    anybody = window(Keyboard, width=360)
    anybody.open("decisions")
    anybody.type("#decisions-text", "rentrée")
    anybody.press(".pg-decisions-search [type='submit']")
    anybody.press(".pg-results h3 a")
    page = anybody.page
    assert page.inner_text("h1") == "Prime de rentrée 2026"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    answer = page.request.get(f"{site.url}/deliberations.csv")
    rows = list(csv.reader(answer.text().splitlines()))
    assert any("Prime de rentrée 2026" in row for row in rows)
    assert not any("agent" in cell for row in rows for cell in row)


def titles(visitor):
    """Return the titles of an agenda in its order."""
    return visitor.page.locator("li.pg-agenda-row .pg-agenda-title").all_inner_texts()


def test_a_row_of_an_agenda_is_dragged_with_the_mouse(window):
    secretary = window(Visitor)
    secretary.open()
    secretary.sign_in("secretary")
    secretary.open("deliberations/meetings?when=all&state=created&body=council")
    page = secretary.page
    page.click(".pg-listing-first a")
    before = titles(secretary)
    rows = page.locator("li.pg-agenda-row")
    handle = rows.nth(0).locator(".pg-agenda-handle")
    below = rows.nth(1).bounding_box()["height"] * 0.75
    with page.expect_navigation():
        handle.drag_to(rows.nth(1), target_position={"x": 12, "y": below})
    second, first, *others = before
    assert titles(secretary) == [first, second, *others]
    assert secretary.page.evaluate("document.activeElement.matches('li:nth-child(2)')")
    rows.nth(0).locator(".pg-agenda-handle").hover()
    page.mouse.down()
    page.mouse.move(300, 800, steps=5)
    page.keyboard.press("Escape")
    page.mouse.up()
    page.reload()
    assert titles(secretary) == [first, second, *others]
