"""What a municipality is, as plain frozen values read from ``municipality.toml``."""

from dataclasses import dataclass
from dataclasses import field


@dataclass(frozen=True)
class Address:
    """A postal address; ``country`` is ISO 3166-1 alpha-2."""

    street: str = ""
    number: str = ""
    box: str = ""
    postal_code: str = ""
    locality: str = ""
    country: str = ""


@dataclass(frozen=True)
class Contact:
    """How to reach an office; an unknown value is empty and no page shows it.

    ``opening_hours`` is OpenStreetMap's opening_hours text,
    https://wiki.openstreetmap.org/wiki/Key:opening_hours
    """

    email: str = ""
    phone: str = ""
    website: str = ""
    opening_hours: str = ""


@dataclass(frozen=True)
class Service:
    """A service (office) of the town; its staff is the group ``service-<id>``."""

    id: str
    title: dict[str, str]
    contact: Contact = Contact()
    address: Address = Address()

    @property
    def group(self) -> str:
        return f"service-{self.id}"


@dataclass(frozen=True)
class Theme:
    """The town's colours (``#rrggbb``) and emblem (file of the profile)."""

    brand: str
    accent: str
    emblem: str = ""


@dataclass(frozen=True)
class DocumentChoice:
    """A document of the pooled catalogue that the town issues, with its overrides.

    ``price`` and the values of ``delivery_prices`` are decimal strings in the
    town's currency; None keeps the catalogue's value.
    """

    id: str
    service: str
    price: str | None = None
    delivery_prices: dict[str, str] = field(default_factory=dict)
    delay_days: int | None = None


@dataclass(frozen=True)
class Municipality:
    """The facts of one municipality.

    ``country`` is ISO 3166-1 alpha-2, ``currency`` ISO 4217, ``timezone`` an IANA
    name, languages ISO 639-1. ``legal_language`` is the language of the documents
    that the town issues, whatever language a page is read in. ``site_url`` is where
    the public reaches the site: the links in mails begin with it.
    """

    id: str
    name: dict[str, str]
    country: str
    region: str
    official_code: str
    postal_codes: tuple[str, ...]
    localities: tuple[str, ...]
    timezone: str
    currency: str
    interface_languages: tuple[str, ...]
    content_languages: tuple[str, ...]
    legal_language: str
    theme: Theme
    contact: Contact = Contact()
    address: Address = Address()
    data_protection_contact: str = ""
    site_url: str = ""
    services: tuple[Service, ...] = ()
    documents: tuple[DocumentChoice, ...] = ()

    def service(self, service_id: str) -> Service:
        """Return a service by id.

        :raises KeyError: the town has no such service.
        """
        for service in self.services:
            if service.id == service_id:
                return service
        raise KeyError(service_id)
