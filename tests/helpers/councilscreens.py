"""How one comes to a screen of deliberations that has no address of its own.

Each function takes a visitor who has opened the page's address.
"""

from helpers.screens import without_checks
from helpers.visitor import Visitor
from uuid import uuid4


def refused(visitor: Visitor, selector: str) -> None:
    """Press a button whose form is sent as it is; wait for what is wrong."""
    without_checks(visitor)
    visitor.page.click(selector)
    visitor.page.wait_for_selector("#error-summary")


def all_unfolded(visitor: Visitor) -> None:
    """The page with all that can be unfolded."""
    visitor.page.evaluate(
        "document.querySelectorAll('main details').forEach(one => one.open = true)"
    )


def first_meeting(visitor: Visitor) -> None:
    """The first meeting of the list, unfolded."""
    visitor.page.click(".pg-listing-first a")
    all_unfolded(visitor)


def first_meeting_changed(visitor: Visitor) -> None:
    """The form of its facts."""
    visitor.page.click(".pg-listing-first a")
    visitor.page.click("a[href$='/edit-meeting']")


def meeting_without_a_day(visitor: Visitor) -> None:
    """A meeting planned without a day: what is wrong."""
    visitor.page.click("main form .pg-button-primary")


def cancelling_refused(visitor: Visitor) -> None:
    """A meeting that is not cancelled without a reason: what is wrong."""
    first_meeting(visitor)
    form = visitor.page.locator("form:has(input[name=step][value=cancel])")
    form.locator("textarea").fill(" ")
    form.locator("button").click()


def heading_refused(visitor: Visitor) -> None:
    """A heading without a text: what is wrong."""
    first_meeting(visitor)
    visitor.page.click("form:has(input[value=add_heading]) button")
    visitor.page.wait_for_selector("#error-summary")


def first_member_changed(visitor: Visitor) -> None:
    """The form of the first mandate."""
    visitor.page.locator("a[href$='/edit-mandate']").first.click()


def first_function_changed(visitor: Visitor) -> None:
    """The form of the first function."""
    visitor.page.locator("a[href$='/edit-function']").first.click()


def new_template_changed(visitor: Visitor) -> None:
    """The form of an item template that was just added."""
    visitor.page.fill("[name='form.widgets.title']", f"Point {uuid4().hex[:6]}")
    visitor.page.click("[name='form.buttons.save']")
    visitor.page.locator("a[href$='/edit-template']").first.click()


def first_sitting(visitor: Visitor) -> None:
    """The first sitting of the public's list."""
    visitor.page.click(".pg-sittings h3 a")


def first_decision(visitor: Visitor) -> None:
    """The first result of the public's search."""
    visitor.page.click(".pg-results h3 a")


def first_row(visitor: Visitor) -> None:
    """The first record of a list."""
    visitor.page.click("main table tbody th a")
    visitor.page.wait_for_selector("[data-state], #top")


def first_row_unfolded(visitor: Visitor) -> None:
    """The first record of a list with all its forms."""
    first_row(visitor)
    all_unfolded(visitor)


def page_of(visitor: Visitor, name: str) -> None:
    """A page of the record that is shown."""
    base = visitor.page.url.partition("#")[0].removesuffix("/")
    visitor.page.goto(f"{base}/{name}")
    visitor.page.wait_for_load_state("networkidle")


def editor_there(visitor: Visitor) -> None:
    """The page once its text editor has started."""
    visitor.page.wait_for_selector(".tox-tinymce")


def item_without_title(visitor: Visitor) -> None:
    """A new item that was sent empty."""
    editor_there(visitor)
    refused(visitor, "main form .pg-button-primary")
    editor_there(visitor)


def sending_back_refused(visitor: Visitor) -> None:
    """An item that was to be sent back without a reason."""
    first_row_unfolded(visitor)
    refused(visitor, "form:has([value='send_back']) [type='submit']")


def annex_refused(visitor: Visitor) -> None:
    """An item that was to get an annex without a file."""
    first_row_unfolded(visitor)
    refused(visitor, "#annexes [value='add']")


def advice_refused(visitor: Visitor) -> None:
    """An item on which an advice was asked within no number of days."""
    first_row_unfolded(visitor)
    visitor.page.fill("#days", "soon")
    refused(visitor, "#advices [value='ask']")


def withdrawing_refused(visitor: Visitor) -> None:
    """A decision that was to be withdrawn from the public without a reason."""
    first_row(visitor)
    page_of(visitor, "item-public")
    refused(visitor, "[value='withdraw']")
    editor_there(visitor)


def item_to_vote(visitor: Visitor) -> None:
    """An item of the sitting that is to be decided."""
    first_row(visitor)
    page_of(visitor, "sitting")
    visitor.page.click("main tr:has([name^='selected']) a[href$='/item-vote'] >> nth=0")
    visitor.page.wait_for_url("**/item-vote")


def vote_unfolded(visitor: Visitor) -> None:
    """That item with all its forms."""
    item_to_vote(visitor)
    all_unfolded(visitor)


def item_to_elect(visitor: Visitor) -> None:
    """An item of the sitting on which somebody is elected."""
    item_to_vote(visitor)
    visitor.page.goto(visitor.page.url.replace("/item-vote", "/item-election"))
