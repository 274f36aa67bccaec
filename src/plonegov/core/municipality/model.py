"""What a municipality is, as plain frozen values read from ``municipality.toml``."""

from dataclasses import dataclass
from dataclasses import field


MEGABYTE = 1024**2

#: Countries whose addresses begin with the house number.
NUMBER_FIRST = frozenset({"FR", "LU"})


@dataclass(frozen=True)
class Address:
    """A postal address; ``country`` is ISO 3166-1 alpha-2."""

    street: str = ""
    number: str = ""
    box: str = ""
    postal_code: str = ""
    locality: str = ""
    country: str = ""

    @property
    def street_line(self) -> str:
        """Street, number and box as the country writes them: ``12 rue du Pont`` in
        France (standard NF Z10-011), ``rue du Pont 12/3`` in Belgium."""
        if self.country in NUMBER_FIRST:
            box = f", {self.box}" if self.box else ""
            return f"{self.number} {self.street}{box}".strip()
        box = f"/{self.box}" if self.box else ""
        return f"{self.street} {self.number}{box}".strip()


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
    """A service (office) of the town; its staff is the group ``service-<id>``.

    ``closing_days`` are its own (``municipality.closings``), beside the town's.
    ``head`` are the accounts that are told of what is overdue, first of all the first.
    """

    id: str
    title: dict[str, str]
    contact: Contact = Contact()
    address: Address = Address()
    closing_days: tuple[str, ...] = ()
    head: tuple[str, ...] = ()

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
class LevelChoice:
    """A named level of review; ``service`` is whose reviewers are the second one."""

    title: dict[str, str]
    service: str = ""


@dataclass(frozen=True)
class BodyChoice:
    """A body that deliberates.

    ``kind`` is council, college or committee, ``rules`` the id of its rule set,
    ``preset`` how its items are reviewed (small, reviewed, two_levels), ``publicity``
    none or public. ``finance_service`` is the service that gives the finance director's
    advice. ``categories`` are ids of the pool in the order of its agendas; none
    means all, in the pool's order.
    """

    id: str
    title: dict[str, str]
    kind: str
    rules: str
    preset: str = "reviewed"
    publicity: str = "none"
    levels: tuple[LevelChoice, ...] = ()
    categories: tuple[str, ...] = ()
    finance_service: str = ""


@dataclass(frozen=True)
class Limits:
    """What one town may use of the machine that it shares with others, and what one
    person may ask of the town.

    ``upload_megabytes`` is the largest file of an order, ``storage_megabytes`` the
    sum of the files of the town's records, ``mails_per_hour`` what its worker sends
    at most; more mails wait. A megabyte is 1024 * 1024 bytes. Of orders whose mail
    address nobody confirmed, ``orders_per_address`` may be placed a day with one
    address, and ``orders_per_network`` from one network (/24 or /64).
    """

    upload_megabytes: int = 10
    storage_megabytes: int = 20_000
    mails_per_hour: int = 600
    orders_per_address: int = 3
    orders_per_network: int = 10

    @property
    def upload_bytes(self) -> int:
        """The largest file in bytes."""
        return self.upload_megabytes * MEGABYTE

    @property
    def storage_bytes(self) -> int:
        """The sum of all files in bytes."""
        return self.storage_megabytes * MEGABYTE


@dataclass(frozen=True)
class Municipality:
    """The facts of one municipality.

    ``country`` is ISO 3166-1 alpha-2, ``currency`` ISO 4217, ``timezone`` an IANA
    name, languages ISO 639-1. ``legal_language`` is the language of the documents
    that the town issues, whatever language a page is read in. ``site_url`` is where
    the public reaches the site: the links in mails begin with it.
    ``enterprise_number`` is the town's own in its country's register of enterprises,
    as it was typed (``core.identity.enterprise`` formats it). ``holiday_region`` is
    the part of the country whose public holidays hold (ISO 3166-2 without the country;
    empty: the whole country's), ``closing_days`` the days on which no service works.
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
    enterprise_number: str = ""
    holiday_region: str = ""
    closing_days: tuple[str, ...] = ()
    limits: Limits = Limits()
    services: tuple[Service, ...] = ()
    documents: tuple[DocumentChoice, ...] = ()
    bodies: tuple[BodyChoice, ...] = ()

    def service(self, service_id: str) -> Service:
        """Return a service by id.

        :raises KeyError: the town has no such service.
        """
        for service in self.services:
            if service.id == service_id:
                return service
        raise KeyError(service_id)
