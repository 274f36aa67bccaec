"""Who sits in the town's bodies: the secretary keeps it, members and staff read it."""

from datetime import date
from datetime import timedelta
from helpers import councils
from helpers.people import PASSWORD
from plonegov.core.api import town_today
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import recurring

import pytest
import transaction


BASE = "deliberations"
FORM = "form.widgets."


@pytest.fixture
def by(browser, portal):
    """Return a function that makes the browser of a person."""
    councils.add_staff(portal)
    councils.seat()
    councils.function("director", "Martin")
    councils.function("finance", "Noel", date(2025, 1, 1))
    councils.template("council", "Proces-verbal", True)
    transaction.commit()

    def at(person):
        made = browser()
        if person:
            made.session.auth = (person, PASSWORD)
        return made

    return at


@pytest.fixture
def secretary(by):
    return by("secretary")


def council():
    body = bodies.get("council")
    body._p_jar.sync()
    return body


def member(name):
    return next(one for one in council().objectValues() if one.title == name)


def here(browser):
    return browser.path.partition("#")[0]


def save(browser, **fields):
    form = browser.page.xpath("//main//form[.//*[@name='form.buttons.save']]")[0]
    named = {f"{FORM}{name}": value for name, value in fields.items()}
    browser.send({**named, "form.buttons.save": "Save"}, form=form)


def test_members_are_shown_and_those_that_ended_apart(secretary):
    member("Gilles").last_day = town_today() - timedelta(days=1)
    transaction.commit()
    secretary.open(f"{BASE}/bodies")
    parts = secretary.page.xpath("//section[@id='body-council']//table")
    names = [[one.text for one in part.xpath(".//tbody//th")] for part in parts]
    assert names == [list(councils.NAMES[:-1]), ["Gilles"]]
    ended = secretary.page.xpath("//section[@id='body-council']//details//th/text()")
    assert "Gilles" in ended
    assert "Joins each new meeting" in secretary.text()
    functions = secretary.page.xpath("//section[@id='functions']//tbody//th/text()")
    assert functions == ["Martin", "Noel"]


@pytest.mark.parametrize("person", ["drafter", "councillor"])
def test_others_read_it_without_addresses_and_forms(by, person):
    other = by(person)
    other.open(f"{BASE}/bodies")
    assert "Aubry" in other.text()
    assert "aubry@" not in other.answer.text
    assert other.page.xpath("//main//a[contains(@href, 'edit-')]") == []
    assert other.page.xpath("//main//a[contains(@href, 'add-')]") == []


def test_the_secretary_adds_a_member(secretary):
    secretary.open(f"{BASE}/council/add-mandate")
    assert secretary.answer.status_code == 200
    save(
        secretary, title="Henry Hugo", first_day="2026-01-15", rank="8", role="Échevin"
    )
    assert here(secretary) == f"{BASE}/bodies"
    assert "Henry Hugo" in secretary.text()
    added = member("Henry Hugo")
    assert (added.first_day, added.rank, added.role) == (
        date(2026, 1, 15),
        8,
        "Échevin",
    )


def test_a_wrong_period_comes_back_with_what_was_typed(secretary):
    secretary.open(f"{BASE}/council/add-mandate")
    save(secretary, title="Henry", first_day="2026-02-01", last_day="2026-01-01")
    assert "The last day comes after the first." in secretary.text()
    field = secretary.page.xpath(f"//input[@name='{FORM}title']")[0]
    assert field.get("value") == "Henry"
    assert len(council().objectValues()) == len(councils.NAMES) + 1


def test_a_mandate_ends_by_its_last_day_and_is_kept(secretary):
    gilles = member("Gilles")
    secretary.open(f"{BASE}/council/{gilles.getId()}/edit-mandate")
    assert "Nothing is deleted" in secretary.text()
    yesterday = town_today() - timedelta(days=1)
    save(secretary, last_day=yesterday.isoformat())
    assert here(secretary) == f"{BASE}/bodies"
    gilles = member("Gilles")
    assert gilles.last_day == yesterday
    assert gilles not in bodies.members(council(), town_today())


def test_the_secretary_adds_and_ends_a_function(secretary):
    secretary.open(f"{BASE}/add-function")
    fields = {"office:list": "secretary", "capacity:list": "acting"}
    save(secretary, title="Olivier", first_day="2026-01-15", **fields)
    assert here(secretary) == f"{BASE}/bodies"
    council()
    (found,) = [one for one in bodies.functions(town_today()) if one.title == "Olivier"]
    assert (found.office, found.capacity) == ("secretary", "acting")
    secretary.open(f"{BASE}/{found.getId()}/edit-function")
    save(secretary, last_day="2026-02-01")
    found._p_jar.sync()
    assert found.last_day == date(2026, 2, 1)


def test_the_secretary_adds_and_changes_a_template(secretary):
    secretary.open(f"{BASE}/council/add-template")
    category = {"category:list": "minutes"}
    save(secretary, title="Ordre", decision="<p>Article 1.</p>", **category)
    assert here(secretary) == f"{BASE}/bodies"
    council()
    made = next(one for one in recurring.templates("council") if one.title == "Ordre")
    assert made.decision.raw == "<p>Article 1.</p>"
    secretary.open(f"{BASE}/council/{made.getId()}/edit-template")
    save(secretary, title="Ordre du jour")
    made._p_jar.sync()
    assert made.title == "Ordre du jour"


PAGES = (
    "add-function",
    "council/add-mandate",
    "council/add-template",
    "council/aubry/edit-mandate",
    "council/proces-verbal/edit-template",
    "director-martin/edit-function",
)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("person", ["drafter", "councillor", "citizen", ""])
def test_nobody_else_changes_who_sits_in_a_body(by, person, page):
    other = by(person)
    answer = other.session.get(f"{other.base}/{BASE}/{page}", allow_redirects=False)
    assert answer.status_code in (302, 401, 403)


@pytest.mark.parametrize("path", ["council", "council/aubry", "director-martin"])
def test_the_address_of_each_leads_to_the_page_of_all(by, path):
    secretary = by("secretary")
    secretary.open(f"{BASE}/{path}")
    assert here(secretary) == f"{BASE}/bodies"


@pytest.mark.parametrize("path", ["", "council", "council/aubry", "director-martin"])
@pytest.mark.parametrize("person", ["citizen", ""])
@pytest.mark.parametrize("view", ["", "/view", "/@@in-bodies"])
def test_addresses_and_accounts_of_members_are_nobody_s_else(by, person, path, view):
    other = by(person)
    url = f"{other.base}/{BASE}/{path}{view}".replace("//@", "/@")
    for accept in ("text/html", "application/json"):
        answer = other.session.get(url, headers={"Accept": accept})
        assert "aubry@" not in answer.text
        assert "Aubry" not in answer.text
