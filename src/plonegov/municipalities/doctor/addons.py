"""What the add-ons' own health checks say, as lines of the doctor's list."""

from collections.abc import Iterable
from datetime import datetime
from datetime import UTC
from plonegov.core.municipality.model import Municipality
from plonegov.core.ops.findings import Finding
from plonegov.core.ops.findings import State
from plonegov.core.ops.interfaces import IHealthCheck
from plonegov.municipalities.doctor.check import Check
from typing import Any
from zope.component import getUtilitiesFor
from zope.i18n import translate


#: The language of the command line.
LANGUAGE = "en"


def seen(portal: Any, municipality_id: str) -> list[Check]:
    """Return what the add-ons see in the current site and in the town's files."""
    return [
        line
        for _name, check in sorted(getUtilitiesFor(IHealthCheck))
        for line in _lines(check.look(portal), municipality_id)
    ]


def answered(town: Municipality) -> list[Check]:
    """Return what other machines answer the add-ons; outside any transaction."""
    return [
        line
        for _name, check in sorted(getUtilitiesFor(IHealthCheck))
        for line in _lines(check.probe(town, datetime.now(UTC)), town.id)
    ]


def _lines(findings: Iterable[Finding], municipality_id: str) -> Iterable[Check]:
    for each in findings:
        title, *texts = (
            translate(text, target_language=LANGUAGE)
            for text in (each.title, each.seen, each.remedy)
            if text is not None
        )
        yield Check(
            f"{title} of {municipality_id}",
            each.state is not State.BAD,
            " ".join(texts),
            each.state is State.SOON,
        )
