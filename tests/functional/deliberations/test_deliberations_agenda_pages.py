"""The pages of a meeting and of its agenda: who sees and changes what, and what is refused."""

from datetime import timedelta
from helpers import councils
from helpers.councils import acting
from helpers.people import PASSWORD
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import store

import pytest
import transaction


TITLES = ("Alpha", "Bravo", "Charlie", "Delta")


@pytest.fixture
def people(portal):
    councils.add_staff(portal)
    return councils.seat()


@pytest.fixture
def meeting(portal, people):
    meeting = councils.plan(portal, days=20, place="Salle")
    for title in TITLES:
        item = councils.validated(portal, title=title)
        with acting(portal, "secretary"):
            agenda.present(item, meeting)
    transaction.commit()
    return meeting


@pytest.fixture
def by(browser, meeting):
    """Return a function that makes the browser of a person, at the meeting's page."""

    def at(person):
        made = browser()
        if person:
            made.session.auth = (person, PASSWORD)
        made.open(page_of(meeting))
        return made

    return at


@pytest.fixture
def secretary(by):
    return by("secretary")


def page_of(meeting):
    return f"deliberations/{meeting.getId()}"


def titles(browser):
    rows = browser.page.xpath("//li[contains(@class, 'pg-agenda-row')]")
    return [
        row.xpath(".//*[@class='pg-agenda-title']")[0].text_content().strip()
        for row in rows
    ]


def numbered(browser):
    found = browser.page.xpath(
        "//li[contains(@class, 'pg-agenda-row')]/span[@class='pg-agenda-number']"
    )
    return [one.text_content().strip() for one in found]


def form_of(browser, verb, key=""):
    """Return the form of a verb, for a row."""
    row = f"//li[@data-key='{key}']" if key else "//main"
    return browser.page.xpath(f"{row}//form[.//input[@name='verb'][@value='{verb}']]")[
        0
    ]


def step_form(browser, step):
    return browser.page.xpath(f"//form[.//input[@name='step'][@value='{step}']]")[0]


def key_of(browser, title):
    rows = browser.page.xpath(f"//li[.//*[normalize-space(text())='{title}']]")
    return rows[-1].get("data-key")


def move(browser, title, **fields):
    form = form_of(browser, "move", key_of(browser, title))
    browser.send(
        {"number": None, **{name: str(value) for name, value in fields.items()}},
        form=form,
    )


def state_of(meeting):
    meeting._p_jar.sync()
    return meeting.state


# --- Who sees it


def test_the_secretary_sees_the_numbered_agenda_with_its_reasons(secretary):
    assert titles(secretary) == list(TITLES)
    assert numbered(secretary) == ["1.", "2.", "3.", "4."]
    assert "by session, then category, then service" in secretary.text()
    assert "Category: Roads and mobility" in secretary.text()


@pytest.mark.parametrize("person", ["drafter", "reviewer", "councillor", "citizen", ""])
def test_nobody_else_sees_a_meeting_that_is_being_prepared(by, person):
    assert "Alpha" not in by(person).answer.text


@pytest.fixture
def convened(portal, meeting):
    with acting(portal, "secretary"):
        meetings.change(meeting, "convene")
    transaction.commit()
    return meeting


def test_a_member_reads_the_agenda_and_changes_nothing(convened, by):
    councillor = by("councillor")
    assert titles(councillor) == list(TITLES)
    assert councillor.page.xpath("//main//form") == []
    assert "Agenda (PDF)" in councillor.text()


def test_staff_reads_the_items_of_its_services_only(portal, convened, by):
    with acting(portal, "secretary"):
        agenda.add_heading(convened, "Secret", 0)
    transaction.commit()
    assert titles(by("drafter")) == ["Secret", *TITLES]
    other = by("adviser")
    assert titles(other) == []
    assert "Items of other services that you do not read: 4." in other.text()
    assert not {"Alpha", "Secret"} & set(other.text().split())


@pytest.mark.parametrize("person", ["citizen", ""])
def test_a_stranger_reads_nothing_of_it(convened, by, person):
    assert "Alpha" not in by(person).answer.text


@pytest.mark.parametrize("person", ["drafter", "councillor", "citizen", ""])
@pytest.mark.parametrize("action", ["agenda-action", "meeting-action", "edit-meeting"])
def test_only_the_secretary_changes_it(convened, secretary, by, person, action):
    form = form_of(secretary, "move", key_of(secretary, "Alpha"))
    other = by(person)
    data = {**dict(form.form_values()), "to": "2", "step": "freeze"}
    url = f"{other.base}/{page_of(convened)}/{action}"
    answer = other.session.post(url, data=data, allow_redirects=False)
    assert answer.status_code in (302, 401, 403)
    assert state_of(convened) == "convened"
    assert agenda_titles(convened) == list(TITLES)


def agenda_titles(meeting):
    meeting._p_jar.sync()
    return [row.heading or store.item(row.key).title for row in meeting.agenda.rows]


# --- Moves


