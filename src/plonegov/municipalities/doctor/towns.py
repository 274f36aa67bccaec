"""What the doctor says of each town: a table of rules over what was seen of it."""

from collections.abc import Callable
from plonegov.core.api import municipality
from plonegov.core.municipality.model import MEGABYTE
from plonegov.core.municipality.model import Municipality
from plonegov.core.theme import contrast
from plonegov.municipalities.doctor import addons
from plonegov.municipalities.doctor.check import Check
from plonegov.municipalities.doctor.facts import look
from plonegov.municipalities.doctor.facts import TownFacts
from plonegov.municipalities.loader.sites import get_site
from typing import Any
from typing import NamedTuple


#: Share of the storage from which on there is a warning.
FULL_SOON = 0.8


class Verdict(NamedTuple):
    """What a rule says of a town's facts."""

    ok: bool
    note: str
    warn: bool = False


def examine_town(app: Any, municipality_id: str) -> list[Check]:
    """Return the checks of one town.

    :raises MunicipalityNotApplied: no site has it.
    """
    site = get_site(app, municipality_id)
    facts = look(site)
    return [
        *(
            Check(f"{title} of {municipality_id}", *rule(facts))
            for title, rule in TOWN_CHECKS
        ),
        *addons.seen(site, municipality_id),
    ]


def facts_of(app: Any, municipality_id: str) -> Municipality:
    """Return the facts of one town.

    :raises MunicipalityNotApplied: no site has it.
    """
    get_site(app, municipality_id)
    return municipality()


def _keys(facts: TownFacts) -> Verdict:
    if facts.keys_problem:
        return Verdict(False, facts.keys_problem)
    *old, current = facts.keys
    age = current.age_days(facts.moment)
    return Verdict(
        True, f"current key {current.id}, {age} days old, private; {len(old)} old"
    )


def _address(facts: TownFacts) -> Verdict:
    if facts.town.site_url:
        return Verdict(True, facts.town.site_url)
    if facts.demo:
        return Verdict(True, "none stated; its mails never leave the machine")
    return Verdict(
        False,
        "none stated, so links in mails follow the Host that a request names, which "
        'anyone can forge: write site_url = "https://..." in municipality.toml and '
        f"run: plonegov municipality apply {facts.town.id}",
    )


def _limits(facts: TownFacts) -> Verdict:
    limits = facts.town.limits
    note = (
        f"files of {limits.upload_megabytes} MB at most; {facts.sent} of "
        f"{limits.mails_per_hour} mails in the last hour"
    )
    full = facts.sent >= limits.mails_per_hour and facts.mail.due > 0
    return Verdict(True, f"{note}, the others wait" if full else note, full)


def _storage(facts: TownFacts) -> Verdict:
    limit = facts.town.limits
    share = facts.stored / limit.storage_bytes
    note = (
        f"{facts.stored / MEGABYTE:.1f} of {limit.storage_megabytes} MB ({share:.0%})"
    )
    if share >= 1:
        return Verdict(
            False,
            f"{note}: files are refused; raise limits.storage_megabytes, or wait for "
            "orders whose retention is over",
        )
    return Verdict(True, note, share >= FULL_SOON)


def _log(facts: TownFacts) -> Verdict:
    if not facts.log_problems:
        return Verdict(True, "chain intact, writable")
    more = len(facts.log_problems) - 1
    rest = f" (and {more} more)" if more else ""
    return Verdict(False, f"{facts.log_problems[0]}{rest}")


def _look(facts: TownFacts) -> Verdict:
    if facts.emblem_problem:
        return Verdict(False, facts.emblem_problem)
    theme = facts.town.theme
    for pair, ratio, needed in contrast.problems(theme.brand, theme.accent):
        note = f"{pair} has contrast {ratio}, {needed} is needed: choose other colours"
        return Verdict(False, note)
    return Verdict(
        True, "everybody can read the colours; the emblem is a plain drawing"
    )


#: What is checked of a town, in the order of the list.
TOWN_CHECKS: tuple[tuple[str, Callable[[TownFacts], Verdict]], ...] = (
    ("keys", _keys),
    ("address", _address),
    ("limits", _limits),
    ("storage", _storage),
    ("read log", _log),
    ("look", _look),
)
