"""The accessibility statement and the privacy page, with the town's own facts."""

from dataclasses import dataclass
from plonegov.core import _
from plonegov.core.api import has_port
from plonegov.core.api import municipality
from plonegov.core.api import port
from plonegov.core.identity.enterprise import format_enterprise_number
from plonegov.core.identity.interfaces import IIdentityProvider
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.identity.numbers import NUMBER_UNUSED
from plonegov.core.municipality.model import Municipality
from plonegov.core.theme.offices import OfficesBase


@dataclass(frozen=True)
class Authority:
    """A public authority: name in its own language, and address on the web."""

    name: str
    url: str


#: Supervisors under article 77 of Regulation (EU) 2016/679, by country.
DATA_PROTECTION = {
    "BE": Authority(
        "Autorité de protection des données – Gegevensbeschermingsautoriteit",
        "https://www.dataprotectionauthority.be",
    ),
    "FR": Authority(
        "Commission nationale de l’informatique et des libertés (CNIL)",
        "https://www.cnil.fr",
    ),
}


class Statement(OfficesBase):
    def facts(self) -> Municipality:
        return municipality()

    def town_name(self) -> str:
        names = self.facts().name
        return names.get(self.language()) or names[self.facts().legal_language]

    def enterprise_number(self) -> str:
        """The town's number as the register writes it; empty when none is stated."""
        facts = self.facts()
        if not facts.enterprise_number:
            return ""
        return format_enterprise_number(facts.enterprise_number, facts.country)


class Accessibility(Statement):
    """Statement of Directive (EU) 2016/2102, article 7."""

    page_title = _("page_accessibility", default="Accessibility of this site")


class Privacy(Statement):
    """Information of Regulation (EU) 2016/679, articles 13 and 14."""

    page_title = _("page_privacy", default="Privacy and cookies")

    def asks_for_numbers(self) -> bool:
        """Whether the town's forms ask for an identity number."""
        return self.facts().country not in NUMBER_UNUSED

    def asks_for_proofs(self) -> bool:
        """Whether one can prove here who one is."""
        if not has_port(IIdentityProvider):
            return False
        return bool(port(IIdentityProvider).offers(AssuranceLevel.SUBSTANTIAL, ""))

    def authority(self) -> Authority | None:
        return DATA_PROTECTION.get(self.facts().country)
