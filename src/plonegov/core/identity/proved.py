"""A person whose identity somebody trusted has proved."""

from dataclasses import asdict
from dataclasses import dataclass
from datetime import date
from plonegov.core.identity.levels import AssuranceLevel
from typing import Any


@dataclass(frozen=True)
class ProvedIdentity:
    """Who somebody is, as a card or an identity provider says it.

    ``way`` is the id of the way it was proved in. ``national_number`` has no
    separators, ``country`` (ISO 3166-1 alpha-2) is whose number it is; both may be
    empty. ``subject`` is what a provider without a number calls the person, unique
    together with ``issuer``. What is not known is empty, the birth date None.
    """

    level: AssuranceLevel
    way: str
    first_name: str
    last_name: str
    national_number: str = ""
    country: str = ""
    birth_date: date | None = None
    email: str = ""
    issuer: str = ""
    subject: str = ""

    @property
    def full_name(self) -> str:
        """First names and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    def as_plain(self) -> dict[str, Any]:
        """Return it as values that JSON can hold."""
        born = self.birth_date.isoformat() if self.birth_date else ""
        return {**asdict(self), "birth_date": born}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> "ProvedIdentity":
        """Return what ``as_plain`` gave back."""
        born = plain["birth_date"]
        known = {
            "level": AssuranceLevel(plain["level"]),
            "birth_date": date.fromisoformat(born) if born else None,
        }
        return cls(**{**plain, **known})