MOVES = [
    ("Alpha", {"to": 2}, ["Bravo", "Charlie", "Alpha", "Delta"]),
    ("Delta", {"to": 2}, ["Alpha", "Bravo", "Delta", "Charlie"]),
    ("Alpha", {"number": 4}, ["Bravo", "Charlie", "Delta", "Alpha"]),
    ("Delta", {"number": 1}, ["Delta", "Alpha", "Bravo", "Charlie"]),
]


@pytest.mark.parametrize("title, fields, expected", MOVES)
def test_a_row_is_moved_without_a_script(secretary, meeting, title, fields, expected):
    key = key_of(secretary, title)
    move(secretary, title, **fields)
    assert titles(secretary) == expected
    assert agenda_titles(meeting) == expected
    assert secretary.answer.history[-1].headers["Location"].endswith(f"#row-{key}")
    assert "It was put here by hand. (secretary)" in secretary.text()


def test_what_is_no_number_is_told_at_its_row(secretary, meeting):
    key = key_of(secretary, "Alpha")
    move(secretary, "Alpha", number="x")
    assert secretary.answer.status_code == 400
    summary = secretary.page.xpath("//*[@id='error-summary']//a")[0]
    assert summary.get("href").endswith(f"#number-{key}")


def test_two_secretaries_at_once_see_both_versions_and_lose_nothing(
    secretary, by, meeting
):
    other = by("secretary")
    move(secretary, "Alpha", to=1)
    move(other, "Delta", to=0)
    assert other.answer.status_code == 409
    versions = [
        [row.text_content().split()[1] for row in part.xpath("./li")]
        for part in other.page.xpath("//ol[@class='pg-agenda-version']")
    ]
    assert versions == [
        ["Bravo", "Alpha", "Charlie", "Delta"],
        ["Delta", "Bravo", "Alpha", "Charlie"],
    ]
    assert agenda_titles(meeting) == ["Bravo", "Alpha", "Charlie", "Delta"]
    other.send(form=other.page.xpath("//section[@id='error-summary']//form")[0])
    assert agenda_titles(meeting) == ["Delta", "Bravo", "Alpha", "Charlie"]


def test_an_item_that_a_colleague_took_off_is_not_moved(secretary, by, meeting):
    other = by("secretary")
    secretary.send(form=form_of(secretary, "take_off", key_of(secretary, "Alpha")))
    move(other, "Alpha", to=2)
    assert other.answer.status_code == 409
    assert other.problems() == ["This is not there any more."]


def test_a_fixed_agenda_is_not_moved(portal, convened, by):
    at_page = by("secretary")
    with acting(portal, "secretary"):
        meetings.change(convened, "freeze")
    transaction.commit()
    move(at_page, "Alpha", to=2)
    assert at_page.answer.status_code == 409
    assert at_page.problems() == [
        "The agenda is fixed. Release it first if it must change."
    ]
    assert at_page.page.xpath("//*[@class='pg-agenda-tools']") == []
    assert agenda_titles(convened) == list(TITLES)


def test_the_closed_session_stays_last(portal, meeting, by):
    item = councils.validated(portal, title="Zulu", privacy="closed", matter="person")
    with acting(portal, "secretary"):
        agenda.present(item, meeting)
    transaction.commit()
    secretary = by("secretary")
    parts = secretary.page.xpath("//h3[contains(@class, 'pg-agenda-session')]")
    assert [part.text for part in parts] == ["Public session", "Closed session"]
    move(secretary, "Zulu", number=1)
    assert secretary.answer.status_code == 409
    assert "closed session comes after" in secretary.problems()[0]


# --- Headings, items


def test_a_heading_is_put_in_and_taken_off(secretary, meeting):
    fields = {"heading": "Finances", "before": "3"}
    secretary.send(fields, form=form_of(secretary, "add_heading"))
    assert agenda_titles(meeting) == ["Alpha", "Bravo", "Finances", "Charlie", "Delta"]
    assert numbered(secretary) == ["1.", "2.", "", "3.", "4."]
    key = key_of(secretary, "Finances")
    move(secretary, "Finances", number=2)
    assert agenda_titles(meeting) == ["Alpha", "Finances", "Bravo", "Charlie", "Delta"]
    secretary.send(form=form_of(secretary, "remove_heading", key))
    assert agenda_titles(meeting) == list(TITLES)


def test_a_heading_without_text_comes_back_with_what_was_typed(secretary, meeting):
    fields = {"heading": " ", "before": "2"}
    secretary.send(fields, form=form_of(secretary, "add_heading"))
    assert secretary.answer.status_code == 400
    assert len(secretary.problems()) == 1
    form = form_of(secretary, "add_heading")
    assert dict(form.form_values())["before"] == "2"


def test_items_that_are_ready_are_put_on_it_at_once(portal, meeting, by):
    wished = councils.validated(portal, title="Yankee", wish=meeting.getId())
    plain = councils.validated(portal, title="X-ray")
    councils.validated(portal, "college", title="Collège")
    transaction.commit()
    secretary = by("secretary")
    boxes = secretary.page.xpath("//input[@name='items:list']/@value")
    assert boxes == [wished.getId(), plain.getId()]
    form = form_of(secretary, "present")
    data = [("items:list", key) for key in boxes]
    values = [*form.form_values(), *data]
    secretary._read(secretary.session.post(form.action, data=values))
    assert set(agenda_titles(meeting)) == {*TITLES, "Yankee", "X-ray"}


