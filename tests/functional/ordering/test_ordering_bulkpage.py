"""The selected orders of the queue, at a browser without JavaScript."""

from helpers.orders import request
from helpers.people import add_person
from helpers.people import PASSWORD
from io import BytesIO
from lxml import html
from openpyxl import load_workbook
from plonegov.core.ops.files import town_folder
from plonegov.core.testing import TOWN
from plonegov.ordering.api import orders
from plonegov.ordering.domain import bulk

import dataclasses
import pytest
import transaction


@pytest.fixture
def placed(portal, functional):
    """Five orders, one of them of a person whose name is a formula."""
    add_person(portal, "clerk", ["Member", "Clerk"], ["service-population"])
    made = [orders.place(request()) for _each in range(4)]
    made.append(orders.place(request(applicant__first_name="=A1")))
    transaction.commit()
    return made


@pytest.fixture
def clerk(placed, browser):
    made = browser()
    made.session.auth = ("clerk", PASSWORD)
    made.open("counter/queue")
    return made


def form(page):
    [found] = page.page.xpath("//form[contains(@action, '/queue-action')][.//table]")
    return found


def values(page):
    return page.page.xpath("//input[@name='selected']/@value")


def send(page, verb, selected):
    """Tick rows and press a button."""
    press(page, form(page), verb, [("selected", value) for value in selected])


def press(page, its_form, verb, more=()):
    """Press a button of a form that has several values of one name."""
    fields = [*its_form.form_values(), *more, ("verb", verb)]
    page.answer = page.session.post(its_form.action, data=fields)
    page.page = html.fromstring(page.answer.content)
    page.page.make_links_absolute(page.answer.url)


def test_each_row_has_a_box_with_a_label(clerk, placed):
    boxes = clerk.page.xpath("//tbody//input[@name='selected']")
    assert len(boxes) == len(placed)
    for box in boxes:
        reference = box.xpath("ancestor::tr//th/a")[0].text_content()
        label = " ".join(box.xpath("ancestor::label")[0].text_content().split())
        assert label == f"Select {reference}"


def test_the_buttons_are_a_group_with_a_name(clerk):
    [group] = form(clerk).xpath(".//fieldset")
    assert "selected" in group.xpath("legend")[0].text_content()
    buttons = group.xpath(".//button/@value")
    assert buttons == ["take", "release", "produce", "make_ready", "hand_over", "pay"]


def test_a_page_is_selected_without_a_script(clerk, placed):
    [link] = clerk.page.xpath("//*[@class='pg-listing-all']/a/@href")
    clerk.open(link)
    assert len(clerk.page.xpath("//tbody//input[@checked]")) == len(placed)


def test_the_result_says_how_many_and_why_not(clerk, placed):
    send(clerk, "take", values(clerk)[:2])
    assert "Done with 2 of 2 orders" in clerk.text()
    clerk.open("counter/queue?sort_on=due")
    send(clerk, "produce", values(clerk))
    assert clerk.answer.status_code == 200
    assert "Done with 0 of 5 orders" in clerk.text()
    rows = clerk.page.xpath("//*[@class='pg-bulk-refused']/li")
    assert {row.xpath("a/@href")[0].rpartition("/")[2] for row in rows} == {
        order.reference for order in placed
    }
    assert "Check first that no address is protected" in rows[0].text_content()


def test_a_wrong_state_is_named(clerk):
    send(clerk, "hand_over", values(clerk)[:1])
    assert "Not possible in the state “New”" in clerk.text()


def test_undo_is_one_click(clerk, placed):
    send(clerk, "take", values(clerk))
    press(clerk, clerk.form(), "release")
    assert "Done with 5 of 5 orders" in clerk.text()
    transaction.begin()
    assert {order.assigned for order in placed} == {""}


def test_the_way_back_leads_to_the_same_rows(clerk):
    clerk.open("counter/queue?scope=free&sort_on=state&sort_order=descending")
    send(clerk, "pay", values(clerk)[:1])
    [back] = clerk.page.xpath("//a[contains(@class, 'pg-button-primary')]/@href")
    assert "scope=free" in back
    assert "sort_order=descending" in back


def test_what_was_too_much_goes_on_with_one_click(clerk, monkeypatch):
    few = dataclasses.replace(bulk.BULK["pay"], most=3)
    monkeypatch.setitem(bulk.BULK, "pay", few)
    send(clerk, "pay", values(clerk))
    assert "Done with 3 of 5 orders" in clerk.text()
    assert "At most 3 at a time" in clerk.text()
    forms = clerk.page.xpath("//main//form[button[@value='pay']]")
    press(clerk, forms[0], "pay")
    assert "Done with 2 of 2 orders" in clerk.text()


def test_no_row_selected_is_said(clerk):
    send(clerk, "take", [])
    assert clerk.path == "counter/queue"
    assert "Select the orders first" in clerk.page.text_content()


def test_another_site_selects_nothing(clerk, placed):
    data = {"verb": "pay", "selected": values(clerk)}
    address = f"{clerk.base}/counter/queue-action"
    assert clerk.session.post(address, data=data).status_code == 403
    assert clerk.session.get(address).status_code == 405
    transaction.begin()
    assert not any(order.paid for order in placed)


def test_columns_are_kept_in_the_browser(clerk):
    [details] = clerk.page.xpath("//details[@class='pg-listing-columns']//form")
    clerk.send({"columns": ["placed", "due"], "scope": "all"}, form=details)
    heads = [head.text_content().strip() for head in clerk.page.xpath("//thead//th")]
    assert [head.split()[0] for head in heads] == [
        "Selected",
        "Reference",
        "Promised",
        "Ordered",
    ]
    assert "scope=all" in clerk.answer.url
    clerk.open("counter/queue")
    assert len(clerk.page.xpath("//thead//th")) == 4
    [cookie] = [each for each in clerk.session.cookies if "columns" in each.name]
    assert (cookie.value, cookie.has_nonstandard_attr("HttpOnly")) == (
        "reference.due.placed",
        True,
    )


def test_columns_are_chosen_with_the_own_token_only(clerk):
    address = f"{clerk.base}/counter/queue"
    answer = clerk.session.post(address, data={"columns": "due"})
    assert answer.status_code == 403
    assert not [each for each in clerk.session.cookies if "columns" in each.name]


def test_the_workbook_has_dates_and_no_formula(clerk, placed):
    answer = clerk.session.get(f"{clerk.base}/counter/queue?format=xlsx")
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
    sheet = load_workbook(BytesIO(answer.content)).active
    head, *rows = sheet.iter_rows()
    titles = [cell.value for cell in head]
    assert len(rows) == len(placed)
    due, name = titles.index("Promised for"), titles.index("Applicant")
    assert all(row[due].is_date for row in rows)
    assert {row[due].value.date() for row in rows} == {placed[0].due}
    [formula] = [row[name] for row in rows if "=" in row[name].value]
    assert (formula.data_type, formula.value) == ("s", "=A1 Exemple")


def test_each_file_that_leaves_the_site_is_logged(clerk):
    def exports(name):
        files = town_folder("audit", TOWN).glob("reads-*.log")
        lines = [line for path in files for line in path.read_text().splitlines()]
        return sum("export_orders" in line and name in line for line in lines)

    for name in ("csv", "xlsx"):
        before = exports(f"orders.{name}")
        clerk.session.get(f"{clerk.base}/counter/queue?format={name}")
        assert exports(f"orders.{name}") == before + 1
