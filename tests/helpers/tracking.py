"""Citizens who follow an order: the link, the birth date, the forms behind it."""

from plone import api
from plonegov.ordering.api import handling
from plonegov.ordering.api import links
from urllib.parse import urlsplit

import transaction


def address(order) -> str:
    """Return the address of the order's link within the site."""
    return f"counter/track?{urlsplit(links.tracking_url(order)).query}"


def opened(citizen, order):
    """Open the link, then give the birth date of ``helpers.orders.ADA``."""
    citizen.open(address(order))
    return born(citizen)


def born(citizen, day="30", month="7", year="1985"):
    """Give a birth date at the gate."""
    parts = {"day": day, "month": month, "year": year}
    fields = {f"birth_date-{part}": value for part, value in parts.items()}
    return citizen.send(fields, form=form_with(citizen, "open"))


def form_with(citizen, action):
    """Return the page's form for an action."""
    return citizen.page.xpath(f"//main//form[.//*[@name='action'][@value='{action}']]")[
        0
    ]


def find(order):
    """Return an order as it is stored now."""
    transaction.begin()
    return links.find(order.reference)


def ask(order, text="Which flat do you live in?"):
    """Ask the citizen something, as a clerk."""
    with api.env.adopt_roles(["Service Clerk"]):
        handling.ask(order, text)
    transaction.commit()