def test_without_a_tick_nothing_is_put_on_it(portal, meeting, by):
    councils.validated(portal, title="Yankee")
    transaction.commit()
    secretary = by("secretary")
    secretary.send(form=form_of(secretary, "present"))
    assert secretary.answer.status_code == 400
    assert agenda_titles(meeting) == list(TITLES)


def test_an_item_of_another_meeting_is_not_taken_off_here(portal, meeting, secretary):
    elsewhere = councils.plan(portal, days=40)
    item = councils.validated(portal, title="Yankee")
    with acting(portal, "secretary"):
        agenda.present(item, elsewhere)
    transaction.commit()
    form = form_of(secretary, "take_off", key_of(secretary, "Alpha"))
    secretary.send({"key": item.getId()}, form=form)
    assert secretary.answer.status_code == 409
    assert agenda_titles(elsewhere) == ["Yankee"]


def test_a_step_that_needs_a_reason_asks_for_it(secretary, meeting):
    secretary.send(form=step_form(secretary, "convene"))
    assert state_of(meeting) == "convened"
    secretary.send({"reason": " "}, form=step_form(secretary, "recall"))
    assert secretary.answer.status_code == 400
    target = secretary.page.xpath("//*[@id='error-summary']//a")[0].get("href")
    assert target.endswith("#reason-recall")
    secretary.send({"reason": "Salle en travaux"}, form=step_form(secretary, "recall"))
    assert state_of(meeting) == "created"
    assert "Salle en travaux" in secretary.text()


def test_a_convocation_that_is_too_late_says_so_and_where_to_mend_it(
    portal, meeting, secretary
):
    meeting.starts -= timedelta(days=17)
    transaction.commit()
    secretary.send(form=step_form(secretary, "convene"))
    assert secretary.answer.status_code == 422
    assert "clear days are too few" in secretary.problems()[0]
    mend = secretary.page.xpath("//p[@class='pg-meeting-mend']/a")[0]
    assert mend.get("href").endswith("/edit-meeting#urgency")
    assert state_of(meeting) == "created"


def test_ending_a_sitting_with_open_points_leads_to_them(portal, people, meeting, by):
    councils.sit(portal, meeting, people)
    transaction.commit()
    secretary = by("secretary")
    secretary.send(form=step_form(secretary, "decide"))
    assert secretary.answer.status_code == 409
    mend = secretary.page.xpath("//p[@class='pg-meeting-mend']/a")[0]
    assert mend.get("href").endswith("/closing")
    assert state_of(meeting) == "sitting"


def test_what_is_no_step_is_not_found(secretary, meeting):
    form = step_form(secretary, "convene")
    secretary.send({"step": "explode"}, form=form)
    assert secretary.answer.status_code == 404
    secretary.open(page_of(meeting))
    form = form_of(secretary, "move", key_of(secretary, "Alpha"))
    secretary.send({"verb": "explode"}, form=form)
    assert secretary.answer.status_code == 404


@pytest.mark.parametrize("action", ["agenda-action", "meeting-action"])
def test_nothing_is_done_without_the_token_or_by_a_link(secretary, meeting, action):
    url = f"{secretary.base}/{page_of(meeting)}/{action}"
    data = {"step": "convene", "verb": "take_off", "key": key_of(secretary, "Alpha")}
    assert secretary.session.post(url, data=data).status_code == 403
    assert secretary.session.get(url, params=data).status_code == 405
    assert state_of(meeting) == "created"
    assert agenda_titles(meeting) == list(TITLES)


def test_late_items_are_marked(portal, convened, by):
    with acting(portal, "secretary"):
        meetings.change(convened, "freeze")
        agenda.present(councils.validated(portal, title="Late one"), convened)
    transaction.commit()
    secretary = by("secretary")
    row = secretary.page.xpath("//li[.//a[text()='Late one']]")[0]
    assert "Late" in [
        tag.text for tag in row.xpath(".//span[contains(@class, 'pg-tag')]")
    ]
    assert row.xpath("./span")[0].text == "5."


def test_a_former_member_reads_nothing_of_it(portal, convened, by):
    for mandate in bodies.get("council").objectValues():
        mandate.last_day = convened.starts.date() - timedelta(days=1)
    transaction.commit()
    assert "Alpha" not in by("councillor").answer.text


def test_a_returned_item_stays_where_it_is(portal, meeting, by):
    with acting(portal, "secretary"):
        item = store.item(meeting.agenda.rows[1].key)
        items.change(item, "return_to_service", reason="Montant")
    transaction.commit()
    secretary = by("secretary")
    assert titles(secretary) == list(TITLES)
    row = secretary.page.xpath(f"//li[@data-key='{item.getId()}']")[0]
    assert "Back with its service" in row.text_content()
    assert row.xpath(".//input[@value='take_off']") == []
