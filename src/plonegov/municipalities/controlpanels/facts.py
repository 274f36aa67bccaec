"""The facts of a town in words: labels and values in the page's language."""

from babel import Locale
from plonegov.core.api import municipality
from plonegov.core.money import format_money
from plonegov.core.money import Money
from plonegov.core.municipality.model import Address
from plonegov.core.municipality.model import Municipality
from plonegov.core.municipality.model import Service
from plonegov.municipalities import _
from plonegov.ordering.api.documents import all_documents
from typing import Any
from zope.i18n import translate
from zope.i18nmessageid import Message


Rows = list[tuple[Message | str, str]]


def fact_rows(portal, request) -> list[dict[str, Any]]:
    """Return groups of facts: title, and rows of label and value; empty ones are left
    out."""
    town = municipality()
    language = request.get("LANGUAGE") or town.interface_languages[0]
    groups = [
        (_("facts_town", default="The municipality"), _town(town, language)),
        (_("facts_reach", default="How to reach it"), _reach(town)),
        (_("facts_limits", default="Limits"), _limits(town)),
        (_("facts_services", default="Services"), _services(town, language)),
        (
            _("facts_documents", default="Documents that can be ordered"),
            _documents(town, language, request),
        ),
    ]
    return [
        {"title": title, "rows": [(label, value) for label, value in rows if value]}
        for title, rows in groups
        if any(value for _label, value in rows)
    ]


def _town(town: Municipality, language: str) -> Rows:
    locale = Locale(language)

    def names(codes: tuple[str, ...]) -> str:
        return ", ".join(locale.languages.get(code, code) for code in codes)

    country = locale.territories.get(town.country, town.country)
    return [
        (_("fact_name", default="Name"), _text(town.name, language)),
        (_("fact_id", default="Id"), town.id),
        (_("fact_country", default="Country and region"), f"{country}, {town.region}"),
        (_("fact_code", default="Official code"), town.official_code),
        (
            _("fact_enterprise_number", default="Enterprise number"),
            town.enterprise_number,
        ),
        (_("fact_postal_codes", default="Postal codes"), ", ".join(town.postal_codes)),
        (_("fact_localities", default="Localities"), ", ".join(town.localities)),
        (
            _("fact_interface_languages", default="Languages of the pages"),
            names(town.interface_languages),
        ),
        (
            _("fact_content_languages", default="Languages of the contents"),
            names(town.content_languages),
        ),
        (
            _("fact_legal_language", default="Language of the documents"),
            names((town.legal_language,)),
        ),
        (_("fact_timezone", default="Time zone"), town.timezone),
        (_("fact_currency", default="Currency"), town.currency),
    ]


def _reach(town: Municipality) -> Rows:
    return [
        (_("fact_address", default="Address"), _address(town.address)),
        (_("fact_email", default="E-mail"), town.contact.email),
        (_("fact_phone", default="Telephone"), town.contact.phone),
        (_("fact_website", default="Website"), town.contact.website),
        (_("fact_site_url", default="Address of this site"), town.site_url),
        (_("fact_opening_hours", default="Opening hours"), town.contact.opening_hours),
        (_("fact_holiday_region", default="Public holidays of"), town.holiday_region),
        (_("fact_closing_days", default="Closing days"), ", ".join(town.closing_days)),
        (
            _("fact_data_protection", default="Data protection"),
            town.data_protection_contact,
        ),
    ]


def _limits(town: Municipality) -> Rows:
    limits = town.limits
    return [
        (
            _("fact_upload", default="Largest file of an order (MB)"),
            str(limits.upload_megabytes),
        ),
        (
            _("fact_storage", default="All files together (MB)"),
            str(limits.storage_megabytes),
        ),
        (_("fact_mails", default="Mails in an hour"), str(limits.mails_per_hour)),
        (
            _("fact_orders_address", default="Unconfirmed orders a day per address"),
            str(limits.orders_per_address),
        ),
        (
            _("fact_orders_network", default="Unconfirmed orders a day per network"),
            str(limits.orders_per_network),
        ),
    ]


def _services(town: Municipality, language: str) -> Rows:
    return [(_text(item.title, language), _contact(item)) for item in town.services]


def _contact(service: Service) -> str:
    known = (
        service.contact.email,
        service.contact.phone,
        _address(service.address),
        *service.closing_days,
    )
    return ", ".join(filter(None, known)) or service.group


def _documents(town: Municipality, language: str, request) -> Rows:
    rows = []
    for document in all_documents():
        terms = document.terms
        price = format_money(Money(terms.price, terms.currency), language)
        text = _(
            "fact_document",
            default="${price}, ${days} working days, ${service}",
            mapping={
                "price": price,
                "days": terms.delay_days,
                "service": _service(town, terms.service, language),
            },
        )
        rows.append(
            (document.text("titles", language), translate(text, context=request))
        )
    return rows


def _service(town: Municipality, service_id: str, language: str) -> str:
    titles = {item.id: _text(item.title, language) for item in town.services}
    return titles.get(service_id, service_id)


def _text(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()))


def _address(address: Address) -> str:
    street = " ".join(filter(None, (address.street, address.number, address.box)))
    place = " ".join(filter(None, (address.postal_code, address.locality)))
    return ", ".join(filter(None, (street, place)))
